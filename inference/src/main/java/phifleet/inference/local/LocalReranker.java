package phifleet.inference.local;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.ModelException;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.Reranker;

/** A model in this process that scores how well texts answer a query. Thread-safe. */
public final class LocalReranker implements AutoCloseable {
    private final Reranker model;
    private final Runnable closing;

    LocalReranker(Reranker model, Runnable closing) {
        this.model = model;
        this.closing = closing;
    }

    /** A score a text, in their order: the higher, the better it answers. Long texts are cut at their end. */
    public List<Float> score(String query, List<String> texts) throws ModelException, InterruptedException {
        return LocalAnswer.await(submit(query, texts)).outputs();
    }

    /** The same without waiting: {@link #submit(Reranker.Question)}. */
    public CompletableFuture<LocalAnswer<Float>> submit(String query, List<String> texts) {
        return submit(new Reranker.Question(query, texts, null, 0, true, EncodeOptions.Direction.USUAL));
    }

    /**
     * Tokenises on the calling thread, and answers when the device is done. To cancel the future gives up what has not reached the
     * device.
     *
     * @return fails with a {@link ModelException} that says which text cannot be taken, and why
     */
    public CompletableFuture<LocalAnswer<Float>> submit(Reranker.Question question) {
        Chunks<Float> parts = new Chunks<>();
        if (!question.texts().isEmpty()
                && parts.check(List.of(question.query()), Chunks.QUERY)
                && parts.check(question.texts(), 0)) {
            parts.add(
                    model.encode(question),
                    0,
                    (encoded, outcome) -> model.score(encoded, Priority.INTERACTIVE, Long.MAX_VALUE, outcome),
                    (encoded, outputs) -> model.scores(encoded, outputs, false));
        }
        return parts.together();
    }

    /** The model with its lane: what there is to know of it, and all that it can be asked. */
    public Reranker model() {
        return model;
    }

    /** What was asked and not answered fails. */
    @Override
    public void close() {
        closing.run();
    }
}
