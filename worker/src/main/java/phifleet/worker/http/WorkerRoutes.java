package phifleet.worker.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.util.concurrent.atomic.AtomicLong;
import phifleet.common.Problem;

/** Every endpoint of a worker, a line each. */
final class WorkerRoutes {
    /** The label of all requests that no route takes. */
    private static final String OTHER = "other";

    private final Edge edge;
    private final Router router;
    private final PrometheusMeterRegistry registry;
    private final PreparationPool pool;
    private final AtomicLong bodyMemory;

    WorkerRoutes(
            Vertx vertx, Edge edge, PrometheusMeterRegistry registry, PreparationPool pool, AtomicLong bodyMemory) {
        this.edge = edge;
        this.router = Router.router(vertx);
        this.registry = registry;
        this.pool = pool;
        this.bodyMemory = bodyMemory;
    }

    Router router() {
        JsonLimits limits = JsonLimits.of(edge.settings());
        add(Route.post("/embed", NativeProblems.SHAPE), json(embed(new EmbedRouteParser(limits))));
        add(Route.open("/health"), HealthEndpoint.SUMMARY);
        add(Route.open("/health/live"), HealthEndpoint.LIVE);
        add(Route.open("/health/ready"), HealthEndpoint.READY);
        add(Route.get("/metrics", NativeProblems.SHAPE), new MetricsEndpoint(registry, pool));
        refuseTheRest();
        return router;
    }

    private void add(Route route, Endpoint endpoint) {
        router.route(route.method(), route.path()).handler(routing -> edge.serve(route, endpoint, routing));
    }

    private JsonPost json(JsonPost.Preparation preparation) {
        return new JsonPost(preparation, pool, bodyMemory);
    }

    private EmbedPreparation embed(EmbedParser parser) {
        return new EmbedPreparation(parser, edge::state, edge.metrics());
    }

    private void refuseTheRest() {
        Route other = Route.get(OTHER, NativeProblems.SHAPE);
        router.errorHandler(
                404,
                routing -> edge.serve(
                        other,
                        exchange ->
                                exchange.refuse(Problem.of(404, "not_found", "there is nothing at this path", null)),
                        routing));
        router.errorHandler(
                405,
                routing -> edge.serve(
                        other,
                        exchange -> exchange.refuse(Problem.of(
                                405,
                                "method_not_allowed",
                                "this path does not take " + routing.request().method(),
                                null)),
                        routing));
    }
}
