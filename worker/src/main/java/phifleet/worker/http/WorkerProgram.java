package phifleet.worker.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetHeaders;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.Program;
import phifleet.inference.Catalogue;
import phifleet.inference.ServedModel;
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
        return new Held(worker.states().hold());
    }

    int inFlight() {
        return inFlight.get();
    }

    /** A request that keeps the state that there was when it came, or lets each of its turns do so. For one event loop. */
    private final class Held implements Visit {
        private StateSource.Hold hold;
        private boolean inTurns;

        Held(StateSource.Hold hold) {
            this.hold = hold;
        }

        @Override
        public Runnable waits() {
            letGo();
            return () -> hold = worker.states().hold();
        }

        @Override
        public Turns inTurns() {
            inTurns = true;
            letGo();
            return () -> worker.states().hold()::close;
        }

        @Override
        public void ended(Exchange exchange, int status, long nanos, @Nullable Problem problem) {
            if (inTurns) {
                hold = worker.states().hold();
            }
            metrics.ended(exchange.route().path(), model(exchange), nanos, problem);
            inFlight.decrementAndGet();
            // Last: the meters of a model go with the last request that had it.
            letGo();
        }

        private void letGo() {
            StateSource.Hold last = hold;
            hold = StateSource.Hold.NONE;
            last.close();
        }

        /** Between its turns the model may have gone, whose meters nobody would remove again. */
        private String model(Exchange exchange) {
            return !inTurns
                            || worker.state().models().find(exchange.model(), ServedModel.class)
                                    instanceof Catalogue.Found.Model
                    ? exchange.model()
                    : Exchange.NO_MODEL;
        }
    }
}
