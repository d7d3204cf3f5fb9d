package phifleet.worker.phi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Vectors of texts. */
@Command(
        name = "embed",
        description = {
            "Prints the vector of each text, a line of JSON each, in their order.",
            "PHI_API_KEY is shown where it is set."
        })
final class EmbedCommand implements Callable<Integer> {
    @Mixin
    private Connection fleet = new Connection();

    @Option(names = "--model", paramLabel = "MODEL", description = "its id or an alias; default: the fleet's first")
    private @Nullable String model;

    @Option(names = "--prompt-name", paramLabel = "NAME", description = "one of the model's prompts")
    private @Nullable String promptName;

    @Option(names = "--dimensions", paramLabel = "N", description = "so many of the first numbers")
    private @Nullable Integer dimensions;

    @Parameters(arity = "1..*", paramLabel = "TEXT")
    private List<String> texts = List.of();

    @Override
    public Integer call() throws Exception {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        texts.forEach(request.putArray("texts")::add);
        if (model != null) {
            request.put("model", model);
        }
        if (promptName != null) {
            request.put("prompt_name", promptName);
        }
        if (dimensions != null) {
            request.put("dimensions", dimensions);
        }
        try (FleetClient client = fleet.open()) {
            JsonNode answer = client.post("/embed", request);
            if (fleet.isJson()) {
                fleet.print(answer);
            } else {
                answer.path("embeddings").forEach(fleet::print);
            }
        }
        return 0;
    }
}
