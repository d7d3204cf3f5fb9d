package phifleet.worker.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import phifleet.common.FleetProof;
import phifleet.http.Edge;
import phifleet.http.Endpoint;
import phifleet.http.Route;
import phifleet.http.dialect.Problems;
import phifleet.http.endpoint.Health;
import phifleet.http.endpoint.LogsEndpoint;
import phifleet.http.endpoint.OtherMethods;
import phifleet.http.endpoint.SiteEndpoint;
import phifleet.http.endpoint.WorkPool;
import phifleet.inference.gpu.GpuReading;
import phifleet.inference.text.SentenceEncoder;
import phifleet.inference.vision.decode.ImageDecoder;
import phifleet.logging.ProgramLog;
import phifleet.webui.Site;
import phifleet.worker.http.embed.EmbedRoutes;
import phifleet.worker.http.equations.EquationRoutes;
import phifleet.worker.http.equations.Judges;
import phifleet.worker.http.heads.HeadRoutes;
import phifleet.worker.http.image.ImageWork;
import phifleet.worker.http.image.PairedWork;
import phifleet.worker.http.ingest.IngestRoutes;
import phifleet.worker.http.lane.TextPredictions;
import phifleet.worker.http.oip.OipRoutes;
import phifleet.worker.http.predict.PredictRoutes;
import phifleet.worker.http.state.WorkerView;

/** Every endpoint of a worker, a line each, or a room each. */
final class WorkerRoutes {
    /** Nothing is read before it is asked for. */
    private static final Site SITE = new Site();

    private final Edge edge;
    private final Router router;
    private final List<Route> routes = new ArrayList<>();
    private final Map<String, List<HttpMethod>> methods = new LinkedHashMap<>();

    /** What the routes of all event loops share. */
    record Shared(
            HttpSettings settings,
            IntSupplier grpcPort,
            IntSupplier inHand,
            WorkerView worker,
            Supplier<Optional<GpuReading>> gpu,
            HttpMetrics metrics,
            WorkPool pool,
            ImageDecoder decoder,
            WorkPool decoding,
            Judges judges,
            IngestRoutes ingest) {}

    WorkerRoutes(Edge edge, Shared shared) {
        this.edge = edge;
        this.router = Router.router(edge.vertx());
        WorkerView worker = shared.worker();
        WorkPool pool = shared.pool();
        ImageWork images =
                new ImageWork(shared.decoder(), shared.settings().decoding().reduce(), shared.decoding(), pool);
        PairedWork pairs = new PairedWork(images);
        EmbedRoutes embed = new EmbedRoutes(
                worker,
                shared.settings().jsonWithImages(),
                pool,
                shared.metrics()::tokenized,
                pairs,
                shared.settings().maxBodyBytes());
        HeadRoutes heads =
                new HeadRoutes(worker, shared.settings().jsonWithImages(), pool, shared.metrics()::tokenized, pairs);
        embed.addTo(this::add, heads.outputs());
        new EquationRoutes(worker, shared.settings().json(), shared.judges()).addTo(this::add);
        new OipRoutes(worker, shared.settings().json(), pool).addTo(this::add);
        TextPredictions encoded = embed.predictions();
        TextPredictions headed = heads.predictions();
        TextPredictions texts = (exchange, body, model) ->
                (model instanceof SentenceEncoder ? encoded : headed).prepare(exchange, body, model);
        PredictRoutes predict = new PredictRoutes(worker, shared.settings().jsonWithFiles(), texts, images);
        heads.addTo(this::add, embed.defaults(), predict.bare());
        predict.addTo(this::add);
        shared.ingest().addTo(this::add);
        CordonEndpoint cordon = new CordonEndpoint(worker, shared.inHand());
        for (HttpMethod method : List.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.DELETE)) {
            add(Route.admin(method, CordonEndpoint.PATH), cordon);
        }
        add(Route.open("/health"), new HealthEndpoint(worker, true));
        add(Route.open("/health/live"), Health.LIVE);
        add(Route.open("/health/ready"), new HealthEndpoint(worker, false));
        add(Route.open(FleetProof.PATH), new ProofEndpoint(worker.identity()));
        add(Route.get("/info"), new InfoEndpoint(worker, shared.settings(), shared.grpcPort(), shared.gpu()));
        add(Route.get("/metrics"), new MetricsEndpoint(shared.metrics().registry(), worker, pool));
        add(Route.adminGet("/logs"), new LogsEndpoint(ProgramLog.recent()));
        add(Route.get("/openapi.yaml"), new Description(pool, Description.Form.YAML));
        add(Route.get("/openapi.json"), new Description(pool, Description.Form.JSON));
        SiteEndpoint page = new SiteEndpoint(SITE, pool);
        add(Route.open("/"), page);
        add(Route.open("/docs"), page);
        add(Route.open("/assets/*"), page);
        refuseTheRest();
    }

    Router router() {
        return router;
    }

    /** What the router takes, in its order. */
    List<Route> routes() {
        return List.copyOf(routes);
    }

    private void add(Route route, Endpoint endpoint) {
        routes.add(route);
        methods.computeIfAbsent(route.path(), path -> new ArrayList<>()).add(route.method());
        io.vertx.ext.web.Route taken = router.route(route.path()).method(route.method());
        if (route.method().equals(HttpMethod.GET)) {
            taken.method(HttpMethod.HEAD);
        }
        taken.handler(routing -> edge.serve(route, endpoint, routing.request()));
    }

    private void refuseTheRest() {
        methods.forEach((path, taken) -> {
            Route route = routes.stream()
                    .filter(candidate -> candidate.path().equals(path))
                    .findFirst()
                    .orElseThrow();
            OtherMethods others = new OtherMethods(taken);
            router.route(path).handler(routing -> edge.serve(route, others, routing.request()));
        });
        Endpoint nothing = exchange -> exchange.refuse(Problems.notFound());
        router.route()
                .handler(routing ->
                        edge.serve(Route.other(String.valueOf(routing.request().path())), nothing, routing.request()));
    }
}
