package phifleet.common;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which paths name a model, and what kind of model the others need: the one table of it. A gateway chooses among workers by it; a
 * worker's test holds its routes against it.
 */
public final class ModelRoutes {
    /** Loads and unloads models. */
    public static final String REPOSITORY = "/v2/repository/models/";

    /** A request's own word on the model, for bodies that a gateway does not look into. */
    public static final String HEADER = "X-Model";

    /** What makes dense vectors of texts. */
    public static final String DENSE = "sentence-encoder";

    /** What a request needs that has images beside texts, or labels for them. */
    public static final List<String> SEES_AND_READS = List.of("text-image-encoder");

    /** What a request needs that has an image and nothing to hold it against. */
    public static final List<String> SEES = List.of("image-classifier", "detector");

    /** Where a request says by its body alone what it asks for. */
    public static final String BARE = "/";

    /** The name follows, percent-encoded, up to the next slash or the end. */
    private static final List<String> NAMED = List.of("/predict/", "/v2/models/", REPOSITORY);

    /** What ranks texts: by reading query and text as one, or by vectors of their tokens. */
    private static final List<String> RANKS = List.of("cross-encoder", "multi-vector-encoder");

    /** What makes vectors of texts: of these alone, or of images too. */
    private static final List<String> ENCODES = List.of(DENSE, "text-image-encoder");

    /** What a request needs that names no model: one of these kinds. */
    private static final Map<String, List<String>> KINDS = Map.ofEntries(
            Map.entry(BARE, ENCODES),
            Map.entry("/embed", ENCODES),
            Map.entry("/embeddings", ENCODES),
            Map.entry("/v1/embeddings", ENCODES),
            Map.entry("/v1/embed", ENCODES),
            Map.entry("/v2/embed", ENCODES),
            Map.entry("/similarity", ENCODES),
            Map.entry("/tokenize", ENCODES),
            Map.entry("/decode", ENCODES),
            Map.entry("/rerank", RANKS),
            Map.entry("/v1/rerank", RANKS),
            Map.entry("/v2/rerank", RANKS),
            Map.entry("/predict", List.of("classifier")),
            Map.entry("/classify", List.of("classifier")),
            Map.entry("/extract", List.of("entity-extractor")),
            Map.entry("/embed_sparse", List.of("sparse-encoder")),
            Map.entry("/embed_all", List.of("multi-vector-encoder")));

    /** What a model is whose runs give such an output, by the output's name in requests. */
    private static final Map<String, String> OUTPUTS =
            Map.of("sparse", "sparse-encoder", "multi_vector", "multi-vector-encoder");

    private ModelRoutes() {}

    /** The part of a path that names a model, as it was sent; empty where there is none. */
    public static Optional<String> nameIn(String path) {
        for (String prefix : NAMED) {
            if (path.startsWith(prefix)) {
                int slash = path.indexOf('/', prefix.length());
                String segment = path.substring(prefix.length(), slash < 0 ? path.length() : slash);
                return segment.isEmpty() ? Optional.empty() : Optional.of(segment);
            }
        }
        return Optional.empty();
    }

    /** A path that names a model, with another's name in place of that; any other as it is. */
    public static String naming(String path, String model) {
        for (String prefix : NAMED) {
            if (path.startsWith(prefix)) {
                int slash = path.indexOf('/', prefix.length());
                return prefix
                        + URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20")
                        + (slash < 0 ? "" : path.substring(slash));
            }
        }
        return path;
    }

    /** The kind that a model is besides its own because it gives an output; empty where that makes it none. */
    public static Optional<String> kindOfOutput(String output) {
        return Optional.ofNullable(OUTPUTS.get(output));
    }

    /** The kinds of model of which a path needs one where a request names none; empty where any worker may answer. */
    public static List<String> kindsOf(String path) {
        return KINDS.getOrDefault(path, List.of());
    }
}
