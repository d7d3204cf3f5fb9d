package phifleet.worker.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.buffer.Buffer;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.dialect.Problems;
import phifleet.http.endpoint.WorkPool;
import phifleet.worker.http.state.WorkerView;

/** The meters as Prometheus text. Written on the pool: hundreds of lines take too long for an event loop. */
final class MetricsEndpoint implements Endpoint {
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;
    private final WorkerView worker;
    private final WorkPool pool;

    MetricsEndpoint(PrometheusMeterRegistry registry, WorkerView worker, WorkPool pool) {
        this.worker = worker;
        this.registry = registry;
        this.pool = pool;
    }

    @Override
    public void handle(Exchange exchange) {
        boolean taken = pool.offer(exchange, () -> {
            Buffer text = Buffer.buffer(registry.scrape(TEXT)
                    + TritonMetrics.of(worker.state().models().all()));
            return caller -> caller.answer(200, TEXT, text);
        });
        if (!taken) {
            exchange.refuse(Problems.busy("the server is too busy to write its metrics"));
        }
    }
}
