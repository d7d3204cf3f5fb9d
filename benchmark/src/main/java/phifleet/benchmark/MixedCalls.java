package phifleet.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.benchmark.Workload.Part;

/**
 * Requests of mixed kinds, weighted to cheap ones, with the right answer of each, taken from one worker beforehand. An
 * answer is right when it is the same JSON but for the time it took.
 */
public final class MixedCalls {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TEXTS = 40;

    /** Judged in a moment: a search that runs into its time limit answers by how fast the machine is. */
    private static final List<String> EQUATIONS = List.of("E = m c^2", "F = m a", "x + x = 2 x", "1 = 2", "2 + 2 = 4");

    private final URI reference;

    private MixedCalls(URI reference) {
        this.reference = reference;
    }

    /**
     * The mix, checked against one worker. Kinds that it does not serve are left out.
     *
     * @param worker its address
     */
    public static Workload against(URI worker, long seed) throws IOException {
        MixedCalls calls = new MixedCalls(worker);
        List<Part> parts = new ArrayList<>();
        calls.addTexts(parts, 60, "/tokenize", text -> JSON.createObjectNode().put("inputs", text));
        calls.addTexts(parts, 8, "/embed", text -> {
            ObjectNode body = JSON.createObjectNode();
            body.putArray("texts").add(text);
            return body;
        });
        calls.addTexts(
                parts,
                8,
                "/v1/embeddings",
                text -> JSON.createObjectNode().put("input", text).put("encoding_format", "base64"));
        calls.addEquations(parts, 24);
        if (parts.isEmpty()) {
            throw new IOException("the worker at " + worker + " serves none of the kinds of the mix");
        }
        return Workload.mixed(parts, seed);
    }

    private interface Body {
        ObjectNode of(String text);
    }

    private void addTexts(List<Part> parts, int weight, String path, Body body) throws IOException {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < TEXTS; i++) {
            addChecked(calls, path, body.of("parcel " + i * 37 + " of the fleet"));
        }
        if (!calls.isEmpty()) {
            parts.add(new Part(weight, calls));
        }
    }

    private void addEquations(List<Part> parts, int weight) throws IOException {
        List<Call> calls = new ArrayList<>();
        for (String equation : EQUATIONS) {
            addChecked(calls, "/validate", JSON.createObjectNode().put("equation", equation));
        }
        if (!calls.isEmpty()) {
            parts.add(new Part(weight, calls));
        }
    }

    private void addChecked(List<Call> calls, String path, ObjectNode body) throws IOException {
        Answer answer;
        try (HttpConnection connection = HttpConnection.open(reference, Duration.ofSeconds(30))) {
            answer = connection.exchange(Call.postJson(path, path, body.toString(), AnswerCheck.anything())
                    .wire());
        }
        if (answer.status() == 200) {
            JsonNode right = withoutTimes(JSON.readTree(answer.body()));
            calls.add(Call.postJson(path, path, body.toString(), given -> difference(right, given)));
        } else if (answer.status() != 404) {
            throw new IOException(path + " answers " + answer.status() + ": " + answer.text());
        }
    }

    private static @Nullable String difference(JsonNode right, Answer given) {
        try {
            JsonNode answer = withoutTimes(JSON.readTree(given.body()));
            return answer.equals(right) ? null : "the answer is " + answer + " instead of " + right;
        } catch (JsonProcessingException e) {
            return "the answer is no JSON: " + given.text();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static JsonNode withoutTimes(JsonNode answer) {
        if (answer instanceof ObjectNode object) {
            object.remove("processing_time_ms");
            if (object.has("verdict")) {
                // How much evidence is found in the time there is depends on the machine's load; the judgement must
                // not.
                object.retain("valid", "verdict", "normalized", "betti", "chi");
            }
        }
        return answer;
    }
}
