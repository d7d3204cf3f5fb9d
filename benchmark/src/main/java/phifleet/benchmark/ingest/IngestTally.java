package phifleet.benchmark.ingest;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** What became of the images so far. Thread-safe. */
final class IngestTally {
    private static final long LONGEST_MICROS = 3_600_000_000L;
    private static final int DIGITS = 3;

    final LongAdder indexed = new LongAdder();
    final LongAdder duplicates = new LongAdder();
    final LongAdder nearDuplicates = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder bytes = new LongAdder();
    final LongAdder requests = new LongAdder();
    final LongAdder retries = new LongAdder();
    private final Map<String, LongAdder> errors = new ConcurrentSkipListMap<>();
    private final Histogram latency = new ConcurrentHistogram(LONGEST_MICROS, DIGITS);

    /** A request was answered, after so long. */
    void answered(long micros) {
        requests.increment();
        latency.recordValue(Math.clamp(micros, 0, LONGEST_MICROS));
    }

    /** An image is not in the index. */
    void failed(String kind) {
        failed.increment();
        errors.computeIfAbsent(kind, absent -> new LongAdder()).increment();
    }

    /** Images that are through, one way or another. */
    long images() {
        return indexed.sum() + duplicates.sum() + failed.sum();
    }

    double failureRate() {
        long images = images();
        return images == 0 ? 0 : (double) failed.sum() / images;
    }

    /** Numbers of failed images, by kind. */
    Map<String, Long> errors() {
        Map<String, Long> counts = new TreeMap<>();
        errors.forEach((kind, count) -> counts.put(kind, count.sum()));
        return counts;
    }

    /** Milliseconds of one request that a share of all requests took at most. */
    double latencyMillis(double percentile) {
        return latency.getValueAtPercentile(percentile) / 1e3;
    }
}
