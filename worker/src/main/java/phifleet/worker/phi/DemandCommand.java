package phifleet.worker.phi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The size that a fleet wants, and why. */
@Command(
        name = "demand",
        description = {
            "Says how many workers a fleet wants, has and waits for, and why; what is asked of each model, and how many workers hold it.",
            "PHI_API_KEY is shown where it is set."
        })
final class DemandCommand implements Callable<Integer> {
    @Mixin
    private Connection fleet = new Connection();

    @Override
    public Integer call() throws Exception {
        JsonNode demand;
        try (FleetClient client = fleet.open()) {
            demand = client.get("/fleet/demand");
        }
        if (fleet.isJson()) {
            fleet.print(demand);
            return 0;
        }
        int wanted = demand.path("wanted_workers").asInt();
        int ready = demand.path("ready_workers").asInt();
        fleet.print("wanted " + wanted + ", present "
                + demand.path("present_workers").asInt() + ", pending "
                + Math.max(0, wanted - ready) + ", " + demand.path("state").asText() + ": "
                + demand.path("reason").asText());
        for (JsonNode model : demand.path("models")) {
            fleet.print(String.format(
                    Locale.ROOT,
                    "%s, %s: %.2f requests a second of %.1f ms, %d in hand",
                    model.path("model").asText(),
                    model.path("priority").asText(),
                    model.path("requests_per_second").asDouble(),
                    model.path("device_ms").asDouble(),
                    model.path("in_hand").asLong()));
        }
        for (JsonNode model : demand.path("copies")) {
            fleet.print(model.path("model").asText() + ": held by "
                    + model.path("present").asInt() + ", wanted by "
                    + model.path("wanted").asInt());
        }
        return 0;
    }
}
