package phifleet.worker.phi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** A fleet as lines: a head, a line for each worker, trouble first, and at the end one for the gateway. */
final class FleetTable {
    private static final List<String> HEAD =
            List.of("WORKER", "STATE", "DEVICE", "IN HAND", "REQ/S", "P50 MS", "P99 MS", "SERVED", "FAILED", "GPU", "");
    private static final String NONE = "-";

    /** What needs a look first; others come before these. */
    private static final List<String> CALM = List.of("draining", "cordoned", "joining", "ready");

    private FleetTable() {}

    /** @param answer of {@code GET /fleet} */
    static List<String> ofGateway(JsonNode answer) {
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        StreamSupport.stream(answer.path("workers").spliterator(), false)
                .sorted(Comparator.comparingInt(
                        worker -> CALM.indexOf(worker.path("state").asText())))
                .forEach(worker -> rows.add(row(worker)));
        JsonNode gateway = answer.path("gateway");
        List<String> lines = new ArrayList<>(Table.lines(rows));
        lines.add(String.format(
                Locale.ROOT,
                "gateway %s: %d ready of %d, %d wanted, %d waiting, %d served, %d failed",
                gateway.path("id").asText(),
                gateway.path("workers").path("ready").asInt(),
                gateway.path("expected_workers").asInt(),
                gateway.path("wanted_workers").asInt(),
                gateway.path("waiting").asLong(),
                gateway.path("served").asLong(),
                gateway.path("failed").asLong()));
        return lines;
    }

    /** @param info what a worker that no gateway stands before says of itself */
    static List<String> ofWorker(JsonNode info) {
        List<String> row = List.of(
                info.path("worker_id").asText(),
                info.path("status").asText(),
                info.path("device").asText(NONE),
                info.path("queue").path("in_flight").asText(),
                NONE,
                NONE,
                NONE,
                NONE,
                NONE,
                gpu(info.path("gpu")),
                "");
        List<String> lines = new ArrayList<>(Table.lines(List.of(HEAD, row)));
        lines.add("a worker alone, without a gateway");
        return lines;
    }

    private static List<String> row(JsonNode worker) {
        JsonNode latency = worker.path("latency_ms");
        return List.of(
                worker.path("id").asText(),
                worker.path("state").asText(),
                worker.path("device").asText(NONE),
                worker.path("in_flight").asText(),
                number("%.1f", worker.path("requests_per_second")),
                number("%.1f", latency.path("p50")),
                number("%.1f", latency.path("p99")),
                worker.path("served").asText(),
                worker.path("failed").asText(),
                gpu(worker.path("gpu")),
                worker.path("state_reason").asText("").replaceAll("\\s+", " "));
    }

    private static String gpu(JsonNode gpu) {
        if (gpu.isMissingNode() || gpu.isNull()) {
            return NONE;
        }
        return number("%.0f", gpu.path("utilization_percent")) + " %, "
                + number("%.1f", gpu.path("memory_used_bytes"), 1e9) + " of "
                + number("%.1f", gpu.path("memory_total_bytes"), 1e9) + " GB";
    }

    private static String number(String form, JsonNode value) {
        return number(form, value, 1);
    }

    private static String number(String form, JsonNode value, double unit) {
        return value.isNumber() ? String.format(Locale.ROOT, form, value.asDouble() / unit) : NONE;
    }
}
