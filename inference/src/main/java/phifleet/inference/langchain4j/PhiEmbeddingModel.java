package phifleet.inference.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingInput;
import dev.langchain4j.model.embedding.request.EmbeddingInputType;
import dev.langchain4j.model.embedding.request.EmbeddingParameter;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.request.EmbeddingRequestParameters;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phifleet.inference.local.LocalAnswer;
import phifleet.inference.local.LocalEncoder;
import phifleet.inference.model.Vector;

/**
 * A {@link LocalEncoder} as LangChain4j's. A request's input type chooses the model's own prompt for queries or documents, where it
 * has one, as sentence-transformers' {@code encode_query} and {@code encode_document} do; fewer dimensions are the vector's first,
 * not scaled again. Thread-safe; to close the encoder stays its owner's.
 */
public final class PhiEmbeddingModel implements EmbeddingModel {
    /** The names that sentence-transformers looks for, in its order. */
    private static final List<String> OF_DOCUMENTS = List.of("document", "passage", "corpus");

    private final LocalEncoder encoder;

    public PhiEmbeddingModel(LocalEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public EmbeddingResponse doEmbed(EmbeddingRequest request) {
        int dimensions = encoder.dimension(request.dimensions());
        return response(Answers.on(asked(request)), dimensions);
    }

    @Override
    public CompletableFuture<EmbeddingResponse> doEmbedAsync(EmbeddingRequest request) {
        int dimensions = encoder.dimension(request.dimensions());
        return asked(request).thenApply(answer -> response(answer, dimensions));
    }

    private CompletableFuture<LocalAnswer<Vector>> asked(EmbeddingRequest request) {
        List<String> texts = request.inputs().stream().map(EmbeddingInput::text).toList();
        return encoder.submit(texts, LocalEncoder.options(prompt(request.inputType())));
    }

    private EmbeddingResponse response(LocalAnswer<Vector> answer, int dimensions) {
        return EmbeddingResponse.builder()
                .embeddings(answer.outputs().stream()
                        .map(vector -> Embedding.from(Arrays.copyOf(vector.values(), dimensions)))
                        .toList())
                .modelName(modelName())
                .tokenUsage(Answers.usage(answer.tokens()))
                .build();
    }

    private @Nullable String prompt(@Nullable EmbeddingInputType type) {
        if (type == null) {
            return null;
        }
        Stream<String> names = switch (type) {
            case QUERY -> Stream.of("query");
            case DOCUMENT -> OF_DOCUMENTS.stream();
        };
        return names.filter(encoder.model().task().prompts()::containsKey)
                .findFirst()
                .orElse(null);
    }

    @Override
    public Set<EmbeddingParameter<?>> supportedParameters() {
        return Set.of(EmbeddingRequestParameters.DIMENSIONS, EmbeddingRequestParameters.INPUT_TYPE);
    }

    @Override
    public int dimension() {
        return encoder.dimension();
    }

    @Override
    public String modelName() {
        return encoder.model().description().id();
    }
}
