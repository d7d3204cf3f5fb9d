package phifleet.worker.phi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.ScopeType;

/** Commands about models: those of a fleet that runs, and those on the Hub. */
@Command(
        name = "models",
        description = {
            "Lists the models of a fleet, or of a worker alone: by worker, with version, state and golden cosine,",
            "those that are loaded on demand too.",
            "PHI_API_KEY and PHI_ADMIN_KEY are shown where they are set."
        },
        subcommands = {ModelsGet.class, ModelsCommand.Load.class, ModelsCommand.Unload.class})
final class ModelsCommand implements Callable<Integer> {
    private static final List<String> HEAD =
            List.of("WORKER", "MODEL", "VERSION", "STATE", "DEVICE", "PRECISION", "GOLDEN", "");
    private static final String NONE = "-";

    @Mixin
    private Connection fleet = new Connection();

    @Option(
            names = "--worker",
            scope = ScopeType.INHERIT,
            paramLabel = "ID",
            description = "one worker of a gateway's, in place of all")
    private @Nullable String worker;

    @Override
    public Integer call() throws Exception {
        List<List<String>> rows = new ArrayList<>(List.of(HEAD));
        try (FleetClient client = fleet.open()) {
            for (String each : worker == null ? client.workers() : List.of(FleetClient.worker(worker))) {
                JsonNode info = client.get(each + "/info");
                if (fleet.isJson()) {
                    fleet.print(info);
                } else {
                    rows.addAll(rows(info, client.goldenCosines(each)));
                }
            }
        }
        if (!fleet.isJson()) {
            fleet.table(rows);
        }
        return 0;
    }

    /** What serves, and behind it what does not with its reason. */
    private static List<List<String>> rows(JsonNode info, Map<String, Double> cosines) {
        String worker = info.path("worker_id").asText();
        List<List<String>> rows = new ArrayList<>();
        for (JsonNode model : info.path("models")) {
            String name = model.path("name").asText();
            Double cosine = cosines.get(name);
            rows.add(List.of(
                    worker,
                    name,
                    model.path("version").asText(NONE),
                    info.path("status").asText(),
                    model.path("device").asText(NONE),
                    model.path("precision").asText(NONE),
                    cosine == null ? NONE : String.format(Locale.ROOT, "%.6f", cosine),
                    ""));
        }
        Set<String> onDemand = new HashSet<>();
        for (JsonNode model : info.path("on_demand")) {
            String state = model.path("state").asText();
            // Those that are ready are among the others.
            if (!state.equals("ready") && onDemand.add(model.path("name").asText())) {
                rows.add(List.of(
                        worker, model.path("name").asText(), NONE, state, NONE, NONE, NONE, expectation(model)));
            }
        }
        for (JsonNode absent : info.path("absent")) {
            if (onDemand.contains(absent.path("name").asText())) {
                continue;
            }
            rows.add(List.of(
                    worker,
                    absent.path("name").asText(),
                    absent.path("version").asText(NONE),
                    absent.path("state").asText().toLowerCase(Locale.ROOT),
                    NONE,
                    NONE,
                    NONE,
                    oneLine(absent.path("reason"))));
        }
        return rows;
    }

    /** What is known of a model's next load. */
    private static String expectation(JsonNode model) {
        double seconds = model.path("load_seconds").asDouble();
        String reason = oneLine(model.path("reason"));
        return reason.isEmpty() && seconds > 0
                ? String.format(Locale.ROOT, "on demand, takes about %.1f s", seconds)
                : reason;
    }

    private static String oneLine(JsonNode text) {
        return text.asText().replaceAll("\\s+", " ");
    }

    void print(Path folder) {
        fleet.print(
                fleet.isJson()
                        ? JsonNodeFactory.instance
                                .objectNode()
                                .put("folder", folder.toString())
                                .toString()
                        : folder.toString());
    }

    private int change(String model, String action) throws Exception {
        try (FleetClient client = fleet.open()) {
            client.change(worker == null ? "" : FleetClient.worker(worker), model, action);
        }
        if (fleet.isJson()) {
            fleet.print(JsonNodeFactory.instance
                    .objectNode()
                    .put("model", model)
                    .put("action", action)
                    .put("done", true));
        } else {
            fleet.print(model + ": " + action + "ed");
        }
        return 0;
    }

    /** What changes one model. */
    abstract static class Change implements Callable<Integer> {
        private final String action;

        @ParentCommand
        private @Nullable ModelsCommand parent;

        @Parameters(paramLabel = "MODEL", description = "its id or an alias")
        private String model = "";

        Change(String action) {
            this.action = action;
        }

        @Override
        public Integer call() throws Exception {
            return parent == null ? 1 : parent.change(model, action);
        }
    }

    @Command(
            name = "load",
            description = {
                "Loads a model, or its newest version in place of the one that serves, at every worker.",
                "Where a worker cannot, it is named, and what served there goes on. PHI_ADMIN_KEY is asked for."
            })
    static final class Load extends Change {
        Load() {
            super("load");
        }
    }

    @Command(name = "unload", description = "Serves a model no more, at every worker. PHI_ADMIN_KEY is asked for.")
    static final class Unload extends Change {
        Unload() {
            super("unload");
        }
    }
}
