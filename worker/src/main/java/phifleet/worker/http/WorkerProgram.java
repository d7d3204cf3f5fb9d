package phifleet.worker.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetHeaders;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.Program;
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
    public void began() {
        inFlight.incrementAndGet();
    }

    @Override
    public void ended(Exchange exchange, int status, long nanos, @Nullable Problem problem) {
        inFlight.decrementAndGet();
        metrics.ended(exchange.route().path(), exchange.model(), nanos, problem);
    }

    int inFlight() {
        return inFlight.get();
    }
}
