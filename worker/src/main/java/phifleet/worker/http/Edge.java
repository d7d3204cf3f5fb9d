package phifleet.worker.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;

/** What every request passes on its way in and out, whatever it asks for: identity, key, books, log. Thread-safe. */
final class Edge {
    private final Vertx vertx;
    private final WorkerIdentity identity;
    private final HttpSettings settings;
    private final Supplier<WorkerState> state;
    private final HttpMetrics metrics;
    private final RequestIds requestIds;
    private final Cors cors;
    private final AccessLog log = new AccessLog();
    private final AtomicInteger inFlight;

    Edge(
            Vertx vertx,
            WorkerIdentity identity,
            HttpSettings settings,
            Supplier<WorkerState> state,
            HttpMetrics metrics,
            RequestIds requestIds,
            AtomicInteger inFlight) {
        this.vertx = vertx;
        this.identity = identity;
        this.settings = settings;
        this.state = state;
        this.metrics = metrics;
        this.requestIds = requestIds;
        this.inFlight = inFlight;
        this.cors = new Cors(settings.corsOrigins());
    }

    /** Runs an endpoint for each request of a route. */
    void serve(Route route, Endpoint endpoint, HttpServerRequest request) {
        inFlight.incrementAndGet();
        Exchange exchange = new Exchange(this, route, vertx.getOrCreateContext(), request);
        try {
            if (!admits(route, request)) {
                exchange.refuse(Problem.of(
                        401, Problems.UNAUTHORIZED, "the header `Authorization: Bearer` must bring the API key", null));
                return;
            }
            endpoint.handle(exchange);
        } catch (RuntimeException | Error e) {
            exchange.fail(e);
        }
    }

    /** A browser asks its preflight question without the key. */
    private boolean admits(Route route, HttpServerRequest request) {
        ApiKey key = settings.apiKey();
        return key == null
                || route.open()
                || HttpMethod.OPTIONS.equals(request.method())
                || key.admits(request.getHeader(HttpHeaders.AUTHORIZATION));
    }

    void ended(Exchange exchange, String model, int status, long nanos, @Nullable Problem problem) {
        inFlight.decrementAndGet();
        metrics.ended(exchange.route().path(), model, nanos, problem);
        log.ended(exchange, status, nanos, problem);
    }

    Vertx vertx() {
        return vertx;
    }

    String workerId() {
        return identity.id();
    }

    WorkerIdentity identity() {
        return identity;
    }

    HttpSettings settings() {
        return settings;
    }

    WorkerState state() {
        return state.get();
    }

    HttpMetrics metrics() {
        return metrics;
    }

    Cors cors() {
        return cors;
    }

    RequestIds requestIds() {
        return requestIds;
    }

    AccessLog log() {
        return log;
    }
}
