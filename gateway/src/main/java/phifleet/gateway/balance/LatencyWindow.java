package phifleet.gateway.balance;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;
import org.jspecify.annotations.Nullable;

/**
 * Latencies of the last half minute or so. Recording is wait-free and safe from every thread; {@link #roll} is called
 * about once in {@link #HALF_SECONDS} seconds by one thread, reading by any.
 *
 * <p>Two halves: the one that fills and the one before it. A quantile is taken over both, so it covers 15 to 30 seconds
 * and never starts from nothing.
 */
public final class LatencyWindow {
    /** Seconds that a half covers. */
    public static final int HALF_SECONDS = 15;

    /** Two digits are 1 % of the value, and a histogram of some 20 KiB. */
    private static final int DIGITS = 2;

    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(10);

    private final Recorder recorder = new Recorder(DIGITS);
    private final Histogram filling = histogram();
    private @Nullable Histogram spare;
    private Histogram before = histogram();

    private static Histogram histogram() {
        Histogram histogram = new Histogram(DIGITS);
        histogram.setAutoResize(true);
        return histogram;
    }

    void record(long nanos) {
        recorder.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0, LONGEST_MICROS));
    }

    /** Ends a half. */
    synchronized void roll() {
        drain();
        before = filling.copy();
        filling.reset();
    }

    /** The latencies of both halves, in microseconds. */
    public synchronized Quantiles quantiles() {
        drain();
        Histogram both = filling.copy();
        both.add(before);
        return new Quantiles(
                both.getTotalCount(),
                both.getValueAtPercentile(50) / 1e3,
                both.getValueAtPercentile(90) / 1e3,
                both.getValueAtPercentile(99) / 1e3);
    }

    private void drain() {
        Histogram interval = recorder.getIntervalHistogram(spare);
        filling.add(interval);
        spare = interval;
    }

    /**
     * Quantiles in milliseconds.
     *
     * @param count how many latencies they are of; where it is 0 the others are 0 too
     */
    public record Quantiles(long count, double p50, double p90, double p99) {}
}
