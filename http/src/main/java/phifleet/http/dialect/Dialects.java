package phifleet.http.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Which dialect a path speaks, and so in which shape it is refused: the one table of it, for every program. */
public final class Dialects {
    /** As much of a body as is searched for the fields that tell dialects apart. */
    private static final int SEARCHED_BYTES = 64 * 1024;

    private static final String TEXTS = "\"texts\"";
    private static final String INPUTS = "\"inputs\"";

    private static final Set<String> COHERE = Set.of("/v1/rerank", "/v2/rerank", "/v1/embed", "/v2/embed");

    /** Paths of gRPC calls begin so: the service's name, which has a package, and then the method. */
    public static final String INFERENCE_SERVICE = "/inference.GRPCInferenceService/";

    private Dialects() {}

    /**
     * The shape of a path's refusals before its body tells more.
     *
     * @param path of a request, or of a route with its wildcard
     */
    public static ProblemShape of(String path) {
        if (path.startsWith(INFERENCE_SERVICE)) {
            return GrpcProblems.SHAPE;
        }
        if (COHERE.contains(path)) {
            return CohereProblems.SHAPE;
        }
        if (path.startsWith("/v1/")) {
            return OpenAiProblems.SHAPE;
        }
        if (path.equals("/v2") || path.startsWith("/v2/")) {
            return OpenInferenceProblems.SHAPE;
        }
        return switch (path) {
            case "/embeddings" -> OpenAiProblems.SHAPE;
            case "/", "/similarity", "/tokenize", "/decode", "/rerank", "/embed_all", "/embed_sparse", "/predict" ->
                TeiProblems.SHAPE;
            default -> NativeProblems.SHAPE;
        };
    }

    /** The same once a body, or its beginning, is here: at {@code /embed} who names the one field means the one dialect. */
    public static ProblemShape of(String path, byte[] body, int length) {
        if (!path.equals("/embed")) {
            return of(path);
        }
        String text = new String(body, 0, Math.min(length, SEARCHED_BYTES), StandardCharsets.ISO_8859_1);
        return text.contains(INPUTS) && !text.contains(TEXTS) ? TeiProblems.SHAPE : NativeProblems.SHAPE;
    }
}
