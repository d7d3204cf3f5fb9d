package phifleet.benchmark;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What a run of the driver saw.
 *
 * @param elapsed from the first request to the last answer
 * @param latency nanoseconds of every 2xx answer, from when its request was sent or, in an open loop, was meant to be
 * @param latencyByKind the same, by {@link Call#kind()}
 * @param statuses answers by HTTP status
 * @param answeredBy answers by the {@code X-Worker-Id} that they carried
 * @param failures requests without a whole answer: refused, cut off, timed out
 * @param mismatches 2xx answers that their check refused
 * @param lateness nanoseconds from the intended start of a request to its start, of those in an open loop that a connection was
 *     free for in time: the client's own fault
 * @param clientCpu processor time of the driver's threads, checks of answers included
 * @param awaitingShare how much of their time the driver's threads awaited an answer: what is left of 1 is the client's own, but for
 *     the pauses of an open loop
 * @param samples the first few bad ones, in words
 */
public record LoadReport(
        Duration elapsed,
        Histogram latency,
        Map<String, Histogram> latencyByKind,
        Map<Integer, Long> statuses,
        Map<String, Long> answeredBy,
        long failures,
        long mismatches,
        Histogram lateness,
        Duration clientCpu,
        double awaitingShare,
        List<String> samples) {

    /** 2xx answers, right or wrong. */
    public long succeeded() {
        return latency.getTotalCount();
    }

    /** 2xx answers of one kind. */
    public long succeeded(String kind) {
        Histogram histogram = latencyByKind.get(kind);
        return histogram == null ? 0 : histogram.getTotalCount();
    }

    /** Answers with another status than 2xx, and requests without an answer. */
    public long lost() {
        return statuses.values().stream().mapToLong(Long::longValue).sum() - succeeded() + failures;
    }

    /** 2xx answers a second. */
    public double throughput() {
        return succeeded() / (elapsed.toNanos() / 1e9);
    }

    /** A latency quantile in milliseconds, {@code quantile} from 0 to 1. */
    public double latencyMillis(double quantile) {
        return latency.getValueAtPercentile(quantile * 100) / 1e6;
    }

    /** A table for a person: one row a kind and one of all. */
    public String table() {
        StringBuilder table = new StringBuilder(512);
        table.append(String.format(
                Locale.ROOT, "%-16s %9s %9s %9s %9s %9s%n", "kind", "2xx", "p50 ms", "p90 ms", "p99 ms", "max ms"));
        latencyByKind.forEach((kind, histogram) -> row(table, kind, histogram));
        row(table, "all", latency);
        table.append(String.format(
                Locale.ROOT,
                "%.0f requests/s over %.1f s; lost %d, different %d, statuses %s%n",
                throughput(),
                elapsed.toNanos() / 1e9,
                lost(),
                mismatches,
                statuses));
        samples.forEach(sample -> table.append("  ").append(sample).append('\n'));
        return table.toString();
    }

    private static void row(StringBuilder table, String kind, Histogram histogram) {
        table.append(String.format(
                Locale.ROOT,
                "%-16s %9d %9.2f %9.2f %9.2f %9.2f%n",
                kind,
                histogram.getTotalCount(),
                histogram.getValueAtPercentile(50) / 1e6,
                histogram.getValueAtPercentile(90) / 1e6,
                histogram.getValueAtPercentile(99) / 1e6,
                histogram.getMaxValue() / 1e6));
    }
}
