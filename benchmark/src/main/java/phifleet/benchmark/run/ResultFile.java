package phifleet.benchmark.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Writes {@code results/MODEL/FRAMEWORK.json}, in the first design's format with more beside it, and an HdrHistogram log with the
 * scenario as tag. Only measurements without a fault count; those with one are in {@code rounds} all the same.
 */
final class ResultFile {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final double MIB = 1024.0 * 1024;

    private final Path folder;
    private final String model;

    ResultFile(Path folder, String model) {
        this.folder = folder;
        this.model = model;
    }

    void write(String framework, List<Measurement> all, JsonNode info, SystemInfo system, List<String> scenarios)
            throws IOException {
        Files.createDirectories(folder);
        ObjectNode json = JSON.createObjectNode();
        json.put("framework", framework)
                .put("model", model)
                .put("timestamp", Instant.now().toString());
        json.putObject("system_info")
                .put("cpu", system.cpu())
                .put("cores", system.cores())
                .put("memory_gb", system.memoryGb());
        if (all.stream().anyMatch(one -> one.cpuSeconds().isPresent())) {
            json.put(
                            "model_load_time_ms",
                            median(all.stream().map(Measurement::loadMillis).toList()))
                    .put(
                            "peak_memory_mb",
                            rounded(all.stream()
                                            .mapToLong(Measurement::peakMemoryBytes)
                                            .max()
                                            .orElse(0)
                                    / MIB));
        } else {
            // It ran elsewhere, and before.
            json.putNull("model_load_time_ms").putNull("peak_memory_mb");
        }
        json.put("threads", all.getLast().threads());
        ObjectNode results = json.putObject("scenarios");
        try (OutputStream log = Files.newOutputStream(folder.resolve(framework + ".hlog"))) {
            HistogramLogWriter writer = new HistogramLogWriter(log);
            writer.outputLogFormatVersion();
            writer.outputLegend();
            for (String scenario : scenarios) {
                List<Measurement> good = all.stream()
                        .filter(one -> one.slot().scenario().equals(scenario)
                                && one.faults().isEmpty())
                        .toList();
                if (!good.isEmpty()) {
                    results.set(scenario, scenario(good));
                    writer.outputIntervalHistogram(tagged(good, scenario));
                }
            }
        }
        json.set("info", info);
        ArrayNode rounds = json.putArray("rounds");
        all.forEach(one -> rounds.add(withFaults(one)));
        Path file = folder.resolve(framework + ".json");
        Path whole = folder.resolve(framework + ".json.new");
        JSON.writeValue(whole.toFile(), json);
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static ObjectNode withFaults(Measurement one) {
        ObjectNode json = MeasurementJson.write(one);
        json.put("valid", one.faults().isEmpty());
        one.faults().forEach(json.putArray("faults")::add);
        return json;
    }

    private static ObjectNode scenario(List<Measurement> good) {
        Histogram latency = merged(good);
        double elapsed = good.stream().mapToDouble(Measurement::elapsedSeconds).sum();
        long requests = good.stream().mapToLong(Measurement::requests).sum();
        ObjectNode json = JSON.createObjectNode();
        json.put("concurrency", good.getFirst().concurrency()).put("num_requests", requests);
        json.putObject("latency_ms")
                .put("mean", rounded(latency.getMean() / 1e6))
                .put("p50", rounded(latency.getValueAtPercentile(50) / 1e6))
                .put("p95", rounded(latency.getValueAtPercentile(95) / 1e6))
                .put("p99", rounded(latency.getValueAtPercentile(99) / 1e6))
                .put("p999", rounded(latency.getValueAtPercentile(99.9) / 1e6));
        json.put("throughput_qps", rounded(requests / elapsed));
        double texts = (double) requests * good.getFirst().batchSize();
        boolean seen = good.stream().allMatch(one -> one.cpuSeconds().isPresent());
        double cpu =
                good.stream().mapToDouble(one -> one.cpuSeconds().orElse(0)).sum();
        if (seen) {
            json.put("cpu_utilization_pct", rounded(100 * cpu / elapsed))
                    .put("cpu_seconds_per_1000_texts", rounded(1000 * cpu / texts));
        } else {
            json.putNull("cpu_utilization_pct");
        }
        json.put("batch_size", good.getFirst().batchSize()).put("texts_per_second", rounded(texts / elapsed));
        return json;
    }

    private static Histogram merged(List<Measurement> good) {
        Histogram all = new Histogram(3);
        all.setAutoResize(true);
        good.forEach(one -> all.add(one.latency()));
        return all;
    }

    private static Histogram tagged(List<Measurement> good, String scenario) {
        Histogram histogram = merged(good);
        histogram.setTag(scenario);
        long now = System.currentTimeMillis();
        long took = Math.round(
                1000 * good.stream().mapToDouble(Measurement::elapsedSeconds).sum());
        histogram.setStartTimeStamp(now - took);
        histogram.setEndTimeStamp(now);
        return histogram;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().collect(Collectors.toList());
        return rounded(sorted.get((sorted.size() - 1) / 2));
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
