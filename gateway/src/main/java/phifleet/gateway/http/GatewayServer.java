package phifleet.gateway.http;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetChanges;
import phifleet.common.FleetSecret;
import phifleet.gateway.balance.BalancingPolicy;
import phifleet.gateway.balance.LatencyWindow;
import phifleet.gateway.balance.RetryBudget;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.demand.CopyDemand;
import phifleet.gateway.demand.DemandMeter;
import phifleet.gateway.demand.DemandSettings;
import phifleet.gateway.demand.FleetDemand;
import phifleet.gateway.history.FleetEvent;
import phifleet.gateway.history.FleetEventRing;
import phifleet.gateway.history.FleetHistory;
import phifleet.gateway.history.ModelBook;
import phifleet.gateway.http.metrics.GatewayMetrics;
import phifleet.gateway.http.metrics.Links;
import phifleet.gateway.http.metrics.RetryNotes;
import phifleet.gateway.http.operator.CordonCalls;
import phifleet.gateway.http.operator.FleetActions;
import phifleet.gateway.http.operator.FleetModels;
import phifleet.gateway.http.operator.OperatorRoutes;
import phifleet.gateway.http.operator.UsageView;
import phifleet.gateway.http.operator.WeightsEndpoint;
import phifleet.gateway.http.operator.WorkerActions;
import phifleet.gateway.http.probe.Copies;
import phifleet.gateway.http.probe.LateWorkers;
import phifleet.gateway.http.probe.ModelNotes;
import phifleet.gateway.http.probe.WorkerProbes;
import phifleet.gateway.http.probe.WorkerWords;
import phifleet.gateway.http.proxy.Flows;
import phifleet.gateway.http.proxy.ModelDivision;
import phifleet.gateway.http.proxy.ProxyLoop;
import phifleet.gateway.http.proxy.ProxyMeans;
import phifleet.gateway.http.proxy.ProxySettings;
import phifleet.gateway.http.proxy.RequestDemand;
import phifleet.gateway.http.proxy.UpstreamConnections;
import phifleet.gateway.http.routing.ModelRouting;
import phifleet.gateway.http.routing.ModelSplits;
import phifleet.http.BodyBudget;
import phifleet.http.Edge;
import phifleet.http.EdgeServer;
import phifleet.http.EdgeSettings;
import phifleet.http.RequestIds;
import phifleet.http.caller.ApiKey;
import phifleet.http.caller.Callers;
import phifleet.http.endpoint.SiteEndpoint;
import phifleet.http.endpoint.WorkPool;
import phifleet.http.grpc.GrpcRouter;
import phifleet.webui.Site;

/** The gateway's HTTP side: one server socket, and on each event loop a proxy with connections of its own. */
public final class GatewayServer {
    /** How often the directory sees time pass: ejections end and the dead are found no later than that. */
    private static final long DIRECTORY_TICK_MILLIS = 100;

    /** As a port: gRPC is not served. */
    public static final int NO_GRPC = -1;

    private static final long MEASURE_MILLIS = 1_000;

    private static final long DEMAND_MILLIS = 250;
    private static final long WAKE_MILLIS = 50;

    /** How soon what workers say of names that stand for several models is heeded. */
    private static final long SPLITS_MILLIS = 500;

    private static final long NOTES_MILLIS = 5_000;

    /** All bodies together may hold this part of the heap. */
    private static final int BODIES_PART_OF_HEAP = 4;

    private final Vertx vertx;
    private final WorkerDirectory directory;
    private final Settings settings;
    private final @Nullable FleetSecret secret;
    private final FleetView.Identity identity;
    private final LongSupplier nanos = System::nanoTime;
    private final GatewayMetrics metrics = new GatewayMetrics();
    private final Callers callers;
    private final GatewayProgram program;
    private final RequestIds requestIds;
    private final BodyBudget bodies = BodyBudget.ofHeap(BODIES_PART_OF_HEAP);
    private final WorkPool files = new WorkPool("files", 1);
    private final SiteEndpoint site = new SiteEndpoint(new Site(), files);
    private final Flows flows;
    private final RetryBudget budget;
    private final FleetDemand demand;
    private final CopyDemand copies;
    private final FleetChanges changes = new FleetChanges();
    private final ModelSplits splits = new ModelSplits(changes);
    private final FleetActions actions = new FleetActions(Clock.systemUTC());
    private final FleetHistory history = new FleetHistory(Clock.systemUTC());
    private final FleetEventRing events = new FleetEventRing(Clock.systemUTC());
    private final ModelBook models = new ModelBook();
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private final List<HttpServer> callServers = new CopyOnWriteArrayList<>();
    private final List<String> deployed = new CopyOnWriteArrayList<>();
    private final Control control = new Control();

    /**
     * How it serves.
     *
     * @param host the address to listen on
     * @param port 0 for a free one
     * @param grpcPort where gRPC calls are taken, on the same address; 0 for a free one, {@link #NO_GRPC} for none
     * @param eventLoops how many threads
     * @param edge what is asked of every request
     * @param apiKey what workers are shown; null for nothing
     * @param retryShare retries per request that are allowed
     * @param retriesPerSecond retries that are allowed however few the requests
     * @param demand how many workers it wants for what is asked
     * @param policy makes the policy of one event loop
     * @param links where else the fleet is shown
     */
    public record Settings(
            String host,
            int port,
            int grpcPort,
            int eventLoops,
            EdgeSettings edge,
            @Nullable String apiKey,
            double retryShare,
            double retriesPerSecond,
            ProxySettings proxy,
            DemandSettings demand,
            Function<RandomGenerator, BalancingPolicy> policy,
            Links links) {

        /** The same on a free port that only this machine reaches, and open to it. */
        public Settings onLoopback() {
            EdgeSettings open = new EdgeSettings(
                    null,
                    null,
                    edge.corsOrigins(),
                    edge.maxBodyBytes(),
                    edge.bodyTimeout(),
                    edge.bodyBytesPerSecond(),
                    edge.requestTimeout(),
                    edge.maxRequestTimeout());
            return new Settings(
                    "127.0.0.1",
                    0,
                    NO_GRPC,
                    eventLoops,
                    open,
                    null,
                    retryShare,
                    retriesPerSecond,
                    proxy,
                    demand,
                    policy,
                    links);
        }
    }

    /** A gateway that asks its workers for no proof. */
    public GatewayServer(Vertx vertx, WorkerDirectory directory, Settings settings, String id, String version) {
        this(vertx, directory, settings, null, id, version);
    }

    /**
     * Prepares it.
     *
     * @param secret what workers must prove that they know; null where the directory asks for no proofs
     * @param id unique among gateways
     */
    public GatewayServer(
            Vertx vertx,
            WorkerDirectory directory,
            Settings settings,
            @Nullable FleetSecret secret,
            String id,
            String version) {
        this.secret = secret;
        this.vertx = vertx;
        this.directory = directory;
        this.settings = settings;
        this.identity = new FleetView.Identity(
                id, version, Clock.systemUTC().instant(), settings.edge().adminKey() != null, settings.links());
        this.program = new GatewayProgram(version, metrics, actions);
        this.callers = new Callers(settings.edge().apiKey(), settings.edge().keys(), nanos);
        directory.listen(new FleetChronicle(events));
        actions.listen(action -> events.add(FleetEvent.Kind.ACTION, action.worker(), null, action.text(), action.by()));
        metrics.bind(directory);
        metrics.bind(callers);
        metrics.bind(settings.links());
        this.demand = new FleetDemand(settings.demand(), new DemandMeter(), nanos);
        metrics.bind(demand);
        this.copies = new CopyDemand(settings.demand(), nanos);
        this.flows = new Flows(directory);
        this.requestIds = new RequestIds(id, identity.startedAt());
        this.budget = new RetryBudget(settings.retryShare(), settings.retriesPerSecond(), nanos);
    }

    /** Starts probing the workers that the directory knows, and comes to know. */
    public Future<Void> prepare() {
        return vertx.deployVerticle(control).onSuccess(deployed::add).mapEmpty();
    }

    /** Ends at once, whatever is open. */
    public Future<Void> close() {
        return Future.join(deployed.stream().map(vertx::undeploy).toList())
                .eventually(() -> {
                    metrics.close();
                    files.close();
                    return Future.succeededFuture();
                })
                .mapEmpty();
    }

    /** Starts listening, once prepared; gives the port. */
    public Future<Integer> listen() {
        return vertx.deployVerticle(
                        () -> new Loop(control.view()), new DeploymentOptions().setInstances(settings.eventLoops()))
                .onSuccess(deployed::add)
                .map(id -> servers.getFirst().actualPort());
    }

    /** Where gRPC calls are taken, once it listens; {@link #NO_GRPC} for nowhere. */
    public int grpcPort() {
        return callServers.isEmpty() ? NO_GRPC : callServers.getFirst().actualPort();
    }

    /** Takes no new connections, and lets what is open finish for so long. */
    public Future<Void> drain(Duration grace) {
        program.drain();
        return Future.all(Stream.concat(servers.stream(), callServers.stream())
                        .map(server -> server.shutdown(grace.toMillis(), TimeUnit.MILLISECONDS))
                        .toList())
                .mapEmpty();
    }

    /** What is done once, whatever the number of event loops. */
    private final class Control extends VerticleBase {
        private @Nullable FleetView view;
        private @Nullable WorkerProbes probes;

        @Override
        public Future<?> start() {
            WorkerProbes started = new WorkerProbes(
                    vertx,
                    directory,
                    nanos,
                    settings.apiKey(),
                    secret,
                    new LateWorkers(vertx, directory, changes, settings.edge().adminKey()));
            probes = started;
            FleetView fleet =
                    new FleetView(directory, started, metrics, demand, splits, identity, Clock.systemUTC(), nanos);
            WorkerWords words = new WorkerWords(directory, started);
            HistorySampler sampler = new HistorySampler(directory, started, models, metrics, demand, history, nanos);
            ModelNotes modelNotes = new ModelNotes(directory, started, events);
            RetryNotes retryNotes = new RetryNotes(metrics, events);
            view = fleet;
            vertx.setPeriodic(DIRECTORY_TICK_MILLIS, id -> directory.tick());
            Copies planned = new Copies(directory, started, copies);
            vertx.setPeriodic(DEMAND_MILLIS, id -> planned.plan(demand.decide(words.said(), words.present())));
            vertx.setPeriodic(WAKE_MILLIS, id -> {
                if (demand.isToWake()) {
                    demand.decide(words.said(), words.present());
                }
            });
            vertx.setPeriodic(MEASURE_MILLIS, id -> {
                fleet.measure();
                sampler.tick();
                modelNotes.tick();
            });
            vertx.setPeriodic(NOTES_MILLIS, id -> retryNotes.tick());
            vertx.setPeriodic(SPLITS_MILLIS, id -> splits.refresh());
            vertx.setPeriodic(LatencyWindow.HALF_SECONDS * 1_000L, id -> splits.roll());
            return Future.succeededFuture();
        }

        @Override
        public Future<?> stop() {
            if (probes != null) {
                probes.close();
            }
            return Future.succeededFuture();
        }

        FleetView view() {
            if (view == null) {
                throw new IllegalStateException("not started");
            }
            return view;
        }
    }

    /** One event loop. */
    private final class Loop extends VerticleBase {
        private final FleetView view;

        Loop(FleetView view) {
            this.view = view;
        }

        @Override
        public Future<?> start() {
            ModelRouting routing = new ModelRouting(directory, settings.policy().apply(new SplittableRandom()));
            ProxyLoop proxy = proxy(routing, UpstreamConnections.ofRequests(vertx, settings.proxy()));
            Edge edge = new Edge(vertx, settings.edge(), callers, program, requestIds, bodies);
            FleetModels models = FleetModels.overHttp(vertx, directory, changes);
            GatewayRoutes routes = new GatewayRoutes(
                    edge,
                    program,
                    directory,
                    view,
                    new DemandView(demand, copies, directory, settings.demand(), Clock.systemUTC()),
                    proxy,
                    new FleetEvents(vertx, view, directory, events),
                    models,
                    operators(edge, models),
                    new HistoryRoutes(history, events),
                    site);
            // A connection may be silent for as long as a request may take.
            Duration idle = settings.edge().maxRequestTimeout().plusSeconds(30);
            HttpServer server = EdgeServer.create(edge, idle, routes::handle);
            servers.add(server);
            Future<HttpServer> listening = server.listen(settings.port(), settings.host());
            return settings.grpcPort() == NO_GRPC
                    ? listening
                    : listening.compose(requests -> listenForCalls(edge, idle, routing));
        }

        private OperatorRoutes operators(Edge edge, FleetModels models) {
            ApiKey adminKey = settings.edge().adminKey();
            // Where there is no key nobody is let in.
            CordonCalls calls = new CordonCalls(vertx, adminKey == null ? new ApiKey("") : adminKey);
            return new OperatorRoutes(
                    edge,
                    new WorkerActions(directory, calls, actions, nanos),
                    new WeightsEndpoint(directory, changes, splits, models, actions),
                    new UsageView(callers, identity.startedAt()));
        }

        private Future<HttpServer> listenForCalls(Edge edge, Duration idle, ModelRouting routing) {
            ProxyLoop proxy = proxy(routing, UpstreamConnections.ofCalls(vertx, settings.proxy()));
            FleetModels models = FleetModels.overCalls(vertx, directory, changes);
            GrpcRouter router = new CallRoutes(edge, program, directory, models, proxy).router();
            HttpServer server = EdgeServer.createForCalls(edge, idle, router::handle);
            callServers.add(server);
            return server.listen(settings.grpcPort(), settings.host());
        }

        private ProxyLoop proxy(ModelRouting routing, UpstreamConnections connections) {
            ProxyLoop proxy = new ProxyLoop(
                    vertx,
                    new ProxyMeans(
                            routing,
                            new ModelDivision(splits, new SplittableRandom()),
                            connections,
                            budget,
                            flows,
                            settings.proxy(),
                            metrics,
                            new RequestDemand(demand, settings.demand(), directory),
                            models,
                            nanos));
            directory.listen(connections);
            directory.listen(proxy);
            return proxy;
        }
    }
}
