package phifleet.worker.http.ingest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.common.FleetHeaders;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.HeaderNames;
import phifleet.http.dialect.Problems;
import phifleet.worker.http.ingest.pipeline.GivenImage;
import phifleet.worker.http.ingest.pipeline.ImageOutcome;
import phifleet.worker.http.ingest.pipeline.ImagePipeline;
import phifleet.worker.http.ingest.pipeline.LaneRuns;
import phifleet.worker.http.ingest.pipeline.ModelsInUse;
import phifleet.worker.http.ingest.pipeline.Refusal;

/**
 * The images of one request, each on its way by itself, and the answer once all have arrived. On the exchange's event loop. A client
 * that leaves has images that have not begun given up; those that have may still be indexed, and are duplicates when they come again.
 */
final class IngestRun {
    private static final Logger LOG = LoggerFactory.getLogger(IngestRun.class);

    private final Exchange exchange;
    private final ImagePipeline pipeline;
    private final ModelsInUse.Source models;
    private final ImagePipeline.Wish wish;
    private final List<ImageOutcome> outcomes = new ArrayList<>();
    private final Set<Thread> threads = new HashSet<>();
    private Runnable onRoom = () -> {};
    private volatile String encoder = Exchange.NO_MODEL;
    private final LongAdder deviceNanos = new LongAdder();
    private int pending;
    private boolean complete;

    IngestRun(Exchange exchange, ImagePipeline pipeline, ModelsInUse.Source models, ImagePipeline.Wish wish) {
        this.exchange = exchange;
        this.pipeline = pipeline;
        this.models = models;
        this.wish = wish;
        // Each image keeps its models in being by itself.
        var _ = exchange.inTurns();
        exchange.onHangUp(() -> {
            threads.forEach(Thread::interrupt);
            onRoom.run();
        });
    }

    /** Images so far, whatever became of them. */
    int count() {
        return pending + outcomes.size();
    }

    /** Whether as many wait as may. */
    boolean isFull() {
        return pending >= pipeline.settings().inHand();
    }

    /** Whether one is on its way, so that there will be more room without anything being read. */
    boolean isUnderWay() {
        return pending > 0;
    }

    /** What to do whenever an image has arrived, or nobody waits any more. */
    void onRoom(Runnable action) {
        onRoom = action;
    }

    void add(GivenImage image) {
        if (exchange.isOver()) {
            image.release();
            return;
        }
        pending++;
        Thread thread = Thread.ofVirtual().name("ingest").unstarted(() -> way(image));
        threads.add(thread);
        thread.start();
    }

    private void way(GivenImage image) {
        ImageOutcome outcome;
        try {
            outcome = ScopedValue.where(LaneRuns.DEVICE_NANOS, deviceNanos)
                    .call(() -> pipeline.ingest(image, this::take, wish));
        } catch (InterruptedException e) {
            // Its client left, and nobody hears of it.
            image.release();
            return;
        } catch (RuntimeException | Error e) {
            image.release();
            LOG.error("an image failed request={}", exchange.requestId(), e);
            outcome = new ImageOutcome.Failed(image.name(), Problems.internal());
        }
        ImageOutcome arrived = outcome;
        Thread self = Thread.currentThread();
        try {
            exchange.runLater(() -> arrived(self, arrived));
        } catch (RejectedExecutionException e) {
            LOG.debug("the server ended before an image of request={}", exchange.requestId());
        }
    }

    private ModelsInUse take(long deadlineNanos) throws Refusal, InterruptedException {
        ModelsInUse taken = models.take(deadlineNanos);
        encoder = taken.models().encoder().description().id();
        return taken;
    }

    private void arrived(Thread thread, ImageOutcome outcome) {
        threads.remove(thread);
        exchange.model(encoder);
        pending--;
        outcomes.add(outcome);
        answerIfDone();
        onRoom.run();
    }

    /** An item that never was an image. */
    void addFailure(@Nullable String name, Problem problem) {
        outcomes.add(new ImageOutcome.Failed(name, problem));
    }

    /** No more images come. */
    void end() {
        complete = true;
        answerIfDone();
    }

    private void answerIfDone() {
        if (complete && pending == 0 && !exchange.isOver()) {
            exchange.response().putHeader(HeaderNames.DEVICE_MS, FleetHeaders.deviceMillis(deviceNanos.sum()));
            exchange.answer(IngestAnswer.of(outcomes, exchange.startNanos()));
            exchange.dropRest();
        }
    }
}
