package phifleet.worker.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicInteger;
import phifleet.common.FleetHeaders;
import phifleet.http.Program;
import phifleet.worker.http.state.StateSource;
import phifleet.worker.http.state.WorkerState;
import phifleet.worker.http.state.WorkerView;

/** The worker behind its edge: its name on every answer, and its books. Thread-safe. */
final class WorkerProgram implements Program {
    private static final CharSequence WORKER_ID = HttpHeaders.createOptimized(FleetHeaders.WORKER_ID);

    private final WorkerView worker;
    private final HttpMetrics metrics;
    private final AtomicInteger inFlight = new AtomicInteger();

    WorkerProgram(WorkerView worker, HttpMetrics metrics) {
        this.worker = worker;
        this.metrics = metrics;
    }

    @Override
    public void sign(HttpServerResponse response) {
        response.putHeader(WORKER_ID, worker.identity().id());
    }

    @Override
    public boolean isDraining() {
        return worker.state().phase() == WorkerState.Phase.DRAINING;
    }

    @Override
    public Visit began() {
        inFlight.incrementAndGet();
        StateSource.Hold hold = worker.states().hold();
        return (exchange, status, nanos, problem) -> {
            metrics.ended(exchange.route().path(), exchange.model(), nanos, problem);
            inFlight.decrementAndGet();
            // Last: the meters of a model go with the last request that had it.
            hold.close();
        };
    }

    int inFlight() {
        return inFlight.get();
    }
}
