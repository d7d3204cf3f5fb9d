package phifleet.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.caller.ApiKey;
import phifleet.http.caller.Caller;
import phifleet.http.caller.Callers;
import phifleet.http.dialect.Problems;

/** What every request passes on its way in and out, whatever it asks for: identity, key, books, log. For one event loop. */
public final class Edge {
    private final Vertx vertx;
    private final EdgeSettings settings;
    private final Callers callers;
    private final Program program;
    private final RequestIds requestIds;
    private final BodyBudget budget;
    private final Cors cors;
    private final Compression compression = new Compression();
    private final AccessLog log = new AccessLog();
    private final BodyWatch watch;

    /**
     * The edge of one event loop.
     *
     * @param callers shared by all loops of the program, as is the budget
     */
    public Edge(
            Vertx vertx,
            EdgeSettings settings,
            Callers callers,
            Program program,
            RequestIds requestIds,
            BodyBudget budget) {
        this.vertx = vertx;
        this.callers = callers;
        this.settings = settings;
        this.program = program;
        this.requestIds = requestIds;
        this.budget = budget;
        this.cors = new Cors(settings.corsOrigins());
        this.watch = new BodyWatch(vertx);
    }

    /** Lets a request on to the routes if it says of whom and for what it asks, as HTTP has it. */
    void accept(HttpServerRequest request, Consumer<HttpServerRequest> routes) {
        Problem wrong = RequestHeads.wrong(request);
        if (wrong == null) {
            routes.accept(request);
            return;
        }
        exchange(Route.other(String.valueOf(request.path())), request).refuse(wrong);
    }

    /** Runs an endpoint for each request of a route that may be served at all. */
    public void serve(Route route, Endpoint endpoint, HttpServerRequest request) {
        Exchange exchange = exchange(route, request);
        try {
            Problem barred = barred(exchange);
            if (barred != null) {
                exchange.refuse(barred);
            } else {
                endpoint.handle(exchange);
            }
        } catch (RuntimeException | Error e) {
            exchange.fail(e);
        }
    }

    /** Answers what could not be read as a request. */
    void serveInvalid(HttpServerRequest request) {
        exchange(Route.open(Route.OTHER), request).refuse(InvalidRequests.problem(request));
    }

    private Exchange exchange(Route route, HttpServerRequest request) {
        return new Exchange(this, route, vertx.getOrCreateContext(), request, program.began(route));
    }

    /** Why the request may not have the route; null where it may. A browser asks its preflight question without a key. */
    private @Nullable Problem barred(Exchange exchange) {
        HttpServerRequest request = exchange.request();
        if (HttpMethod.OPTIONS.equals(request.method())) {
            return null;
        }
        String given = request.getHeader(HttpHeaders.AUTHORIZATION);
        return switch (exchange.route().access()) {
            case OPEN -> null;
            case KEY -> {
                Caller caller = callers.find(given).orElse(null);
                if (caller == null) {
                    yield Problems.unauthorized("API");
                }
                exchange.caller(caller);
                yield caller.admit();
            }
            case ADMIN -> {
                ApiKey key = settings.adminKey();
                // Without the key there is no such route, so that nobody learns what could be done with one.
                yield key == null ? Problems.notFound() : key.admits(given) ? null : Problems.unauthorized("admin");
            }
        };
    }

    public Vertx vertx() {
        return vertx;
    }

    public EdgeSettings settings() {
        return settings;
    }

    /** The memory for bodies, of all requests together. */
    public BodyBudget budget() {
        return budget;
    }

    /** Whether this edge says itself which pages may call. */
    public boolean hasCors() {
        return cors.isOn();
    }

    BodyWatch watch() {
        return watch;
    }

    public Program program() {
        return program;
    }

    Cors cors() {
        return cors;
    }

    Compression compression() {
        return compression;
    }

    RequestIds requestIds() {
        return requestIds;
    }

    public AccessLog log() {
        return log;
    }
}
