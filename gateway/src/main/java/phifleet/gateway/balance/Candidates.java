package phifleet.gateway.balance;

import java.util.List;

/**
 * The workers that may take one request.
 *
 * @param workers that hold the model and are not known to fail
 * @param tried those that failed this very request
 */
public record Candidates(List<Worker> workers, List<Worker> tried) {

    /** Candidates of a first attempt. */
    public Candidates(List<Worker> workers) {
        this(workers, List.of());
    }

    /** Whether the worker has room and has not been tried. */
    public boolean open(Worker worker) {
        return worker.inFlight() < worker.cap() && (tried.isEmpty() || !tried.contains(worker));
    }
}
