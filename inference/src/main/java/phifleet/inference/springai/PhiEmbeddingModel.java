package phifleet.inference.springai;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.document.Document;
import org.springframework.ai.document.MetadataMode;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;
import phifleet.inference.local.LocalAnswer;
import phifleet.inference.local.LocalEncoder;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Vector;

/**
 * A {@link LocalEncoder} as Spring AI's. Fewer dimensions are the vector's first, not scaled again. Thread-safe; to close the encoder
 * stays its owner's.
 */
public final class PhiEmbeddingModel implements EmbeddingModel {
    private final LocalEncoder encoder;
    private final MetadataMode metadata;

    /** With documents' texts alone. */
    public PhiEmbeddingModel(LocalEncoder encoder) {
        this(encoder, MetadataMode.NONE);
    }

    /** @param metadata which of a document's metadata is put before its text */
    public PhiEmbeddingModel(LocalEncoder encoder, MetadataMode metadata) {
        this.encoder = encoder;
        this.metadata = metadata;
    }

    @Override
    public EmbeddingResponse call(EmbeddingRequest request) {
        EmbeddingOptions options = request.getOptions();
        int dimensions = encoder.dimension(options == null ? null : options.getDimensions());
        LocalAnswer<Vector> answer = await(encoder.submit(request.getInstructions(), LocalEncoder.options(null)));
        List<Embedding> embeddings = new ArrayList<>();
        for (Vector vector : answer.outputs()) {
            embeddings.add(new Embedding(Arrays.copyOf(vector.values(), dimensions), embeddings.size()));
        }
        int tokens = (int) Math.min(answer.tokens(), Integer.MAX_VALUE);
        return new EmbeddingResponse(embeddings, new EmbeddingResponseMetadata(name(), new DefaultUsage(tokens, 0)));
    }

    @Override
    public float[] embed(Document document) {
        return embed(getEmbeddingContent(document));
    }

    @Override
    public String getEmbeddingContent(Document document) {
        return document.getFormattedContent(metadata);
    }

    @Override
    public int dimensions() {
        return encoder.dimension();
    }

    private String name() {
        return encoder.model().description().id();
    }

    private static <O> LocalAnswer<O> await(CompletableFuture<LocalAnswer<O>> answer) {
        try {
            return LocalAnswer.await(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a model of this process was asked", e);
        } catch (ModelException | RuntimeException e) {
            throw new IllegalStateException(String.valueOf(e.getMessage()), e);
        }
    }
}
