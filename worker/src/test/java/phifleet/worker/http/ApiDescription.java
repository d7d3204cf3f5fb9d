package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What {@code openapi.yaml} promises of an answer: its status is one that the route has, its JSON fits the schema of that status. */
public final class ApiDescription {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN_BYTES = 1_000;

    private static final ApiDescription SERVED = read();

    private final JsonNode document;
    private final List<Route> routes = new ArrayList<>();
    private final Map<JsonNode, JsonSchema> compiled = new ConcurrentHashMap<>();

    private record Route(String path, Pattern pattern, JsonNode methods) {}

    /** The one that a worker serves. */
    public static ApiDescription read() {
        try (InputStream in = Description.class.getResourceAsStream("/openapi.yaml")) {
            return new ApiDescription(JSON.valueToTree(Description.expanded(Objects.requireNonNull(in))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A worker's answer, which fits the description that it serves. */
    public static HttpResponse<String> checked(HttpResponse<String> answer) {
        assertThat(SERVED.misfit(
                        answer.request().method(),
                        answer.request().uri().getPath(),
                        answer.statusCode(),
                        answer.headers().firstValue("content-type").orElse(null),
                        answer.body().getBytes(StandardCharsets.UTF_8)))
                .as(answer.request() + " against openapi.yaml")
                .isNull();
        return answer;
    }

    private ApiDescription(JsonNode document) {
        this.document = document;
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            Pattern pattern = Pattern.compile(
                    path.getKey().replaceAll("\\{(path|rest|file)}", ".+").replaceAll("\\{\\w+}", "[^/]+"));
            routes.add(new Route(path.getKey(), pattern, path.getValue()));
        }
        routes.sort(Comparator.comparing(route -> route.path().contains("{")));
    }

    public JsonNode document() {
        return document;
    }

    /** What a reference stands for, or the node itself. */
    public JsonNode resolved(JsonNode node) {
        JsonNode found = node;
        while (found.has("$ref")) {
            found = document.at(found.get("$ref").asText().substring(1));
        }
        return found;
    }

    /**
     * What is wrong with an answer, or null. Of a path or method that is not described nothing is known.
     *
     * @param path of the request, without its query
     * @param type the answer's media type, null where it has none
     */
    public @Nullable String misfit(String method, String path, int status, @Nullable String type, byte[] answer) {
        for (Route route : routes) {
            JsonNode operation = route.methods().path(method.toLowerCase(Locale.ROOT));
            if (!operation.isMissingNode() && route.pattern().matcher(path).matches()) {
                return misfit(operation.get("responses"), status, type, answer);
            }
        }
        return null;
    }

    private @Nullable String misfit(JsonNode responses, int status, @Nullable String type, byte[] answer) {
        JsonNode response = resolved(responses.path(Integer.toString(status)));
        if (response.isMissingNode()) {
            return "the description does not know the status " + status + ": " + shown(answer);
        }
        JsonNode schema = response.path("content").path("application/json").path("schema");
        if (schema.isMissingNode() || type == null || !type.startsWith("application/json")) {
            return null;
        }
        try {
            Set<ValidationMessage> wrong = compiled(schema).validate(JSON.readTree(answer));
            return wrong.isEmpty()
                    ? null
                    : "the answer of status " + status + " does not fit: "
                            + wrong.iterator().next() + "\n" + shown(answer);
        } catch (IOException e) {
            return "the answer is no JSON: " + e.getMessage();
        }
    }

    private static String shown(byte[] answer) {
        return new String(answer, 0, Math.min(answer.length, SHOWN_BYTES), StandardCharsets.UTF_8);
    }

    private JsonSchema compiled(JsonNode schema) {
        return compiled.computeIfAbsent(schema, node -> {
            try {
                ObjectNode whole = (ObjectNode) JSON.readTree(node.toString());
                whole.set("components", document.get("components"));
                return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(whole);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        });
    }
}
