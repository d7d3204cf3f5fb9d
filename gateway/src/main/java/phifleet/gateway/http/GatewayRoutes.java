package phifleet.gateway.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import phifleet.common.IndexRoutes;
import phifleet.common.ModelRoutes;
import phifleet.common.Problem;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.balance.WorkerState;
import phifleet.gateway.http.operator.FleetModels;
import phifleet.gateway.http.operator.OperatorRoutes;
import phifleet.gateway.http.proxy.ProxyLoop;
import phifleet.gateway.http.routing.IndexRouting;
import phifleet.gateway.http.routing.RequestTarget;
import phifleet.http.Edge;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.Route;
import phifleet.http.endpoint.Health;
import phifleet.http.endpoint.LogsEndpoint;
import phifleet.http.endpoint.OtherMethods;
import phifleet.http.endpoint.QueryEndpoint;
import phifleet.http.endpoint.SiteEndpoint;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonOutput;
import phifleet.logging.ProgramLog;
import phifleet.webui.Site;

/** What each path means: the gateway's own few, and the proxy for all others. One instance an event loop. */
final class GatewayRoutes {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final String WORKERS = "/workers/";
    private static final String LOGS = "/logs";

    private final Edge edge;
    private final GatewayProgram program;
    private final WorkerDirectory directory;
    private final DemandView demand;
    private final ProxyLoop proxy;
    private final FleetEvents events;
    private final SiteEndpoint site;
    private final FleetModels models;
    private final OperatorRoutes operators;
    private final IndexRouting index;
    private final Endpoint others = new OtherMethods(List.of(HttpMethod.GET));
    private final Map<String, Own> own;

    /** A path of the gateway's own, which takes GET. */
    private record Own(Route route, Endpoint endpoint) {}

    GatewayRoutes(
            Edge edge,
            GatewayProgram program,
            WorkerDirectory directory,
            FleetView view,
            DemandView demand,
            ProxyLoop proxy,
            FleetEvents events,
            FleetModels models,
            OperatorRoutes operators,
            HistoryRoutes history,
            SiteEndpoint site) {
        this.edge = edge;
        this.program = program;
        this.directory = directory;
        this.demand = demand;
        this.index = new IndexRouting(directory);
        this.proxy = proxy;
        this.events = events;
        this.models = models;
        this.operators = operators;
        this.site = site;
        this.own = Stream.of(
                        new Own(Route.open("/health"), this::health),
                        new Own(Route.open("/health/ready"), this::health),
                        new Own(Route.open("/health/live"), Health.LIVE),
                        new Own(Route.get("/metrics"), this::metrics),
                        new Own(
                                Route.get("/fleet"),
                                exchange -> json(exchange, view.fleet().toString())),
                        new Own(Route.get("/fleet/demand"), new DemandEndpoint(demand, directory)),
                        new Own(
                                Route.get("/fleet/targets"),
                                exchange -> json(exchange, view.targets().toString())),
                        new Own(Route.get("/fleet/events"), this::events),
                        new Own(Route.get("/fleet/history"), new QueryEndpoint(history::history)),
                        new Own(Route.get("/fleet/history/events"), new QueryEndpoint(history::events)),
                        new Own(Route.adminGet(LOGS), new LogsEndpoint(ProgramLog.recent())))
                .collect(Collectors.toMap(mine -> mine.route().path(), mine -> mine));
    }

    void handle(HttpServerRequest request) {
        String path = request.path() == null ? "" : request.path();
        Own mine = own.get(path);
        if (mine != null) {
            edge.serve(mine.route(), isRead(request) ? mine.endpoint() : others, request);
        } else if (Site.owns(path) && !(path.equals("/") && !isRead(request))) {
            edge.serve(Route.open("/assets/*"), isRead(request) ? site : others, request);
        } else if (path.startsWith(WORKERS)) {
            String asked = behind(path);
            edge.serve(
                    isRepository(asked) || asked.equals(LOGS) ? Route.otherAdmin(asked) : Route.other(asked),
                    exchange -> one(exchange, path),
                    request);
        } else if (operators.takes(path)) {
            operators.handle(request);
        } else if (isRepository(path)) {
            edge.serve(
                    Route.otherAdmin(path),
                    request.method().equals(HttpMethod.POST) ? models : new OtherMethods(List.of(HttpMethod.POST)),
                    request);
        } else {
            edge.serve(Route.other(path), exchange -> pass(exchange, path), request);
        }
    }

    private static boolean isRepository(String path) {
        return path.startsWith(ModelRoutes.REPOSITORY);
    }

    private static boolean isRead(HttpServerRequest request) {
        return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    }

    private void pass(Exchange exchange, String path) {
        HttpServerRequest request = exchange.request();
        if ("websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            exchange.refuse(Problem.of(
                    501, "websocket_not_supported", "the gateway does not carry WebSocket connections", null));
        } else if (IndexRoutes.includes(path)) {
            switch (index.choose()) {
                case IndexRouting.Choice.To(Worker keeper) ->
                    proxy.serve(exchange, new RequestTarget(target(request.uri()), path, keeper));
                case IndexRouting.Choice.Refused(Problem problem) -> exchange.refuse(problem);
            }
        } else {
            proxy.serve(exchange, new RequestTarget(target(request.uri()), path, null));
        }
    }

    /** The request target in origin form: an absolute one loses its scheme and authority. */
    private static String target(String uri) {
        if (uri.startsWith("/") || uri.equals("*")) {
            return uri;
        }
        int authority = uri.indexOf("://");
        int path = authority < 0 ? -1 : uri.indexOf('/', authority + 3);
        return path < 0 ? "/" : uri.substring(path);
    }

    /** The path that the one worker is asked for. */
    private static String behind(String path) {
        int end = path.indexOf('/', WORKERS.length());
        return end < 0 ? "/" : path.substring(end);
    }

    private void one(Exchange exchange, String path) {
        int end = path.indexOf('/', WORKERS.length());
        String id = path.substring(WORKERS.length(), end < 0 ? path.length() : end);
        Optional<Worker> worker = directory.find(id);
        if (worker.isEmpty() || worker.get().state() == WorkerState.GONE) {
            exchange.refuse(Problem.of(404, "unknown_worker", "no worker has the id " + Excerpt.of(id), null));
            return;
        }
        String rest = target(exchange.request().uri()).substring(WORKERS.length() + id.length());
        String uri = rest.startsWith("/") ? rest : "/" + rest;
        proxy.serve(exchange, new RequestTarget(uri, behind(path), worker.get()));
    }

    private void health(Exchange exchange) {
        long ready = directory.snapshot().ready();
        String status = program.isDraining() ? "draining" : ready > 0 ? "ok" : demand.restOr("no_workers");
        // One that sleeps is well: a request wakes it.
        boolean well = !status.equals("draining") && !status.equals("no_workers");
        Health.of("phi-gateway", program.version(), well, status)
                .count("workers", ready)
                .answer(exchange);
    }

    private void metrics(Exchange exchange) {
        answer(
                exchange,
                "text/plain; version=0.0.4; charset=utf-8",
                program.metrics().scrape(directory.snapshot()));
    }

    private void events(Exchange exchange) {
        if (!events.open(exchange)) {
            exchange.refuse(
                    new Problem(503, "too_many_watchers", "too many clients watch the fleet already", null, SOON));
        }
    }

    private static void json(Exchange exchange, String body) {
        answer(exchange, JsonOutput.MEDIA_TYPE, body);
    }

    private static void answer(Exchange exchange, CharSequence type, String body) {
        exchange.answer(200, type, Buffer.buffer(body));
    }
}
