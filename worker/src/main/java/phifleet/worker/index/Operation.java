package phifleet.worker.index;

import java.util.concurrent.CompletableFuture;
import phifleet.inference.model.Vector;

/** A change that waits for its group. */
sealed interface Operation {

    CompletableFuture<?> outcome();

    record Putting(ImageRecord image, Vector vector, boolean durable, CompletableFuture<Put> outcome)
            implements Operation {}

    record Deleting(String id, CompletableFuture<Boolean> outcome) implements Operation {}
}
