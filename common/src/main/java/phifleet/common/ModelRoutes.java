package phifleet.common;

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

    /** The name follows, percent-encoded, up to the next slash or the end. */
    private static final List<String> NAMED = List.of("/predict/", "/v2/models/", REPOSITORY);

    /** What a request needs that names no model. */
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("/", "sentence-encoder"),
            Map.entry("/embed", "sentence-encoder"),
            Map.entry("/embeddings", "sentence-encoder"),
            Map.entry("/v1/embeddings", "sentence-encoder"),
            Map.entry("/v2/embed", "sentence-encoder"),
            Map.entry("/similarity", "sentence-encoder"),
            Map.entry("/tokenize", "sentence-encoder"),
            Map.entry("/decode", "sentence-encoder"),
            Map.entry("/rerank", "cross-encoder"),
            Map.entry("/v1/rerank", "cross-encoder"),
            Map.entry("/v2/rerank", "cross-encoder"),
            Map.entry("/predict", "classifier"),
            Map.entry("/classify", "classifier"),
            Map.entry("/extract", "entity-extractor"),
            Map.entry("/embed_sparse", "sparse-encoder"),
            Map.entry("/embed_all", "token-encoder"));

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

    /** The kind of model that a path needs where a request names none; empty where any worker may answer. */
    public static Optional<String> kindOf(String path) {
        return Optional.ofNullable(KINDS.get(path));
    }
}
