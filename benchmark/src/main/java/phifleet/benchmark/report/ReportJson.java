package phifleet.benchmark.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalDouble;

/** The report for programs: what the tables have, without what is not known. */
final class ReportJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ReportJson() {}

    static JsonNode of(Report report, OptionalDouble pricePerHour) {
        ObjectNode json = JSON.objectNode().put("model", report.model()).put("system", report.system());
        ArrayNode frameworks = json.putArray("frameworks");
        report.results().forEach(result -> frameworks.add(of(result)));
        ArrayNode scenarios = json.putArray("scenarios");
        report.scenarios().forEach((name, rows) -> scenarios.add(of(name, rows, pricePerHour)));
        if (!report.validation().isMissingNode()) {
            json.set("validation", report.validation());
        }
        report.notComparable().forEach(json.putArray("not_comparable")::add);
        return json;
    }

    private static ObjectNode of(Result result) {
        ObjectNode json = JSON.objectNode().put("framework", result.framework());
        if (!result.threads().isEmpty()) {
            json.put("threads", result.threads());
        }
        result.loadMillis().ifPresent(millis -> json.put("model_load_time_ms", millis));
        result.peakMemoryMb().ifPresent(megabytes -> json.put("peak_memory_mb", megabytes));
        return json;
    }

    private static ObjectNode of(String scenario, List<Row> rows, OptionalDouble pricePerHour) {
        ObjectNode json = JSON.objectNode().put("scenario", scenario);
        ArrayNode frameworks = json.putArray("frameworks");
        for (Row row : rows) {
            ObjectNode one = frameworks.addObject();
            one.put("framework", row.framework())
                    .put("rounds", row.rounds())
                    .put("load", row.load())
                    .put("concurrency", row.concurrency());
            one.set("texts_per_second", row.textsPerSecond().json());
            one.set("p50_ms", row.p50().json());
            one.put("p95_ms", row.p95()).put("p99_ms", row.p99()).put("p999_ms", row.p999());
            row.cpuPerThousand().ifPresent(seconds -> one.put("cpu_seconds_per_1000_texts", seconds));
            pricePerHour.ifPresent(price -> one.put("cost_per_million", row.costPerMillion(price)));
        }
        return json;
    }
}
