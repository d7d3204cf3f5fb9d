package phifleet.worker.http.ingest.pipeline;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import phifleet.common.Problem;
import phifleet.worker.http.state.MissingModel;
import phifleet.worker.http.state.OnDemand;
import phifleet.worker.http.state.StateSource;
import phifleet.worker.http.state.WorkerState;
import phifleet.worker.http.state.WorkerView;

/**
 * The models of one image, which are kept in being until this is closed: a request of many images takes hours, and would hold up the
 * end of every model that goes meanwhile. For virtual threads.
 */
public record ModelsInUse(IngestModels models, StateSource.Hold hold) implements AutoCloseable {

    /** Where they come from. */
    @FunctionalInterface
    public interface Source {
        /**
         * Waits for those that are loaded on demand, and keeps nothing in being meanwhile.
         *
         * @param deadlineNanos on the scale of {@link System#nanoTime}
         */
        ModelsInUse take(long deadlineNanos) throws Refusal, InterruptedException;
    }

    /** Those that the worker serves. */
    public static Source of(IngestSettings settings, Stages stages, WorkerView worker) {
        return deadlineNanos -> {
            while (true) {
                OnDemand.Call.Coming coming;
                StateSource.Hold hold = worker.states().hold();
                boolean taken = false;
                try {
                    WorkerState state = worker.state();
                    Optional<OnDemand.Call> call = IngestModels.absent(settings, stages, state)
                            .flatMap(absent -> state.demand().call(absent, deadlineNanos));
                    if (call.isEmpty()) {
                        ModelsInUse found = new ModelsInUse(IngestModels.of(settings, stages, state), hold);
                        taken = true;
                        return found;
                    }
                    coming = switch (call.get()) {
                        case OnDemand.Call.Refused(Problem problem) -> throw new Refusal(problem);
                        case OnDemand.Call.Coming one -> one;
                    };
                } finally {
                    if (!taken) {
                        hold.close();
                    }
                }
                await(coming, deadlineNanos);
            }
        };
    }

    private static void await(OnDemand.Call.Coming coming, long deadlineNanos) throws Refusal, InterruptedException {
        long left = deadlineNanos - System.nanoTime();
        if (left <= 0 || (coming.measured() && coming.expected().toNanos() > left)) {
            throw new Refusal(MissingModel.late(coming.id(), coming.expected()));
        }
        try {
            coming.done().toCompletableFuture().get(left, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new Refusal(MissingModel.late(coming.id(), coming.expected()));
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        hold.close();
    }
}
