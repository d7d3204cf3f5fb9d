package phifleet.worker;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import phifleet.inference.lane.LaneObserver;
import phifleet.inference.model.WorkUnit;

/** The meters of one lane. */
final class LaneMetrics implements LaneObserver {
    private static final double[] BATCH_SIZES = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512};
    private static final Duration[] WAITS = {
        Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(100),
        Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(60)
    };

    private final MeterRegistry registry;
    private final Tags tags;
    private final DistributionSummary batchSize;
    private final DistributionSummary batchUnits;
    private final DistributionSummary paddingRatio;
    private final Timer inference;
    private final Timer queueWait;

    LaneMetrics(MeterRegistry registry, String model, WorkUnit unit) {
        this.registry = registry;
        this.tags = Tags.of("model", model);
        this.batchSize = DistributionSummary.builder("batch_size")
                .description("Inputs of a batch")
                .tags(tags)
                .serviceLevelObjectives(BATCH_SIZES)
                .register(registry);
        this.batchUnits = DistributionSummary.builder("batch_" + unit.label())
                .description("Work of a batch in " + unit.label() + ", padding not counted")
                .tags(tags)
                .register(registry);
        this.paddingRatio = DistributionSummary.builder("batch_padding_ratio")
                .description("Share of the rows computed that are padding")
                .tags(tags)
                .register(registry);
        this.inference = Timer.builder("inference")
                .description("Time of a batch inside the model")
                .tags(tags)
                .register(registry);
        this.queueWait = Timer.builder("queue_wait")
                .description("From acceptance to the start of the first batch")
                .tags(tags)
                .serviceLevelObjectives(WAITS)
                .register(registry);
    }

    @Override
    public void ranBatch(int items, long units, long paddedUnits, long inferenceNanos) {
        batchSize.record(items);
        batchUnits.record((double) units);
        paddingRatio.record(1 - (double) units / paddedUnits);
        inference.record(inferenceNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void waited(long queueNanos) {
        queueWait.record(queueNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void dropped(String reason) {
        Counter.builder("submissions_dropped")
                .description("Accepted work that ended without an answer")
                .tags(tags.and("reason", reason))
                .register(registry)
                .increment();
    }
}
