package phifleet.worker.phi;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The workers of a fleet, once or as they change. */
@Command(
        name = "fleet",
        description = {
            "Shows the workers of a gateway: state, device, requests in hand and a second, latency, GPU.",
            "At a terminal it goes on showing them, as top does, until it is interrupted.",
            "PHI_API_KEY is shown where it is set."
        })
final class FleetCommand implements Callable<Integer> {
    private static final List<String> HEAD =
            List.of("WORKER", "STATE", "DEVICE", "IN HAND", "REQ/S", "P50 MS", "P99 MS", "SERVED", "FAILED", "GPU", "");
    private static final String NONE = "-";

    /** To the terminal's upper left corner, and nothing below. */
    private static final String CLEAR = "\u001b[H\u001b[2J";

    @Mixin
    private Connection fleet = new Connection();

    @Option(names = "--once", description = "shows them once")
    private boolean once;

    @Option(names = "--every", paramLabel = "SECONDS", defaultValue = "2", description = "default: ${DEFAULT-VALUE}")
    private int seconds = 2;

    @Override
    public Integer call() throws Exception {
        boolean live = !once && !fleet.isJson() && isAtTerminal();
        try (FleetClient client = fleet.open()) {
            JsonNode answer = client.get("/fleet");
            while (live) {
                fleet.print(CLEAR + String.join("\n", lines(answer)));
                TimeUnit.SECONDS.sleep(Math.max(1, seconds));
                answer = client.get("/fleet");
            }
            if (fleet.isJson()) {
                fleet.print(answer);
            } else {
                lines(answer).forEach(fleet::print);
            }
        }
        return 0;
    }

    // Since JDK 25 there is none where input or output is no terminal.
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isAtTerminal() {
        Console console = System.console();
        return console != null && console.isTerminal();
    }

    private static List<String> lines(JsonNode answer) {
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        for (JsonNode worker : answer.path("workers")) {
            JsonNode latency = worker.path("latency_ms");
            rows.add(List.of(
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
                    worker.path("state_reason").asText("").replaceAll("\\s+", " ")));
        }
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
