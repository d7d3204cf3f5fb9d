package phifleet.worker.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetHeaders;
import phifleet.common.Problem;
import phifleet.http.Connections;
import phifleet.http.Exchange;
import phifleet.http.Program;
import phifleet.http.Route;
import phifleet.inference.Catalogue;
import phifleet.inference.ServedModel;
import phifleet.worker.http.state.Cordon;
import phifleet.worker.http.state.StateSource;
import phifleet.worker.http.state.WorkerState;
import phifleet.worker.http.state.WorkerView;
import phifleet.worker.thread.RefusingLoop;

/** The worker behind its edge: its name on every answer, and its books. Thread-safe. */
final class WorkerProgram implements Program {
    private static final CharSequence WORKER_ID = HttpHeaders.createOptimized(FleetHeaders.WORKER_ID);

    private final WorkerView worker;
    private final HttpMetrics metrics;
    private final Connections connections = new Connections();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger inHand = new AtomicInteger();
    private final ThreadLocal<RefusingLoop> loops = ThreadLocal.withInitial(RefusingLoop::ofThisThread);

    WorkerProgram(WorkerView worker, HttpMetrics metrics) {
        this.worker = worker;
        this.metrics = metrics;
        metrics.bind(connections);
    }

    @Override
    public Connections connections() {
        return connections;
    }

    @Override
    public void sign(HttpServerResponse response) {
        response.putHeader(WORKER_ID, worker.identity().id());
    }

    @Override
    public boolean isDraining() {
        return worker.state().phase() == WorkerState.Phase.DRAINING
                || worker.cordon().state() == Cordon.State.DRAINED;
    }

    @Override
    public Visit began(Route route) {
        inFlight.incrementAndGet();
        return new Held(worker.states().hold(), isWork(route));
    }

    private static boolean isWork(Route route) {
        return route.access() == Route.Access.KEY && !route.method().equals(HttpMethod.GET);
    }

    int inFlight() {
        return inFlight.get();
    }

    /** Requests for work, and messages of streams, that are not answered yet. */
    int inHand() {
        return inHand.get();
    }

    /** A request that keeps the state that there was when it came, or lets each of its turns do so. For one event loop. */
    private final class Held implements Visit {
        private final boolean work;
        private StateSource.Hold hold;
        private boolean inTurns;

        Held(StateSource.Hold hold, boolean work) {
            this.hold = hold;
            this.work = work;
            count(1);
        }

        private void count(int more) {
            if (work) {
                inHand.addAndGet(more);
            }
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
            count(-1);
            return this::turn;
        }

        private Runnable turn() {
            StateSource.Hold kept = worker.states().hold();
            count(1);
            return () -> {
                kept.close();
                count(-1);
            };
        }

        @Override
        public void ended(Exchange exchange, int status, long nanos, @Nullable Problem problem) {
            if (inTurns) {
                hold = worker.states().hold();
            } else {
                count(-1);
            }
            metrics.ended(exchange.route().path(), model(exchange), nanos, problem);
            inFlight.decrementAndGet();
            loops.get().answered(isRefusal(status));
            // Last: the meters of a model go with the last request that had it.
            letGo();
        }

        /** Of a client that there is no room for, as opposed to one that asks for what cannot be. */
        private static boolean isRefusal(int status) {
            return status == 429 || status == 503;
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
