package phifleet.inference.local;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import phifleet.inference.model.ModelException;

/**
 * What a model answered.
 *
 * @param outputs one a text, in the texts' order
 * @param tokens that were computed for it, special ones and prompts included
 */
public record LocalAnswer<O>(List<O> outputs, long tokens) {
    public LocalAnswer {
        outputs = List.copyOf(outputs);
    }

    /** Waits for what was submitted, and cancels it where the thread is interrupted meanwhile. */
    public static <O> LocalAnswer<O> await(CompletableFuture<LocalAnswer<O>> submitted)
            throws ModelException, InterruptedException {
        try {
            return submitted.get();
        } catch (InterruptedException e) {
            submitted.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case ModelException reason -> throw new ModelException(String.valueOf(reason.getMessage()), reason);
                case RuntimeException reason -> throw reason;
                case Error reason -> throw reason;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
