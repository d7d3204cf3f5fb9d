package phifleet.worker.residence;

import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import phifleet.worker.http.state.StateSource;
import phifleet.worker.http.state.WorkerState;

/**
 * The worker's state, and when nobody uses what it was any more.
 *
 * <p>A model that is unloaded may be closed once no request has it. Requests do not count themselves on each model that they look
 * up: each holds, from its head to its end, the state that there was when it came. A model that was taken out of the state at some
 * moment can be in use by requests from before that moment alone, whichever states they looked at since; once all of them have
 * ended, so has its use. That is how read-copy-update reclaims memory (P. E. McKenney, J. D. Slingwine, Read-Copy Update: Using
 * Execution History to Solve Concurrency Problems, PDCS 1998): a request pays for one addition and one subtraction, and no route
 * can forget to ask. The price is that a slow request for one model holds up the end of another.
 *
 * <p>Thread-safe.
 */
public final class Generations implements StateSource {
    private volatile Generation current;

    public Generations(WorkerState first) {
        this.current = new Generation(first);
    }

    @Override
    public WorkerState get() {
        return current.state();
    }

    @Override
    public Hold hold() {
        Generation taken = current;
        while (!taken.hold()) {
            taken = current;
        }
        return taken.held();
    }

    /**
     * Replaces the state.
     *
     * @return done once all who came before this have let go
     */
    public synchronized CompletableFuture<Void> update(UnaryOperator<WorkerState> change) {
        Generation before = current;
        current = before.next(change.apply(before.state()));
        return before.replaced();
    }

    /** Replaces the state where nothing has to be closed for it. */
    public void set(UnaryOperator<WorkerState> change) {
        CompletableFuture<Void> unused = update(change);
    }
}
