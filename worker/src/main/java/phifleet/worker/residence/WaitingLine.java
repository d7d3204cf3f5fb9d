package phifleet.worker.residence;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import phifleet.worker.http.state.OnDemand.State;

/** The models that somebody waits for, in the order in which they were asked for. Guarded by the lock of {@link DemandTable}. */
final class WaitingLine {
    private final Set<DemandedModel> line = new LinkedHashSet<>();

    void add(DemandedModel model) {
        line.add(model);
    }

    /** Nobody waits for it any more; what that completes is to be completed outside of the lock. */
    CompletableFuture<Void> leave(DemandedModel model) {
        line.remove(model);
        return model.settled();
    }

    /** The same of several. */
    List<CompletableFuture<Void>> leave(Predicate<DemandedModel> which) {
        return line.stream().filter(which).toList().stream().map(this::leave).toList();
    }

    /** The first that is neither on its way out still nor on its way here; null where there is none. */
    @Nullable
    DemandedModel first() {
        return line.stream()
                .filter(model -> model.state() != State.DRAINING && model.state() != State.DOWNLOADING)
                .findFirst()
                .orElse(null);
    }

    /** What is left of the load that runs, those before one in the line, and its own. */
    Duration wait(DemandedModel wanted, LoadHistory history, long now) {
        Duration wait = Duration.ZERO;
        for (DemandedModel model : line) {
            if (model != wanted && model.state() == State.DOWNLOADING) {
                // Others are loaded before its files are here.
                continue;
            }
            Duration time = model.expected(history).time();
            Duration gone = model.state() == State.LOADING ? Duration.ofNanos(now - model.sinceNanos()) : Duration.ZERO;
            wait = wait.plus(time.compareTo(gone) > 0 ? time.minus(gone) : Duration.ZERO);
            if (model == wanted) {
                break;
            }
        }
        return wait;
    }
}
