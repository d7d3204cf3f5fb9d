package phifleet.inference.springai;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.metadata.DefaultUsage;
import org.springframework.ai.document.Document;
import org.springframework.ai.document.MetadataMode;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.EmbeddingResponseMetadata;
import phifleet.inference.local.Answer;
import phifleet.inference.local.LocalEncoder;
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
        int dimensions = dimensions(request.getOptions());
        Answer<Vector> answer = await(encoder.submit(request.getInstructions(), LocalEncoder.options(null)));
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

    private int dimensions(@Nullable EmbeddingOptions options) {
        Integer wanted = options == null ? null : options.getDimensions();
        if (wanted == null) {
            return dimensions();
        }
        if (wanted < 1 || wanted > dimensions()) {
            throw new IllegalArgumentException("dimensions is " + wanted + "; " + name() + " has 1 to " + dimensions());
        }
        return wanted;
    }

    private String name() {
        return encoder.model().description().id();
    }

    private static <O> Answer<O> await(CompletableFuture<Answer<O>> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a model of this process was asked", e);
        } catch (ExecutionException e) {
            Throwable reason = Objects.requireNonNullElse(e.getCause(), e);
            throw new IllegalStateException(String.valueOf(reason.getMessage()), reason);
        }
    }
}
