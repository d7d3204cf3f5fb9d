package phifleet.benchmark.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import phifleet.benchmark.run.Measurement;

/**
 * What a folder of results says.
 *
 * @param scenarios rows by scenario, the fastest first
 * @param notComparable what kept figures from being compared, in words
 * @param validation what {@code scripts/benchmark validate} found; missing where it was not run
 */
record Report(
        String model,
        List<Result> results,
        Map<String, List<Row>> scenarios,
        List<String> notComparable,
        JsonNode validation) {
    /** A tenth of the machine: with more, throughput says as much of the neighbours as of the target. */
    private static final double MOST_OTHERS = 0.1;

    static Report read(Path folder) throws IOException {
        List<Result> results = Result.readAll(folder);
        if (results.isEmpty()) {
            throw new IOException(folder + " has no results");
        }
        Set<String> names = new LinkedHashSet<>();
        results.forEach(
                result -> result.rounds().forEach(one -> names.add(one.slot().scenario())));
        Map<String, List<Row>> scenarios = new LinkedHashMap<>();
        for (String name : names) {
            List<Row> rows = results.stream()
                    .filter(result -> !result.good(name).isEmpty())
                    .map(result -> Row.of(result.framework(), result.good(name)))
                    .sorted((one, other) -> Double.compare(
                            other.textsPerSecond().mean(), one.textsPerSecond().mean()))
                    .toList();
            scenarios.put(name, rows);
        }
        Path validation = folder.resolve("validation.json");
        return new Report(
                results.getFirst().model(),
                results,
                scenarios,
                notComparable(results, scenarios),
                Files.exists(validation) ? new JsonMapper().readTree(validation.toFile()) : MissingNode.getInstance());
    }

    String system() {
        return results.stream().map(Result::system).distinct().collect(Collectors.joining("; "));
    }

    private static List<String> notComparable(List<Result> results, Map<String, List<Row>> scenarios) {
        List<String> lines = new ArrayList<>();
        Set<String> systems = new TreeSet<>();
        results.forEach(result -> systems.add(result.system()));
        if (systems.size() > 1) {
            lines.add("results are of several machines: " + String.join("; ", systems));
        }
        for (Result result : results) {
            if (!result.rounds().isEmpty() && !result.seen()) {
                lines.add(
                        result.framework()
                                + " was measured by its address: its start, memory and processor time are not known, nor what other programs took");
            }
            for (Measurement one : result.rounds()) {
                if (!one.faults().isEmpty()) {
                    lines.add(where(one) + " is left out: " + String.join("; ", one.faults()));
                } else if (one.othersShare().orElse(0) > MOST_OTHERS) {
                    lines.add(String.format(
                            Locale.ROOT,
                            "%s: other programs took %.0f %% of the machine",
                            where(one),
                            100 * one.othersShare().orElse(0)));
                }
            }
        }
        scenarios.forEach((name, rows) -> {
            if (rows.stream().map(Row::rounds).distinct().count() > 1) {
                lines.add(name + ": frameworks have different numbers of valid rounds");
            }
            if (rows.size() < results.size()) {
                lines.add(name + ": not every framework has a valid round");
            }
            long plans = results.stream()
                    .flatMap(result -> result.good(name).stream())
                    .map(Measurement::plan)
                    .distinct()
                    .count();
            if (plans > 1) {
                lines.add(name + ": loads, texts or models differ between frameworks");
            }
        });
        return lines;
    }

    private static String where(Measurement one) {
        return one.slot().framework() + ", " + one.slot().scenario() + ", round "
                + one.slot().round();
    }
}
