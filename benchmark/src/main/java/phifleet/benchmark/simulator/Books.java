package phifleet.benchmark.simulator;

import org.HdrHistogram.Histogram;

/** What happened to requests and workers. */
final class Books {
    private static final double MICROS = 1e6;

    private final Histogram queue = new Histogram(3_600_000_000L, 3);
    private final Histogram answers = new Histogram(3_600_000_000L, 3);
    private double lastAnswer;
    private long lost;
    private long refused;
    private int changes;
    private double workerSeconds;

    /** A request's batch begins. */
    void began(double queuedSeconds) {
        queue.recordValue(Math.round(queuedSeconds * MICROS));
    }

    /**
     * A request is answered.
     *
     * @param seconds since it came
     * @param now on the clock
     */
    void answered(double seconds, double now) {
        answers.recordValue(Math.round(seconds * MICROS));
        lastAnswer = now;
    }

    /** Nobody came in time. */
    void lost() {
        lost++;
    }

    /** All had too much in hand. */
    void refused() {
        refused++;
    }

    /** The fleet is to have another size. */
    void changed() {
        changes++;
    }

    void worked(double seconds) {
        workerSeconds += seconds;
    }

    /** Of requests of which the first was meant to come at that second. */
    Replayed replayed(double begin) {
        return new Replayed(
                answers.getTotalCount(),
                refused,
                lost,
                answers.getValueAtPercentile(50) / 1e3,
                answers.getValueAtPercentile(99) / 1e3,
                answers.getTotalCount() / (lastAnswer - begin));
    }

    Simulated result(String trace, String size) {
        return new Simulated(
                trace,
                size,
                queue.getTotalCount(),
                queue.getValueAtPercentile(50) / 1e3,
                queue.getValueAtPercentile(99) / 1e3,
                lost,
                refused,
                changes,
                workerSeconds / 3_600);
    }
}
