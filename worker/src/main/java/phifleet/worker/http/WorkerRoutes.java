package phifleet.worker.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import phifleet.common.Problem;
import phifleet.equations.Validator;
import phifleet.inference.gpu.GpuReading;
import phifleet.webui.Site;

/** Every endpoint of a worker, a line each. */
final class WorkerRoutes {
    /** The label of all requests that no route takes. */
    private static final String OTHER = "other";

    /** Nothing is read before it is asked for. */
    private static final Site SITE = new Site();

    private final Edge edge;
    private final Router router;
    private final List<Route> routes = new ArrayList<>();
    private final Supplier<Optional<GpuReading>> gpu;
    private final PrometheusMeterRegistry registry;
    private final WorkPool pool;
    private final Judges judges;
    private final Judging judging = new Judging(Validator.standard());
    private final AtomicLong bodyMemory;

    WorkerRoutes(
            Vertx vertx,
            Edge edge,
            Supplier<Optional<GpuReading>> gpu,
            PrometheusMeterRegistry registry,
            WorkPool pool,
            Judges judges,
            AtomicLong bodyMemory) {
        this.edge = edge;
        this.router = Router.router(vertx);
        this.gpu = gpu;
        this.registry = registry;
        this.pool = pool;
        this.judges = judges;
        this.bodyMemory = bodyMemory;
    }

    Router router() {
        JsonLimits limits = JsonLimits.of(edge.settings());
        int maxBytes = edge.settings().maxBodyBytes();
        ProblemShape own = NativeProblems.SHAPE;
        ProblemShape tei = TeiProblems.SHAPE;
        ProblemShape openAi = OpenAiProblems.SHAPE;
        add(Route.post("/embed", own), json(embed(new EmbedRouteParser(limits))));
        add(Route.post("/v1/embeddings", openAi), json(embed(new OpenAiParser(limits))));
        add(Route.post("/similarity", tei), json(embed(new SimilarityParser(limits))));
        add(
                Route.post("/tokenize", tei),
                tokenizer(limits, (json, bounds) -> TokenizeRequest.read(json, bounds, maxBytes)));
        add(Route.post("/decode", tei), tokenizer(limits, DecodeRequest::read));
        add(Route.post("/rerank", tei), json((exchange, body) -> new Reply.Refused(Problems.noCrossEncoder(), tei)));
        ValidateParser equations = new ValidateParser(limits);
        add(Route.post("/validate", own), judged(new ValidatePreparation(equations, judging, judges)));
        add(Route.post("/validate/batch", own), judged(new ValidateBatchPreparation(equations, judging, judges)));
        add(Route.get(ModelsEndpoint.PATH, openAi), ModelsEndpoint.LIST);
        add(Route.get(ModelsEndpoint.PATH + "/*", openAi), ModelsEndpoint.ONE);
        add(Route.open("/health"), HealthEndpoint.SUMMARY);
        add(Route.open("/health/live"), HealthEndpoint.LIVE);
        add(Route.open("/health/ready"), HealthEndpoint.READY);
        add(Route.get("/info", own), new InfoEndpoint(gpu));
        add(Route.get("/metrics", own), new MetricsEndpoint(registry, pool));
        add(Route.get("/openapi.yaml", own), new Description(pool));
        SiteEndpoint page = new SiteEndpoint(SITE, pool);
        add(Route.open("/"), page);
        add(Route.open("/docs"), page);
        add(Route.open("/assets/*"), page);
        refuseTheRest();
        return router;
    }

    /** What {@link #router} took in, in its order. */
    List<Route> routes() {
        return List.copyOf(routes);
    }

    private void add(Route route, Endpoint endpoint) {
        routes.add(route);
        io.vertx.ext.web.Route taken = router.route(route.path()).method(route.method());
        if (route.method().equals(HttpMethod.GET)) {
            taken.method(HttpMethod.HEAD);
        }
        taken.handler(routing -> edge.serve(route, endpoint, routing.request()));
        OtherMethods others = new OtherMethods(route.method());
        router.route(route.path()).handler(routing -> edge.serve(route, others, routing.request()));
    }

    private JsonPost json(JsonPost.Preparation preparation) {
        return new JsonPost(preparation, JsonPost.INLINE_BYTES, pool, bodyMemory);
    }

    private JsonPost judged(JsonPost.Preparation preparation) {
        return new JsonPost(preparation, -1, judges.quick(), bodyMemory);
    }

    private JsonPost tokenizer(JsonLimits limits, TokenizerPreparation.Reader reader) {
        return json(new TokenizerPreparation(limits, edge::state, reader));
    }

    private EmbedPreparation embed(EmbedParser parser) {
        return new EmbedPreparation(parser, edge::state, edge.metrics());
    }

    private void refuseTheRest() {
        Route other = Route.get(OTHER, NativeProblems.SHAPE);
        Endpoint nothing =
                exchange -> exchange.refuse(Problem.of(404, "not_found", "there is nothing at this path", null));
        router.route().handler(routing -> edge.serve(other, nothing, routing.request()));
    }

    /** Answers what could not be read as a request. */
    void invalid(HttpServerRequest request) {
        edge.serve(
                Route.open(OTHER),
                exchange -> exchange.refuse(InvalidRequests.problem(
                        request,
                        HttpServerOptions.DEFAULT_MAX_HEADER_SIZE,
                        HttpServerOptions.DEFAULT_MAX_INITIAL_LINE_LENGTH)),
                request);
    }
}
