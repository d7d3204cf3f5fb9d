package phifleet.benchmark.ingest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Figures of a run by name, in the order in which they are told. */
record IngestReport(Map<String, Double> figures) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param total images that there are; those that were done before are not among them */
    static IngestReport of(IngestTally tally, long total, double seconds) {
        Map<String, Double> figures = new LinkedHashMap<>();
        double images = tally.images();
        figures.put("images_total", (double) total);
        figures.put("images_done", images);
        figures.put("indexed", (double) tally.indexed.sum());
        figures.put("duplicates", (double) tally.duplicates.sum());
        figures.put("near_duplicates", (double) tally.nearDuplicates.sum());
        figures.put("errors", (double) tally.failed.sum());
        tally.errors().forEach((kind, count) -> figures.put("errors_" + kind, (double) count));
        figures.put("bytes", (double) tally.bytes.sum());
        figures.put("requests", (double) tally.requests.sum());
        figures.put("retries", (double) tally.retries.sum());
        figures.put("seconds", seconds);
        figures.put("images_per_second", seconds > 0 ? images / seconds : 0);
        figures.put("megabytes_per_second", seconds > 0 ? tally.bytes.sum() / 1e6 / seconds : 0);
        figures.put("latency_p50_ms", tally.latencyMillis(50));
        figures.put("latency_p95_ms", tally.latencyMillis(95));
        figures.put("latency_p99_ms", tally.latencyMillis(99));
        return new IngestReport(figures);
    }

    static IngestReport read(Path file) throws IOException {
        Map<String, Double> figures = new LinkedHashMap<>();
        JSON.readTree(file.toFile()).properties().forEach(entry -> {
            if (entry.getValue().isNumber()) {
                figures.put(entry.getKey(), entry.getValue().asDouble());
            }
        });
        return new IngestReport(figures);
    }

    String json() {
        ObjectNode written = JSON.createObjectNode();
        figures.forEach((name, value) -> {
            if (isWhole(value)) {
                written.put(name, value.longValue());
            } else {
                written.put(name, value);
            }
        });
        return written.toPrettyString();
    }

    /** Lines {@code [METRIC] name=value}. */
    String metrics() {
        StringBuilder lines = new StringBuilder();
        figures.forEach((name, value) -> lines.append("[METRIC] ")
                .append(name)
                .append('=')
                .append(text(value))
                .append('\n'));
        return lines.toString();
    }

    /** Two runs side by side, and the second as a multiple of the first. */
    static String compare(IngestReport first, IngestReport second) {
        StringBuilder table =
                new StringBuilder(String.format(Locale.ROOT, "%-24s %14s %14s %8s%n", "", "first", "second", "ratio"));
        Map<String, Double> all = new LinkedHashMap<>(first.figures);
        second.figures.forEach(all::putIfAbsent);
        for (String name : all.keySet()) {
            Double before = first.figures.get(name);
            Double after = second.figures.get(name);
            table.append(String.format(
                    Locale.ROOT,
                    "%-24s %14s %14s %8s%n",
                    name,
                    before == null ? "-" : text(before),
                    after == null ? "-" : text(after),
                    before == null || after == null || before == 0
                            ? "-"
                            : String.format(Locale.ROOT, "%.3f", after / before)));
        }
        return table.toString();
    }

    private static String text(double value) {
        return isWhole(value) ? Long.toString((long) value) : String.format(Locale.ROOT, "%.3f", value);
    }

    private static boolean isWhole(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15;
    }
}
