package phifleet.worker.phi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Equations, judged. */
@Command(
        name = "validate",
        description = {
            "Judges equations: for each its verdict, how sure that is, and why.",
            "Exit code 3 where one of them is not valid. PHI_API_KEY is shown where it is set."
        })
final class ValidateCommand implements Callable<Integer> {
    private static final int NOT_VALID = 3;

    @Mixin
    private Connection fleet = new Connection();

    @Option(names = "--unit", paramLabel = "SYMBOL=UNIT", description = "what a symbol is measured in; several times")
    private Map<String, String> units = Map.of();

    @Parameters(arity = "1..*", paramLabel = "EQUATION", description = "in ASCII, Unicode or LaTeX")
    private List<String> equations = List.of();

    @Override
    public Integer call() throws Exception {
        boolean valid = true;
        try (FleetClient client = fleet.open()) {
            for (String equation : equations) {
                JsonNode report = client.post("/validate", request(equation));
                valid &= report.path("valid").asBoolean();
                fleet.print(fleet.isJson() ? report.toString() : words(equation, report));
            }
        }
        return valid ? 0 : NOT_VALID;
    }

    private ObjectNode request(String equation) {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("equation", equation);
        if (!units.isEmpty()) {
            ObjectNode variables = request.putObject("variables");
            units.forEach((symbol, unit) -> variables.putObject(symbol).put("unit", unit));
        }
        return request;
    }

    private static String words(String equation, JsonNode report) {
        return String.format(
                Locale.ROOT,
                "%s: %s, %s (%.2f): %s",
                equation,
                report.path("valid").asBoolean() ? "valid" : "not valid",
                report.path("verdict").asText(),
                report.path("confidence").asDouble(),
                report.path("explanation").asText());
    }
}
