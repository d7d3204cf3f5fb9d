package phifleet.worker.index.spread;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import phifleet.worker.index.ImageIndex;
import phifleet.worker.index.IndexException;

/** Asks the parts of an index: this worker's own, and the others' over the network, which are asked at once. Thread-safe. */
record PartScatter(ImageIndex own, PartCalls calls) {

    /** What this worker's part is asked. */
    @FunctionalInterface
    interface Own<T> {
        T of(ImageIndex index) throws IndexException, InterruptedException;
    }

    /** What another's answer says. */
    @FunctionalInterface
    interface Said<T> {
        T read(JsonNode answer) throws IOException;
    }

    <T> T one(Keeper keeper, String what, JsonNode question, Said<T> said) throws IndexException {
        try {
            return said.read(calls.ask(keeper, what, question));
        } catch (IOException e) {
            throw new IndexException(
                    "the worker " + keeper.id() + " answers what cannot be read: " + e.getMessage(), e);
        }
    }

    /** The answers of all, this worker's first; one that fails fails all. */
    <T> List<T> all(List<Keeper> others, String what, JsonNode question, Own<T> asked, Said<T> said)
            throws IndexException {
        List<CompletableFuture<T>> asking = new ArrayList<>();
        for (Keeper keeper : others) {
            CompletableFuture<T> answer = new CompletableFuture<>();
            asking.add(answer);
            Thread.ofVirtual().name("part").start(() -> {
                try {
                    answer.complete(one(keeper, what, question, said));
                } catch (IndexException | RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
        }
        try {
            List<T> answers = new ArrayList<>();
            answers.add(asked.of(own));
            for (CompletableFuture<T> answer : asking) {
                answers.add(done(answer));
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IndexException("nobody waits for the index any more");
        }
    }

    static <T> T done(CompletableFuture<T> change) throws IndexException, InterruptedException {
        try {
            return change.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IndexException reason ? reason : new IndexException(e.toString(), e);
        }
    }
}
