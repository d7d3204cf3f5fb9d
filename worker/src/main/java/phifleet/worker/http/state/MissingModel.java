package phifleet.worker.http.state;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.Urgency;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.endpoint.Reply;
import phifleet.inference.Catalogue;

/** What becomes of a request whose model does not serve: it waits for one that is loaded on demand, and else is refused. */
public final class MissingModel {
    private MissingModel() {}

    /**
     * The reply. Asking for it begins the load.
     *
     * @param kind what the path asks for
     */
    public static Reply reply(
            Catalogue.Found.Missing<?> missing,
            String kind,
            WorkerState state,
            Exchange exchange,
            ProblemShape problems) {
        return exchange.urgency() instanceof Urgency.Reading.Read(Urgency urgency)
                ? reply(missing, kind, state, urgency.deadlineNanos(), problems)
                : new Reply.Refused(ModelProblems.missing(missing, kind, state), problems);
    }

    /**
     * The same of what has a deadline of its own.
     *
     * @param deadlineNanos on the scale of {@link System#nanoTime}
     */
    public static Reply reply(
            Catalogue.Found.Missing<?> missing,
            String kind,
            WorkerState state,
            long deadlineNanos,
            ProblemShape problems) {
        String name = wanted(missing, kind, state.demand());
        if (name == null) {
            return new Reply.Refused(ModelProblems.missing(missing, kind, state), problems);
        }
        Optional<OnDemand.Call> call = state.demand().call(name, deadlineNanos);
        if (call.isEmpty()) {
            return new Reply.Refused(ModelProblems.missing(missing, kind, state), problems);
        }
        return switch (call.get()) {
            case OnDemand.Call.Refused(Problem problem) -> new Reply.Refused(problem, problems);
            case OnDemand.Call.Coming coming -> {
                long due = System.nanoTime() + coming.expected().toNanos();
                if (coming.measured() && due - deadlineNanos > 0) {
                    yield new Reply.Refused(late(coming.id(), coming.expected()), problems);
                }
                yield new Reply.Awaiting(
                        coming.done(),
                        () -> late(coming.id(), Duration.ofNanos(Math.max(1_000_000_000L, due - System.nanoTime()))),
                        problems);
            }
        };
    }

    private static @Nullable String wanted(Catalogue.Found.Missing<?> missing, String kind, OnDemand demand) {
        return switch (missing) {
            case Catalogue.Found.Unknown<?>(String name) -> name;
            case Catalogue.Found.NoneOfKind<?>() -> demand.ofKind(kind).orElse(null);
            case Catalogue.Found.OtherKind<?> other -> null;
        };
    }

    /** Its load takes longer than whoever asks can wait. */
    public static Problem late(String id, Duration expected) {
        return new Problem(
                504,
                "model_loading",
                String.format(
                        Locale.ROOT,
                        "the model %s is loading, which takes about %.1f s more: past the request's deadline",
                        id,
                        expected.toMillis() / 1e3),
                null,
                expected);
    }
}
