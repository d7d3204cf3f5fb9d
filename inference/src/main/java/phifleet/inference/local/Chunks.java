package phifleet.inference.local;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Outcome;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Vector;
import phifleet.inference.text.Encoding;
import phifleet.inference.text.Rejection;

/** A list of texts on its way through a lane, a part at a time. Filled by one thread. */
final class Chunks<O> {
    /** In place of a text's number. */
    static final int QUERY = -1;

    private final List<CompletableFuture<List<O>>> parts = new ArrayList<>();
    private final List<Admission.Ticket> tickets = new ArrayList<>();
    private long tokens;
    private @Nullable ModelException failure;

    /** Hands a part to a lane. */
    @FunctionalInterface
    interface Submission {
        Admission of(Encoding.Encoded encoded, Consumer<Outcome<Vector>> outcome);
    }

    /**
     * Makes sure that a tokeniser can read some texts.
     *
     * @param from the first one's number
     * @return whether they can be read; otherwise all has failed
     */
    boolean check(List<String> texts, int from) {
        for (int i = 0; i < texts.size(); i++) {
            int lone = loneSurrogate(texts.get(i));
            if (lone >= 0) {
                return fail((from == QUERY ? "the query" : "text " + (from + i)) + " has a lone surrogate at character "
                        + lone);
            }
        }
        return true;
    }

    /**
     * Adds a part.
     *
     * @param from its first text's number
     * @param finish from the lane's outputs to one a text
     * @return whether it was taken; otherwise all has failed
     */
    boolean add(
            Encoding encoding, int from, Submission lane, BiFunction<Encoding.Encoded, List<Vector>, List<O>> finish) {
        switch (encoding) {
            case Encoding.Rejected(int index, Rejection reason) -> {
                return fail("text " + (from + index) + ": " + words(reason));
            }
            case Encoding.Encoded encoded -> {
                CompletableFuture<List<Vector>> outputs = new CompletableFuture<>();
                switch (lane.of(encoded, outcome -> end(outputs, outcome))) {
                    case Admission.Accepted(Admission.Ticket ticket) -> {
                        tickets.add(ticket);
                        tokens += encoded.tokens();
                        // Not on the lane's thread, which has the next batch to run.
                        parts.add(outputs.thenApplyAsync(vectors -> finish.apply(encoded, vectors)));
                        return true;
                    }
                    case Admission.Overloaded(Admission.Excess excess, var retryAfter) -> {
                        return fail("more waits than may: again in " + retryAfter.toMillis() + " ms");
                    }
                    case Admission.TooLarge(var unit, long units, long most) -> {
                        return fail(units + " " + unit.label() + " are more than the " + most + " that may wait");
                    }
                    case Admission.TooLate late -> {
                        return fail("it would take " + late.needed());
                    }
                    case Admission.Draining draining -> {
                        return fail("the model is closed");
                    }
                }
            }
        }
    }

    /** The answer to all parts. */
    CompletableFuture<LocalAnswer<O>> together() {
        if (failure != null) {
            tickets.forEach(Admission.Ticket::cancel);
            return CompletableFuture.failedFuture(failure);
        }
        long sum = tokens;
        CompletableFuture<LocalAnswer<O>> answer = CompletableFuture.allOf(parts.toArray(CompletableFuture[]::new))
                .thenApply(done -> new LocalAnswer<>(
                        parts.stream().flatMap(part -> part.join().stream()).toList(), sum));
        CompletableFuture<LocalAnswer<O>> _ = answer.whenComplete((value, failed) -> {
            if (failed != null) {
                tickets.forEach(Admission.Ticket::cancel);
            }
        });
        return answer;
    }

    private boolean fail(String message) {
        failure = new ModelException(message);
        return false;
    }

    private static void end(CompletableFuture<List<Vector>> outputs, Outcome<Vector> outcome) {
        switch (outcome) {
            case Outcome.Completed<Vector> completed -> outputs.complete(completed.outputs());
            case Outcome.Rejected<Vector>(String message) -> outputs.completeExceptionally(new ModelException(message));
            case Outcome.Failed<Vector>(String message) -> outputs.completeExceptionally(new ModelException(message));
            case Outcome.Expired<Vector> expired ->
                outputs.completeExceptionally(new ModelException("it took too long"));
            case Outcome.Cancelled<Vector> cancelled ->
                outputs.completeExceptionally(new ModelException("given up, or the model was closed"));
        }
    }

    private static String words(Rejection reason) {
        return switch (reason) {
            case Rejection.UnknownPrompt(String name, List<String> known) ->
                "the model has no prompt '" + name + "'; it has " + known;
            case Rejection.NoTask(List<String> tasks) -> "a prompt must be named, as it says the task: one of " + tasks;
            case Rejection.TooLong(int length, int most) -> length + " tokens, and the model takes " + most;
        };
    }

    private static int loneSurrogate(String text) {
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
                return at;
            }
            at += Character.charCount(point);
        }
        return -1;
    }
}
