package phifleet.benchmark.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import phifleet.benchmark.run.Measurement;
import phifleet.benchmark.run.MeasurementJson;

/**
 * One framework's file of results.
 *
 * @param system the machine in words
 * @param loadMillis from its start to ready; empty, as its memory is, where it was not started here
 * @param rounds every measurement, those with faults included
 */
record Result(
        String framework,
        String model,
        String system,
        OptionalDouble loadMillis,
        OptionalDouble peakMemoryMb,
        String threads,
        List<Measurement> rounds) {
    private static final JsonMapper JSON = new JsonMapper();

    static Result read(Path file) throws IOException {
        JsonNode json = JSON.readTree(file.toFile());
        JsonNode system = json.path("system_info");
        List<Measurement> rounds = new ArrayList<>();
        for (JsonNode round : json.path("rounds")) {
            rounds.add(MeasurementJson.read(round));
        }
        return new Result(
                json.path("framework").asText(),
                json.path("model").asText(),
                system.path("cpu").asText() + ", " + system.path("cores").asText() + " cores, "
                        + system.path("memory_gb").asText() + " GB",
                number(json.path("model_load_time_ms")),
                number(json.path("peak_memory_mb")),
                json.path("threads").asText(),
                rounds);
    }

    private static OptionalDouble number(JsonNode value) {
        return value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
    }

    /** Whether its processes could be watched. */
    boolean seen() {
        return rounds.stream().anyMatch(one -> one.cpuSeconds().isPresent());
    }

    /** All of a folder, by name. */
    static List<Result> readAll(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".json"))
                    .filter(file ->
                            !List.of("threads.json", "validation.json").contains(String.valueOf(file.getFileName())))
                    .sorted()
                    .toList();
        }
        List<Result> results = new ArrayList<>();
        for (Path file : files) {
            results.add(read(file));
        }
        return results;
    }

    /** The measurements of a scenario that count. */
    List<Measurement> good(String scenario) {
        return rounds.stream()
                .filter(one ->
                        one.slot().scenario().equals(scenario) && one.faults().isEmpty())
                .toList();
    }
}
