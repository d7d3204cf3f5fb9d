package phifleet.worker;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The size that a fleet wants, and why. */
@Command(
        name = "demand",
        description = {
            "Says how many workers a fleet wants, has and waits for, and why; what is asked of each model, and how many workers hold it.",
            "PHI_API_KEY is shown where it is set."
        })
final class DemandCommand implements Callable<Integer> {
    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:PHI_URL:-http://localhost:8080}",
            description = "a gateway; default: $PHI_URL, else ${DEFAULT-VALUE}")
    private URI url = URI.create("http://localhost:8080");

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        JsonNode demand;
        try (FleetClient fleet = new FleetClient(url, System.getenv())) {
            demand = fleet.demand();
        }
        int wanted = demand.path("wanted_workers").asInt();
        int ready = demand.path("ready_workers").asInt();
        out("wanted " + wanted + ", present " + demand.path("present_workers").asInt() + ", pending "
                + Math.max(0, wanted - ready) + ", " + demand.path("state").asText() + ": "
                + demand.path("reason").asText());
        for (JsonNode model : demand.path("models")) {
            out(String.format(
                    Locale.ROOT,
                    "%s, %s: %.2f requests a second of %.1f ms, %d in hand",
                    model.path("model").asText(),
                    model.path("priority").asText(),
                    model.path("requests_per_second").asDouble(),
                    model.path("device_ms").asDouble(),
                    model.path("in_hand").asLong()));
        }
        for (JsonNode model : demand.path("copies")) {
            out(model.path("model").asText() + ": held by "
                    + model.path("present").asInt() + ", wanted by "
                    + model.path("wanted").asInt());
        }
        return 0;
    }

    private void out(String line) {
        if (spec != null) {
            spec.commandLine().getOut().println(line);
        }
    }
}
