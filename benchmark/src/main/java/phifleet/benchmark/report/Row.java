package phifleet.benchmark.report;

import java.util.List;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;
import phifleet.benchmark.run.Measurement;

/**
 * A framework in a scenario, over the rounds that count.
 *
 * @param cpuPerThousand processor seconds per 1,000 texts; empty where its processes cannot be seen
 */
record Row(
        String framework,
        int rounds,
        String load,
        int concurrency,
        ConfidenceInterval textsPerSecond,
        ConfidenceInterval p50,
        double p95,
        double p99,
        double p999,
        OptionalDouble cpuPerThousand) {

    static Row of(String framework, List<Measurement> good) {
        Histogram all = new Histogram(3);
        all.setAutoResize(true);
        good.forEach(one -> all.add(one.latency()));
        boolean seen = good.stream().allMatch(one -> one.cpuSeconds().isPresent());
        double cpu =
                good.stream().mapToDouble(one -> one.cpuSeconds().orElse(0)).sum();
        double texts = good.stream()
                .mapToDouble(one -> (double) one.requests() * one.batchSize())
                .sum();
        Measurement first = good.getFirst();
        return new Row(
                framework,
                good.size(),
                first.load(),
                first.concurrency(),
                ConfidenceInterval.ofMean(
                        good.stream().map(Measurement::textsPerSecond).toList()),
                ConfidenceInterval.ofMean(
                        good.stream().map(one -> one.millis(50)).toList()),
                all.getValueAtPercentile(95) / 1e6,
                all.getValueAtPercentile(99) / 1e6,
                all.getValueAtPercentile(99.9) / 1e6,
                seen ? OptionalDouble.of(1000 * cpu / texts) : OptionalDouble.empty());
    }

    /** What a million embeddings cost on a machine of that price an hour, kept busy with this load. */
    double costPerMillion(double pricePerHour) {
        return pricePerHour / 3600 / textsPerSecond.mean() * 1e6;
    }
}
