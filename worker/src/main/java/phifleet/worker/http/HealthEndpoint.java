package phifleet.worker.http;

import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.endpoint.Health;
import phifleet.worker.http.state.WorkerState;
import phifleet.worker.http.state.WorkerView;

/** Whether the worker takes work: in short, or under the name of its phase. */
record HealthEndpoint(WorkerView worker, boolean summary) implements Endpoint {

    @Override
    public void handle(Exchange exchange) {
        WorkerState state = worker.state();
        String status = summary && state.isReady() ? "ok" : state.phase().label();
        Health health = summary
                ? Health.of("phi-worker", worker.identity().version(), state.isReady(), status)
                : Health.of(state.isReady(), status);
        health.because(state.reason()).answer(exchange);
    }
}
