package phifleet.worker.http.state;

/**
 * The worker, as its endpoints see it.
 *
 * @param states what it can do at this moment
 * @param repository what else it could
 * @param cordon whether an operator keeps new requests from it
 */
public record WorkerView(WorkerIdentity identity, StateSource states, ModelRepository repository, Cordon cordon) {

    /** One that takes what comes. */
    public WorkerView(WorkerIdentity identity, StateSource states, ModelRepository repository) {
        this(identity, states, repository, new Cordon());
    }

    public WorkerState state() {
        return states.get();
    }
}
