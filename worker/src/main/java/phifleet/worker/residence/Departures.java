package phifleet.worker.residence;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.serving.ResidentModel;

/** Models that are out of the worker's state, and perhaps still in use. */
final class Departures implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);

    private final Duration longest;
    private final Executor thread;
    private final Consumer<ResidentModel> closed;
    private final Set<ResidentModel> leaving = ConcurrentHashMap.newKeySet();

    /**
     * Of nobody yet.
     *
     * @param longest no request may use a model for longer than this
     * @param thread closes them
     * @param closed hears of each there
     */
    Departures(Duration longest, Executor thread, Consumer<ResidentModel> closed) {
        this.longest = longest;
        this.thread = thread;
        this.closed = closed;
    }

    /** @param quiet done once nobody has it any more */
    void leave(ResidentModel model, CompletableFuture<Void> quiet) {
        leaving.add(model);
        CompletableFuture<Void> _ = quiet.copy()
                .orTimeout(longest.toNanos(), TimeUnit.NANOSECONDS)
                .whenCompleteAsync((done, late) -> end(model, late != null), thread);
    }

    private void end(ResidentModel model, boolean late) {
        if (!leaving.remove(model)) {
            return;
        }
        if (late) {
            LOG.warn("{}: closed though a request may have it still, as it is past every deadline", model.id());
        }
        model.close();
        closed.accept(model);
        LOG.info("{}: version {} is closed", model.id(), model.version());
    }

    /** Closes those that are left, once the thread has ended. */
    @Override
    public void close() {
        List.copyOf(leaving).forEach(model -> {
            if (leaving.remove(model)) {
                model.close();
            }
        });
    }
}
