package phifleet.worker.http;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.common.WorkerCard;
import phifleet.http.BodyBudget;
import phifleet.http.Edge;
import phifleet.http.EdgeServer;
import phifleet.http.ListenException;
import phifleet.http.RequestIds;
import phifleet.http.Route;
import phifleet.http.caller.Callers;
import phifleet.http.endpoint.WorkPool;
import phifleet.http.grpc.GrpcRouter;
import phifleet.inference.gpu.GpuReading;
import phifleet.inference.vision.decode.HeifLibrary;
import phifleet.inference.vision.decode.ImageDecoder;
import phifleet.inference.vision.decode.JpegLibrary;
import phifleet.worker.http.equations.EquationRoutes;
import phifleet.worker.http.equations.Judges;
import phifleet.worker.http.ingest.IngestRoutes;
import phifleet.worker.http.oip.GrpcRoutes;
import phifleet.worker.http.state.WorkerView;

/** The worker's HTTP server: one port, several event loops, and the threads that prepare large requests. */
public final class WorkerServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerServer.class);

    /**
     * All bodies together may hold this part of the heap. While one is parsed and tokenised its texts and their ids are held
     * beside it, so that this is half the heap at the most.
     */
    private static final int BODIES_PART_OF_HEAP = 6;

    /** Names the free ports, where free ones are wanted. */
    private static final int HTTP_PORT_ID = 1;

    private static final int GRPC_PORT_ID = 2;

    private final Vertx vertx;
    private final HttpSettings settings;
    private final WorkerProgram program;
    private final WorkerRoutes.Shared shared;
    private final RequestIds requestIds;
    private final Callers callers;
    private final BodyBudget budget;
    private final AtomicInteger port = new AtomicInteger();
    private final AtomicInteger grpcPort;

    public WorkerServer(
            Vertx vertx,
            HttpSettings settings,
            WorkerView worker,
            Supplier<Optional<GpuReading>> gpu,
            HttpMetrics metrics) {
        this(vertx, settings, worker, gpu, metrics, BodyBudget.ofHeap(BODIES_PART_OF_HEAP));
    }

    /** With a budget of its own. */
    WorkerServer(
            Vertx vertx,
            HttpSettings settings,
            WorkerView worker,
            Supplier<Optional<GpuReading>> gpu,
            HttpMetrics metrics,
            BodyBudget budget) {
        this.vertx = vertx;
        this.settings = settings;
        this.program = new WorkerProgram(worker, metrics);
        this.grpcPort = new AtomicInteger(settings.grpcPort());
        WorkPool pool = new WorkPool("prepare", settings.preparationThreads());
        ImageDecoder decoder = decoder(settings.decoding());
        this.shared = new WorkerRoutes.Shared(
                settings,
                grpcPort::get,
                program::inHand,
                worker,
                gpu,
                metrics,
                pool,
                decoder,
                new WorkPool("decode", settings.decoding().threads()),
                new Judges(settings.preparationThreads()),
                new IngestRoutes(
                        settings.ingest(),
                        settings.apiKey(),
                        worker,
                        settings.jsonWithFiles(),
                        pool,
                        decoder,
                        settings.decoding().threads(),
                        metrics.registry()));
        this.requestIds =
                new RequestIds(worker.identity().id(), worker.identity().startedAt());
        this.budget = budget;
        this.callers = new Callers(settings.edge().apiKey(), settings.edge().keys(), System::nanoTime);
    }

    /** Tells it the workers of its fleet, at each change. */
    public void keepers(List<WorkerCard> workers) {
        shared.ingest().keepers(workers);
    }

    /**
     * Listens.
     *
     * @return the port, which differs from the setting where that is 0; fails with a message that names address and reason
     */
    public Future<Integer> start() {
        // The other port first, since who can ask for this one's /info is told where the other is.
        Future<?> calls = settings.grpcPort() == HttpSettings.NO_GRPC
                ? Future.succeededFuture()
                : listen(settings.grpcPort(), GRPC_PORT_ID, this::grpcServer, grpcPort::set);
        return calls.compose(listening -> listen(settings.port(), HTTP_PORT_ID, this::httpServer, port::set))
                .map(listening -> port.get());
    }

    private Future<String> listen(int wanted, int freePortId, Function<Edge, HttpServer> servers, IntConsumer listens) {
        ServerVerticle.Port shared = new ServerVerticle.Port(settings.host(), wanted, freePortId);
        Supplier<Deployable> verticles = () -> new ServerVerticle(shared, this::edge, servers, listens);
        return vertx.deployVerticle(verticles, new DeploymentOptions().setInstances(settings.eventLoops()))
                .recover(failure -> Future.failedFuture(new ListenException(settings.host() + ":" + wanted, failure)));
    }

    private HttpServer httpServer(Edge edge) {
        Router router = new WorkerRoutes(edge, shared).router();
        return EdgeServer.create(edge, settings.idleTimeout(), router::handle);
    }

    private HttpServer grpcServer(Edge edge) {
        WorkerView worker = shared.worker();
        GrpcRouter router = new GrpcRouter(edge, () -> worker.state().isReady(), GrpcRouter::unknown);
        new GrpcRoutes(worker, shared.pool()).addTo(router::add);
        // A stream may be silent for as long as a request may take.
        return EdgeServer.createForCalls(edge, settings.maxRequestTimeout().plusSeconds(30), router::handle);
    }

    /** Where gRPC calls are taken; {@link HttpSettings#NO_GRPC} for nowhere. */
    public int grpcPort() {
        return grpcPort.get();
    }

    /**
     * Judges a few equations, off the event loops, so that the first caller does not wait for tables to be read and code to be
     * compiled. To be called when the worker is ready, since it takes a core for a second.
     */
    public void warmUp() {
        shared.judges().quick().turn(EquationRoutes::warmUp);
    }

    /** Requests whose answer is not out yet. */
    public int requestsInFlight() {
        return program.inFlight();
    }

    /** What is served, for the test of its description. */
    List<Route> routes() {
        return new WorkerRoutes(edge(vertx), shared).routes();
    }

    /** Bytes that bodies may still take; all of it when no body is being read. */
    long freeBodyMemory() {
        return budget.free();
    }

    /** Ends the threads that are not Vert.x's; the sockets close with the {@link Vertx} instance. */
    @Override
    public void close() {
        shared.pool().close();
        shared.decoding().close();
        shared.judges().close();
        shared.ingest().close();
    }

    private static ImageDecoder decoder(DecodingSettings settings) {
        JpegLibrary jpeg = settings.jpeg();
        HeifLibrary heif = settings.heif();
        LOG.info("JPEG is decoded by {}, HEIC by {}", jpeg.description(), heif.description());
        return settings.decoder(jpeg, heif);
    }

    private Edge edge(Vertx verticle) {
        return new Edge(verticle, settings.edge(), callers, program, requestIds, budget);
    }
}
