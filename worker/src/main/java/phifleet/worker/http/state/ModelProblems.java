package phifleet.worker.http.state;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import phifleet.common.Problem;
import phifleet.http.dialect.Problems;
import phifleet.http.json.Excerpt;
import phifleet.inference.Catalogue;
import phifleet.inference.ServedModel;
import phifleet.inference.lane.Admission;
import phifleet.inference.model.WorkUnit;
import phifleet.inference.text.Rejection;
import phifleet.inference.text.SentenceEncoder;

/** The problems that requests meet with a worker's models. */
public final class ModelProblems {
    /** Characters that are read again and again: some 2 s of a tokeniser's work. */
    public static final long MOST_REPEATED = 4L << 20;

    private ModelProblems() {}

    public static Problem notReady(WorkerState state) {
        String reason = state.reason().isEmpty() ? "" : ": " + state.reason();
        return new Problem(
                503,
                state.phase().label(),
                "the worker is " + state.phase().label() + reason,
                null,
                Duration.ofSeconds(state.phase() == WorkerState.Phase.STARTING ? 1 : 5));
    }

    /**
     * Why no model answers.
     *
     * @param kind what the path asks for
     */
    public static Problem missing(Catalogue.Found.Missing<?> missing, String kind, WorkerState state) {
        return switch (missing) {
            case Catalogue.Found.Unknown<?>(String name) -> unknownModel(name, state);
            case Catalogue.Found.OtherKind<?>(ServedModel model) ->
                Problem.badRequest(
                        "model_kind_mismatch",
                        "the model " + model.description().id() + " is a "
                                + model.description().task().label() + ", and this path asks for a " + kind,
                        "model");
            case Catalogue.Found.NoneOfKind<?>() -> missingKind(kind, "name it in models.yaml");
        };
    }

    public static Problem unknownModel(String name, WorkerState state) {
        boolean comes = state.demand().standings().stream()
                .anyMatch(model -> model.id().equals(name) || model.aliases().contains(name));
        if (comes) {
            return Problem.of(
                    404,
                    "model_not_found",
                    "the model '" + Excerpt.of(name) + "' is not loaded; a request that has it run loads it, unless an"
                            + " operator unloaded it",
                    "model");
        }
        String known = Stream.concat(
                        state.models().all().stream()
                                .map(model -> model.description().id()),
                        state.demand().standings().stream().map(OnDemand.Standing::id))
                .distinct()
                .collect(Collectors.joining(", "));
        return Problem.of(
                404,
                "model_not_found",
                "the model '" + Excerpt.of(name) + "' does not exist; here are " + known,
                "model");
    }

    /**
     * What an encoder cannot take.
     *
     * @param field the input's place in the request
     */
    public static Problem rejected(Rejection reason, SentenceEncoder encoder, String field) {
        return switch (reason) {
            case Rejection.UnknownPrompt(var name, var known) -> unknownPrompt(String.valueOf(name), encoder);
            case Rejection.NoTask(var tasks) ->
                Problem.badRequest(
                        "missing_field",
                        "`prompt_name` is needed: model "
                                + encoder.description().id() + " does another task by each of "
                                + String.join(", ", tasks),
                        "prompt_name");
            case Rejection.TooLong tooLong -> tooLong(tooLong, encoder, field);
        };
    }

    /**
     * What a model cannot take in its whole length.
     *
     * @param field the input's place in the request
     */
    public static Problem tooLong(Rejection.TooLong tooLong, ServedModel model, String field) {
        return Problem.of(
                413,
                "text_too_long",
                "the text has " + tooLong.tokens() + " tokens; model "
                        + model.description().id() + " takes at most " + tooLong.most() + " and truncate is false",
                field);
    }

    /**
     * One field stands with each entry of another, so that a small body could ask for any amount of work.
     *
     * @param characters over {@link #MOST_REPEATED}
     */
    public static Problem tooMuchRepeated(String field, String each, long characters) {
        return Problem.of(
                413,
                "text_too_long",
                "`" + field + "` and each of `" + each + "` make " + characters + " characters to read, at most "
                        + MOST_REPEATED + " are taken",
                field);
    }

    public static Problem unknownPrompt(String name, SentenceEncoder encoder) {
        return Problem.badRequest(
                "unknown_prompt",
                "the model " + encoder.description().id() + " has no prompt '" + Excerpt.of(name) + "'; it has "
                        + (encoder.task().prompts().isEmpty()
                                ? "none"
                                : String.join(", ", encoder.task().promptNames())),
                "prompt_name");
    }

    public static Problem overloaded(Admission.Overloaded overloaded) {
        return new Problem(
                429,
                Problems.OVERLOADED,
                "the model is overloaded: " + excess(overloaded.excess()),
                null,
                overloaded.retryAfter());
    }

    private static String excess(Admission.Excess excess) {
        return switch (excess) {
            case Admission.Excess.Work(WorkUnit unit, long queued, long limit) ->
                queued + " of at most " + limit + " " + unit.label() + " wait already";
            case Admission.Excess.Time(Duration expected, Duration most, Admission.Bound bound) ->
                "the work would be done in " + seconds(expected)
                        + switch (bound) {
                            case DEADLINE -> ", and its deadline is in " + seconds(most);
                            case QUEUE -> ", and at most " + seconds(most) + " are allowed with what waits before it";
                        };
        };
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
    }

    /** What could not be done in time even by a device that did nothing else. */
    public static Problem tooLate(Admission.TooLate tooLate) {
        return Problem.of(
                504,
                Problems.expired().code(),
                "the work alone takes about " + seconds(tooLate.needed()) + ", and its deadline is in "
                        + seconds(tooLate.left()),
                null);
    }

    public static Problem tooLarge(Admission.TooLarge tooLarge, String field) {
        return Problem.of(
                413,
                "too_many_" + tooLarge.unit().label(),
                "`" + field + "` has " + tooLarge.units() + " "
                        + tooLarge.unit().label() + ", at most " + tooLarge.limitUnits() + " are taken in one request",
                field);
    }

    /**
     * A route whose kind of model is not loaded.
     *
     * @param kind as {@code cross-encoder}
     * @param instead what a caller can do here
     */
    public static Problem missingKind(String kind, String instead) {
        return Problem.of(
                424,
                "model_kind_missing",
                "no model of the kind `" + kind + "` is loaded, and this route needs one: " + instead,
                null);
    }

    public static Problem draining() {
        return new Problem(503, "draining", "the worker is draining", null, Duration.ofSeconds(5));
    }
}
