package phifleet.worker.http.state;

/**
 * The worker, as its endpoints see it.
 *
 * @param states what it can do at this moment
 * @param repository what else it could
 */
public record WorkerView(WorkerIdentity identity, StateSource states, ModelRepository repository) {

    public WorkerState state() {
        return states.get();
    }
}
