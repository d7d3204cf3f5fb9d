package phifleet.inference.local;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Vector;
import phifleet.inference.text.Embeddings;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.SentenceEncoder;
import phifleet.inference.text.TextInput;

/**
 * A sentence encoder in this process. Whatever threads ask, their texts share batches. Thread-safe.
 *
 * <p>Vectors are as the model's own files have them: with its default prompt, cut to its {@code truncate_dim}, scaled to length one
 * where its modules do that.
 */
public final class LocalEncoder implements AutoCloseable {
    /** The device works on the first texts while the next are tokenised: on few at first, so that it soon does. */
    private static final int FIRST_PART = 32;

    /** What a batch is chosen from. */
    private static final int MOST_PART = 256;

    private static final EncodeOptions USUAL = options(null);

    private final SentenceEncoder model;
    private final Runnable closing;

    LocalEncoder(SentenceEncoder model, Runnable closing) {
        this.model = model;
        this.closing = closing;
    }

    /**
     * How texts are read usually: cut at their end where they are too long.
     *
     * @param promptName null for the model's default prompt
     */
    public static EncodeOptions options(@Nullable String promptName) {
        return new EncodeOptions(true, EncodeOptions.Direction.USUAL, promptName);
    }

    /** One text's vector. */
    public Vector embed(String text) throws ModelException, InterruptedException {
        return embed(List.of(text)).getFirst();
    }

    /** A vector a text, in their order. */
    public List<Vector> embed(List<String> texts) throws ModelException, InterruptedException {
        return LocalAnswer.await(submit(texts, USUAL)).outputs();
    }

    /**
     * Tokenises on the calling thread, and answers when the device is done. To cancel the future gives up what has not reached the
     * device.
     *
     * @return fails with a {@link ModelException} that says which text cannot be taken, and why
     */
    public CompletableFuture<LocalAnswer<Vector>> submit(List<String> texts, EncodeOptions options) {
        Chunks<Vector> parts = new Chunks<>();
        int size = FIRST_PART;
        for (int from = 0; from < texts.size(); size = Math.min(MOST_PART, 2 * size)) {
            List<String> part = texts.subList(from, Math.min(texts.size(), from + size));
            boolean goesOn = parts.check(part, from)
                    && parts.add(
                            model.encode(
                                    part.stream()
                                            .<TextInput>map(TextInput.Text::new)
                                            .toList(),
                                    options),
                            from,
                            (encoded, outcome) -> model.embed(encoded, Priority.INTERACTIVE, Long.MAX_VALUE, outcome),
                            (encoded, vectors) ->
                                    vectors.stream().map(this::finished).toList());
            if (!goesOn) {
                break;
            }
            from += part.size();
        }
        return parts.together();
    }

    private Vector finished(Vector pooled) {
        return Embeddings.usual(pooled, dimension(), model.task().normalize());
    }

    /** Floats a vector. */
    public int dimension() {
        int kept = model.task().recipe().dimensions();
        return kept == 0 ? model.dimension() : Math.min(kept, model.dimension());
    }

    /**
     * Floats of a vector of which so many are wanted: its first.
     *
     * @param wanted null for all
     * @throws IllegalArgumentException if it has not so many
     */
    public int dimension(@Nullable Integer wanted) {
        if (wanted == null) {
            return dimension();
        }
        if (wanted < 1 || wanted > dimension()) {
            throw new IllegalArgumentException(
                    "dimensions is " + wanted + "; " + model.description().id() + " has 1 to " + dimension());
        }
        return wanted;
    }

    /** The model with its lane: what there is to know of it, and all that it can be asked. */
    public SentenceEncoder model() {
        return model;
    }

    /** What was asked and not answered fails. */
    @Override
    public void close() {
        closing.run();
    }
}
