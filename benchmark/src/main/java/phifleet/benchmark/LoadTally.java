package phifleet.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Counts of one connection, added up at the end. For one thread. */
final class LoadTally {
    private static final int SAMPLES_OF_A_KIND = 3;

    private final Histogram latency = histogram();
    private final Map<String, Histogram> latencyByKind = new TreeMap<>();
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private final Map<String, Long> answeredBy = new TreeMap<>();
    private final Map<String, List<String>> samples = new TreeMap<>();
    private final Histogram lateness = histogram();
    private long failures;
    private long mismatches;
    private long awaitedNanos;
    private long allNanos;
    private long clientCpuNanos;

    private static Histogram histogram() {
        Histogram histogram = new Histogram(3);
        histogram.setAutoResize(true);
        return histogram;
    }

    /** Counts an answer; says whether it was the right one. */
    boolean answered(Call call, Answer answer, long nanos) {
        statuses.merge(answer.status(), 1L, Long::sum);
        String worker = answer.header("X-Worker-Id");
        if (worker != null) {
            answeredBy.merge(worker, 1L, Long::sum);
        }
        if (answer.status() / 100 != 2) {
            sample(call, "answered " + answer.status(), shortened(answer.text()));
            return false;
        }
        latency.recordValue(nanos);
        latencyByKind.computeIfAbsent(call.kind(), kind -> histogram()).recordValue(nanos);
        @Nullable String mismatch = call.check().mismatch(answer);
        if (mismatch != null) {
            mismatches++;
            sample(call, "differs", shortened(mismatch));
        }
        return mismatch == null;
    }

    void failed(Call call, Exception cause) {
        failures++;
        sample(call, "failed", cause.toString());
    }

    /** Counts by how much the client itself started a request after its time. */
    void late(long nanos) {
        lateness.recordValue(nanos);
    }

    /** Counts how long an answer was awaited. */
    void awaited(long nanos) {
        awaitedNanos += nanos;
    }

    /** Takes how long a connection's thread has lived, and the processor time that it took. */
    void ended(long nanos, long cpuNanos) {
        allNanos += nanos;
        clientCpuNanos += cpuNanos;
    }

    void add(LoadTally other) {
        lateness.add(other.lateness);
        awaitedNanos += other.awaitedNanos;
        allNanos += other.allNanos;
        clientCpuNanos += other.clientCpuNanos;
        latency.add(other.latency);
        other.latencyByKind.forEach((kind, histogram) ->
                latencyByKind.computeIfAbsent(kind, absent -> histogram()).add(histogram));
        other.statuses.forEach((status, count) -> statuses.merge(status, count, Long::sum));
        other.answeredBy.forEach((worker, count) -> answeredBy.merge(worker, count, Long::sum));
        other.samples.forEach((fault, found) -> found.forEach(what -> keep(fault, what)));
        failures += other.failures;
        mismatches += other.mismatches;
    }

    LoadReport report(Duration elapsed) {
        return new LoadReport(
                elapsed,
                latency,
                latencyByKind,
                statuses,
                answeredBy,
                failures,
                mismatches,
                lateness,
                Duration.ofNanos(clientCpuNanos),
                allNanos == 0 ? 1 : (double) awaitedNanos / allNanos,
                samples.values().stream().flatMap(List::stream).toList());
    }

    private void sample(Call call, String fault, String what) {
        keep(fault, call.kind() + " " + fault + ": " + what);
    }

    /** Keeps the first few of each kind of fault, so that a frequent one does not hide a rare one. */
    private void keep(String fault, String what) {
        List<String> kept = samples.computeIfAbsent(fault, absent -> new ArrayList<>());
        if (kept.size() < SAMPLES_OF_A_KIND) {
            kept.add(what);
        }
    }

    private static String shortened(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200) + "…";
    }
}
