package phifleet.worker.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import phifleet.inference.gpu.GpuReading;

/** The worker's HTTP server: one port, several event loops, and the threads that prepare large requests. */
public final class WorkerServer implements AutoCloseable {
    /** All bodies together may hold this many times the largest one. */
    private static final long BODIES_IN_MEMORY = 4;

    private final Vertx vertx;
    private final HttpSettings settings;
    private final WorkerIdentity identity;
    private final Supplier<WorkerState> state;
    private final HttpMetrics metrics;
    private final Supplier<Optional<GpuReading>> gpu;
    private final PrometheusMeterRegistry registry;
    private final RequestIds requestIds;
    private final WorkPool pool;
    private final Judges judges;
    private final AtomicLong bodyMemory;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger port = new AtomicInteger();

    public WorkerServer(
            Vertx vertx,
            HttpSettings settings,
            WorkerIdentity identity,
            Supplier<WorkerState> state,
            Supplier<Optional<GpuReading>> gpu,
            PrometheusMeterRegistry registry) {
        this.vertx = vertx;
        this.settings = settings;
        this.identity = identity;
        this.state = state;
        this.metrics = new HttpMetrics(registry);
        this.gpu = gpu;
        this.registry = registry;
        this.requestIds = new RequestIds(identity);
        this.pool = new WorkPool("prepare", settings.preparationThreads());
        this.judges = new Judges(settings.preparationThreads());
        this.bodyMemory = new AtomicLong(BODIES_IN_MEMORY * settings.maxBodyBytes());
    }

    /**
     * Listens.
     *
     * @return the port, which differs from the setting where that is 0; fails with a message that names address and reason
     */
    public Future<Integer> start() {
        return vertx.deployVerticle(
                        () -> new ServerVerticle(settings, this::routes, port::set),
                        new DeploymentOptions().setInstances(settings.eventLoops()))
                .map(deployed -> port.get())
                .recover(failure ->
                        Future.failedFuture(new ListenException(settings.host() + ":" + settings.port(), failure)));
    }

    /**
     * Judges a few equations, off the event loops, so that the first caller does not wait for tables to be read and code to be
     * compiled. To be called when the worker is ready, since it takes a core for a second.
     */
    public void warmUp() {
        judges.quick().turn(Judging::warmUp);
    }

    /** Requests whose answer is not out yet. */
    public int requestsInFlight() {
        return inFlight.get();
    }

    /** What is served, for the test of its description. */
    List<Route> routes() {
        WorkerRoutes routes = routes(vertx);
        routes.router();
        return routes.routes();
    }

    /** Bytes that bodies may still take; all of it when no body is being read. */
    long freeBodyMemory() {
        return bodyMemory.get();
    }

    /** Ends the threads that are not Vert.x's; the sockets close with the {@link Vertx} instance. */
    @Override
    public void close() {
        pool.close();
        judges.close();
    }

    private WorkerRoutes routes(Vertx verticle) {
        Edge edge = new Edge(verticle, identity, settings, state, metrics, requestIds, inFlight);
        return new WorkerRoutes(verticle, edge, gpu, registry, pool, judges, bodyMemory);
    }
}
