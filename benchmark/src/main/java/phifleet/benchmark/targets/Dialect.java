package phifleet.benchmark.targets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** How a server is asked for embeddings, and how it answers. */
public enum Dialect {
    /** Ours and that of {@code benchmark/targets}. */
    TEXTS("/embed", "/health"),
    /** text-embeddings-inference. */
    TEI("/embed", "/health"),
    OPENAI("/v1/embeddings", "/v1/models"),
    /** Infinity: OpenAI's, without a version in the path. */
    INFINITY("/embeddings", "/health"),
    OLLAMA("/api/embed", "/api/version"),
    /** Triton and KServe with a model from {@code text} (BYTES) to one output of FP32. */
    TRITON("/v2/models/MODEL/infer", "/v2/health/ready");

    private static final JsonMapper JSON = new JsonMapper();

    private final String path;
    private final String health;

    Dialect(String path, String health) {
        this.path = path;
        this.health = health;
    }

    /** The dialect of a name in small letters. */
    public static Optional<Dialect> named(String name) {
        return Arrays.stream(values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    public static String names() {
        return Arrays.stream(values())
                .map(one -> one.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    String path(String model) {
        return path.replace("MODEL", model);
    }

    /** What answers 2xx once the server can be used. */
    String health() {
        return health;
    }

    String body(String model, List<String> texts) {
        ObjectNode body = JSON.createObjectNode();
        switch (this) {
            case TEXTS -> add(body.putArray("texts"), texts);
            case TEI -> {
                add(body.putArray("inputs"), texts);
                body.put("truncate", true);
            }
            case OPENAI, INFINITY -> {
                add(body.putArray("input"), texts);
                body.put("model", model);
                body.put("encoding_format", "float");
            }
            case OLLAMA -> {
                add(body.putArray("input"), texts);
                body.put("model", model);
            }
            case TRITON -> {
                ObjectNode input = body.putArray("inputs").addObject();
                input.put("name", "text").put("datatype", "BYTES");
                input.putArray("shape").add(texts.size());
                add(input.putArray("data"), texts);
            }
        }
        return body.toString();
    }

    private static void add(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    /**
     * The vectors of an answer.
     *
     * @param count how many there should be
     */
    List<float[]> vectors(byte[] answer, int count) throws IOException {
        return VectorReader.read(answer, this == TRITON ? count : 1);
    }

    /** Whatever the server says of itself; missing where it says nothing of the kind. */
    static JsonNode parse(byte[] answer) throws IOException {
        return JSON.readTree(answer);
    }
}
