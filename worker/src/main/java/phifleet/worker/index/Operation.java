package phifleet.worker.index;

import java.util.concurrent.CompletableFuture;
import phifleet.inference.model.Vector;

/** A change that waits for its group. */
public sealed interface Operation {

    /** Completed by whoever makes the change. */
    CompletableFuture<?> outcome();

    /** {@link ImageIndex#put}, with a vector of length one. */
    record Putting(ImageRecord image, Vector vector, boolean durable, CompletableFuture<Put> outcome)
            implements Operation {}

    /** {@link ImageIndex#delete}. */
    record Deleting(String id, CompletableFuture<Boolean> outcome) implements Operation {}
}
