package phifleet.worker.phi;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.Serial;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A gateway, or a worker alone, asked over HTTP. */
final class FleetClient implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A large model takes its time to load. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** What is only looked up is there at once, or nobody is. */
    private static final Duration LOOK = Duration.ofSeconds(20);

    private static final String JSON_TYPE = "application/json";

    /** Which format it is, the first bytes say. */
    private static final String PICTURE_TYPE = "image/*";

    private static final Pattern COSINE =
            Pattern.compile("^embedding_drift_cosine\\{model=\"([^\"]*)\"} (\\S+)$", Pattern.MULTILINE);

    private final URI base;
    private final @Nullable String apiKey;
    private final @Nullable String adminKey;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    /** What it does not do, and why. */
    static final class Refusal extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        Refusal(String message) {
            super(message);
        }
    }

    /** @param environment has the keys, {@code PHI_API_KEY} and {@code PHI_ADMIN_KEY}, where they are asked for */
    FleetClient(URI base, Map<String, String> environment) {
        this.base = base;
        this.apiKey = environment.get("PHI_API_KEY");
        this.adminKey = environment.get("PHI_ADMIN_KEY");
    }

    /** The fleet as a gateway shows it; empty of a worker alone. */
    Optional<JsonNode> fleet() throws Refusal, InterruptedException {
        HttpResponse<String> fleet = send("/fleet", "GET", apiKey);
        return fleet.statusCode() == 404 ? Optional.empty() : Optional.of(json(fleet));
    }

    /** Before each of the fleet's workers' own paths: of a worker alone, nothing. */
    List<String> workers() throws Refusal, InterruptedException {
        Optional<JsonNode> fleet = fleet();
        if (fleet.isEmpty()) {
            return List.of("");
        }
        List<String> workers = new ArrayList<>();
        for (JsonNode worker : fleet.get().path("workers")) {
            if (!worker.path("state").asText().equals("gone")) {
                workers.add(worker(worker.path("id").asText()));
            }
        }
        return workers;
    }

    /** Before the paths of one worker of a gateway. */
    static String worker(String id) {
        return "/workers/" + escaped(id);
    }

    JsonNode get(String path) throws Refusal, InterruptedException {
        return json(send(path, "GET", apiKey));
    }

    JsonNode post(String path, JsonNode body) throws Refusal, InterruptedException {
        return json(send(path, "POST", apiKey, HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    /** The same with a picture, or with a request in JSON where the file's name ends so. */
    JsonNode post(String path, Path file) throws Refusal, InterruptedException {
        String type = file.toString().endsWith(".json") ? JSON_TYPE : PICTURE_TYPE;
        return json(
                send(path, "POST", apiKey, HttpRequest.BodyPublishers.ofByteArray(new NamedFile(file).bytes()), type));
    }

    /** A vector for each text, as the model gives it by itself. */
    JsonNode embeddings(String model, List<String> texts) throws Refusal, InterruptedException {
        ObjectNode body = JSON.createObjectNode().put("model", model);
        texts.forEach(body.putArray("texts")::add);
        return post("/embed", body).path("embeddings");
    }

    /** By model, the smallest cosine to the vectors that are known; of those alone that have such. */
    Map<String, Double> goldenCosines(String worker) throws Refusal, InterruptedException {
        Map<String, Double> cosines = new HashMap<>();
        Matcher lines =
                COSINE.matcher(whole(send(worker + "/metrics", "GET", apiKey)).body());
        while (lines.find()) {
            double cosine = Double.parseDouble(lines.group(2));
            if (!Double.isNaN(cosine)) {
                cosines.put(lines.group(1), cosine);
            }
        }
        return cosines;
    }

    /**
     * Has a model loaded or unloaded.
     *
     * @param worker before its paths; empty for all of a gateway's
     * @param action {@code load} or {@code unload}
     */
    void change(String worker, String model, String action) throws Refusal, InterruptedException {
        HttpResponse<String> _ = operate(worker + "/v2/repository/models/" + escaped(model) + "/" + action);
    }

    /**
     * Takes a worker out of the fleet's work, or back into it.
     *
     * @param action {@code cordon}, {@code drain} or {@code resume}
     * @param forced also where no other worker takes requests
     */
    JsonNode act(String worker, String action, boolean forced) throws Refusal, InterruptedException {
        return json(operate("/fleet/workers/" + escaped(worker) + "/" + action + (forced ? "?force=true" : "")));
    }

    private HttpResponse<String> operate(String path) throws Refusal, InterruptedException {
        HttpResponse<String> answer = send(path, "POST", adminKey);
        if (answer.statusCode() == 404 && adminKey == null) {
            throw new Refusal("there is no such route: a fleet has it where PHI_ADMIN_KEY is set, for it and here");
        }
        return whole(answer);
    }

    private HttpResponse<String> send(String path, String method, @Nullable String key)
            throws Refusal, InterruptedException {
        return send(path, method, key, HttpRequest.BodyPublishers.noBody());
    }

    private HttpResponse<String> send(String path, String method, @Nullable String key, HttpRequest.BodyPublisher body)
            throws Refusal, InterruptedException {
        return send(path, method, key, body, JSON_TYPE);
    }

    private HttpResponse<String> send(
            String path, String method, @Nullable String key, HttpRequest.BodyPublisher body, String type)
            throws Refusal, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(method.equals("GET") ? LOOK : PATIENCE)
                .header("Content-Type", type)
                .method(method, body);
        if (key != null && !key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new Refusal(base + " does not answer: " + reason(e));
        }
    }

    private JsonNode json(HttpResponse<String> answer) throws Refusal {
        try {
            return JSON.readTree(whole(answer).body());
        } catch (JacksonException e) {
            throw new Refusal(answer.uri() + " answers no JSON: " + e.getOriginalMessage());
        }
    }

    private static HttpResponse<String> whole(HttpResponse<String> answer) throws Refusal {
        if (answer.statusCode() == 200) {
            return answer;
        }
        throw new Refusal(answer.uri() + " answers " + answer.statusCode() + ": " + reason(answer.body()));
    }

    private static String reason(IOException failure) {
        if (failure instanceof ConnectException) {
            return "nobody listens there, or it cannot be reached";
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    /** Of an error in any dialect; else all that was said. */
    private static String reason(String body) {
        try {
            JsonNode error = JSON.readTree(body).path("error");
            String message =
                    error.isTextual() ? error.asText() : error.path("message").asText();
            return message.isEmpty() ? body : message;
        } catch (JacksonException e) {
            return body;
        }
    }

    /** As a part of a path. */
    static String escaped(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        client.close();
    }
}
