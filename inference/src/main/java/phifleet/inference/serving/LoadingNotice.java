package phifleet.inference.serving;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.engine.SourceFiles;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;

/** A line now and then while a model loads, so that nobody takes a large one for one that hangs. */
public final class LoadingNotice {
    private static final Logger LOG = LoggerFactory.getLogger(LoadingNotice.class);

    /** From the start to the first line, and between lines. */
    private static final Duration EVERY = Duration.ofSeconds(5);

    private static final double MIB = 1 << 20;

    private final CountDownLatch done = new CountDownLatch(1);

    private LoadingNotice() {}

    /** Waits; true once the model has loaded. */
    @FunctionalInterface
    interface Pause {
        boolean isOver(Duration most) throws InterruptedException;
    }

    /** Begins, on a thread of its own. */
    public static LoadingNotice start(ModelSpec spec) {
        LoadingNotice notice = new LoadingNotice();
        Thread.ofVirtual()
                .name("loading")
                .start(() -> tell(
                        spec, most -> notice.done.await(most.toNanos(), TimeUnit.NANOSECONDS), line -> LOG.info(line)));
        return notice;
    }

    static void tell(ModelSpec spec, Pause pause, Consumer<String> lines) {
        try {
            for (long waits = 1; !pause.isOver(EVERY); waits++) {
                lines.accept(spec.id() + ": still loading after "
                        + EVERY.multipliedBy(waits).toSeconds() + " s, " + Math.round(bytes(spec.source()) / MIB)
                        + " MiB of weights");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** It has loaded, or cannot be. */
    public void end() {
        done.countDown();
    }

    /** As far as it can be read, since it is told for people alone. */
    private static long bytes(ModelSource source) {
        try {
            return SourceFiles.bytes(source);
        } catch (ModelException e) {
            return 0;
        }
    }
}
