package phifleet.worker.http;

import java.time.Duration;
import phifleet.common.Problem;
import phifleet.inference.lane.Admission;
import phifleet.inference.model.ModelDescription;

/** The problems that more than one endpoint meets. */
final class Problems {
    static final String EMPTY = "empty";
    static final String UNAUTHORIZED = "unauthorized";
    static final String OVERLOADED = "overloaded";
    static final String INTERNAL = "internal";

    private Problems() {}

    static Problem empty(String field) {
        return Problem.badRequest(EMPTY, "`" + field + "` cannot be empty", field);
    }

    static Problem notReady(WorkerState state) {
        String reason = state.reason().isEmpty() ? "" : ": " + state.reason();
        return new Problem(
                503,
                state.phase().label(),
                "the worker is " + state.phase().label() + reason,
                null,
                Duration.ofSeconds(state.phase() == WorkerState.Phase.STARTING ? 1 : 5));
    }

    static Problem unknownModel(String name, WorkerState state) {
        String known = String.join(
                ", ",
                state.encoders().all().stream()
                        .map(encoder -> encoder.description().id())
                        .toList());
        return Problem.of(
                404, "model_not_found", "the model '" + shorten(name) + "' does not exist; here are " + known, "model");
    }

    static Problem unknownPrompt(String name, ModelDescription model) {
        return Problem.badRequest(
                "unknown_prompt",
                "the model " + model.id() + " has no prompt '" + shorten(name) + "'; it has "
                        + (model.promptNames().isEmpty() ? "none" : String.join(", ", model.promptNames())),
                "prompt_name");
    }

    static Problem overloaded(Admission.Overloaded overloaded) {
        return new Problem(
                429,
                OVERLOADED,
                "the model is overloaded: " + overloaded.queuedUnits() + " of at most " + overloaded.limitUnits()
                        + " tokens wait already",
                null,
                overloaded.retryAfter());
    }

    static Problem tooLarge(Admission.TooLarge tooLarge, String field) {
        return Problem.of(
                413,
                "too_many_tokens",
                "`" + field + "` has " + tooLarge.units() + " tokens, at most " + tooLarge.limitUnits()
                        + " are taken in one request",
                field);
    }

    static Problem busy(String reason) {
        return new Problem(429, OVERLOADED, reason, null, Duration.ofSeconds(1));
    }

    static Problem noCrossEncoder() {
        return Problem.of(
                424,
                "model_kind_missing",
                "no model of the kind `cross-encoder` is loaded, and ranking needs one: the sentence encoders here can "
                        + "compare texts at /similarity",
                null);
    }

    static Problem draining() {
        return new Problem(503, "draining", "the worker is draining", null, Duration.ofSeconds(5));
    }

    static Problem expired() {
        return Problem.of(504, "deadline_exceeded", "the deadline passed before the work was done", null);
    }

    static Problem internal() {
        return Problem.of(500, INTERNAL, "an error of the server's own; its log has it under this request id", null);
    }

    /** At most 64 units of what a caller sent, for messages. */
    static String shorten(String text) {
        return text.length() <= 64 ? text : text.substring(0, 61) + "...";
    }
}
