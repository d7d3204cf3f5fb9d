package phifleet.gateway.history;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Recorder;

/** Requests of one model. Safe from every thread, but for {@link #take}. */
public final class ModelCounts {
    /** Two digits are 1 % of the value. */
    static final int DIGITS = 2;

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);

    private final LongAdder failed = new LongAdder();
    private final Recorder latencies = new Recorder(DIGITS);

    ModelCounts() {}

    /**
     * A request was answered.
     *
     * @param nanos from its arrival
     * @param error whether its client got a 5xx, or half an answer
     */
    public void answered(long nanos, boolean error) {
        latencies.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0, LONGEST_MICROS));
        if (error) {
            failed.increment();
        }
    }

    ModelInterval take() {
        return new ModelInterval(failed.sumThenReset(), latencies.getIntervalHistogram());
    }
}
