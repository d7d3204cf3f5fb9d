package phifleet.worker;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.common.IndexRoutes;
import phifleet.common.WorkerCard;
import phifleet.common.WorkerCard.HeldModel;
import phifleet.inference.Catalogue;
import phifleet.inference.ServedModel;
import phifleet.inference.engine.Engines;
import phifleet.inference.gpu.GpuMonitor;
import phifleet.inference.gpu.NvidiaSmi;
import phifleet.inference.model.Device;
import phifleet.inference.model.ModelException;
import phifleet.inference.serving.BatchMemory;
import phifleet.inference.serving.Devices;
import phifleet.membership.FleetMembership;
import phifleet.process.ResidentMemory;
import phifleet.worker.http.HttpMetrics;
import phifleet.worker.http.HttpSettings;
import phifleet.worker.http.WorkerServer;
import phifleet.worker.http.WorkerVertx;
import phifleet.worker.http.ingest.pipeline.IngestSettings;
import phifleet.worker.http.state.WorkerIdentity;
import phifleet.worker.http.state.WorkerState;
import phifleet.worker.http.state.WorkerView;
import phifleet.worker.residence.FolderWatch;
import phifleet.worker.residence.Generations;
import phifleet.worker.residence.LoadHistory;
import phifleet.worker.residence.ProcessMemory;
import phifleet.worker.residence.Residence;
import phifleet.worker.residence.Shelf;

/** One worker in this process: its server, its models and its end. */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private static final Duration GPU_INTERVAL = Duration.ofSeconds(2);

    /** A gateway probes each second: so every one learns that this worker stops, and has not vanished. */
    private static final Duration FAREWELL = Duration.ofMillis(1_100);

    private final WorkerSettings settings;
    private final WorkerIdentity identity;
    private final Vertx vertx;
    private final WorkerServer server;
    private final GpuMonitor gpu;
    private final Generations states;
    private final Residence residence;
    private final @Nullable FolderWatch watch;
    private final Devices devices;
    private final Future<Integer> port;
    private volatile @Nullable FleetMembership membership;

    private Worker(
            WorkerSettings settings,
            WorkerIdentity identity,
            Vertx vertx,
            WorkerServer server,
            GpuMonitor gpu,
            Generations states,
            Residence residence,
            @Nullable FolderWatch watch,
            Devices devices,
            Future<Integer> port) {
        this.settings = settings;
        this.devices = devices;
        this.identity = identity;
        this.vertx = vertx;
        this.server = server;
        this.gpu = gpu;
        this.states = states;
        this.residence = residence;
        this.watch = watch;
        this.port = port;
    }

    /**
     * Listens, loads the models beside that, and is ready when this returns. Until then the server answers that it is starting.
     *
     * @param loading gets what loads models, and gives what does it here
     * @param takesWork gets the worker as soon as requests are taken, which is before the fleet is told: from then on it must be
     *     drained
     * @throws ModelException if a model cannot be loaded or fails its golden check
     * @throws phifleet.http.ListenException if the port cannot be had
     */
    static Worker start(
            WorkerSettings settings,
            ModelShelf shelf,
            UnaryOperator<Residence.Loading> loading,
            Consumer<Worker> takesWork)
            throws Exception {
        Instant startedAt = Instant.now();
        List<Shelf.Found> models = shelf.listed();
        // First, since threads that find SLF4J half started lose lines and it says so.
        LoggerFactory.getILoggerFactory();
        // The engines and the server need nothing of each other, and take about as long.
        FutureTask<Engines> starting = new FutureTask<>(() -> new Engines(settings.engines()));
        Thread.ofPlatform().name("engines").start(starting);
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Vertx vertx = WorkerVertx.create(settings.http(), registry);
        try {
            Engines engines = started(starting);
            Generations states = new Generations(
                    new WorkerState(WorkerState.Phase.STARTING, "the models are loading", Catalogue.empty()));
            WorkerIdentity identity = new WorkerIdentity(
                    settings.id() == null ? WorkerSettings.ownId() : settings.id(),
                    version(),
                    startedAt,
                    (models.isEmpty()
                                    ? Device.CPU
                                    : engines.expectedDevice(models.getFirst().spec()))
                            .label(),
                    settings.membership().secret(),
                    settings.node());
            GpuMonitor gpu = new GpuMonitor(new NvidiaSmi()::read, GPU_INTERVAL, new GpuMetrics(registry));
            Devices devices = new Devices(settings.lane(), Runtime.getRuntime().availableProcessors());
            BatchMemory memory = new BatchMemory(settings.engines().cache(), System::nanoTime);
            HttpMetrics metrics = new HttpMetrics(registry);
            Residence residence = new Residence(
                    shelf,
                    loading.apply(new ModelLoader(
                            engines,
                            settings.lane(),
                            memory,
                            (model, unit) -> new LaneMetrics(registry, model, unit),
                            devices,
                            settings.http().ingest().keepsIndex())::load),
                    states,
                    registry,
                    settings.http().maxRequestTimeout(),
                    settings.modelsMemory() > 0 ? settings.modelsMemory() : ProcessMemory.forModels(),
                    new LoadHistory(settings.engines().cache().resolve("loads.properties")),
                    metrics::forget);
            WorkerView view = new WorkerView(identity, states, residence);
            WorkerServer server = new WorkerServer(vertx, settings.http(), view, gpu::first, metrics);
            Future<Integer> port = server.start();
            @Nullable
            FolderWatch watch = shelf.folders()
                    .map(folders -> new FolderWatch(folders, residence))
                    .orElse(null);
            Worker worker = new Worker(settings, identity, vertx, server, gpu, states, residence, watch, devices, port);
            try {
                worker.load(models);
            } catch (Exception e) {
                // A server that is closed while it begins to listen says that on top of it.
                port.otherwiseEmpty().toCompletionStage().toCompletableFuture().get();
                throw e;
            }
            takesWork.accept(worker);
            port.toCompletionStage().toCompletableFuture().get();
            server.warmUp();
            bindProcessMetrics(registry);
            worker.join();
            return worker;
        } catch (Exception e) {
            vertx.close().await(10, TimeUnit.SECONDS);
            throw e;
        }
    }

    private static Engines started(FutureTask<Engines> starting) throws Exception {
        try {
            return starting.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ModelException reason ? reason : e;
        }
    }

    /** Tells the fleet. An address of 0.0.0.0 is read as that of the member. */
    private void join() {
        List<ServedModel> models = states.get().models().all();
        List<HeldModel> held = models.stream()
                .map(ServedModel::description)
                .flatMap(model -> Stream.concat(Stream.of(model.id()), model.aliases().stream())
                        .map(name -> new HeldModel(name, model.task().label())))
                .collect(Collectors.toCollection(ArrayList::new));
        IngestSettings ingest = settings.http().ingest();
        IndexRoutes.held(ingest.keepsIndex(), ingest.sharesIndex(), ingest.parts())
                .ifPresent(held::add);
        URI url = URI.create("http://" + settings.http().host() + ":" + port());
        String device = models.isEmpty()
                ? identity.expectedDevice()
                : models.getFirst().description().device().label();
        membership = FleetMembership.join(
                new WorkerCard(identity.id(), url, held, identity.version(), device),
                settings.membership(),
                server::keepers);
    }

    /** Says for people and scripts that it is ready, and where. */
    void announce() {
        LOG.info("{} is ready at http://{}:{}", identity.id(), settings.http().host(), port());
        if (server.grpcPort() != HttpSettings.NO_GRPC) {
            LOG.info(
                    "{} takes gRPC calls at {}:{}",
                    identity.id(),
                    settings.http().host(),
                    server.grpcPort());
        }
    }

    /** The port it listens on. */
    int port() {
        return port.result();
    }

    /** Where it takes gRPC calls; {@link HttpSettings#NO_GRPC} for nowhere. */
    int grpcPort() {
        return server.grpcPort();
    }

    /**
     * Takes no new work, finishes what is in hand and answers it.
     *
     * @param reason what told it to, for the log
     * @return whether all of it was done within the setting's time
     */
    boolean drain(String reason) throws InterruptedException {
        if (membership != null) {
            // First, so that gateways send nothing more while everything is still answered.
            membership.leave();
        }
        long left = System.nanoTime();
        LOG.info("{}: draining, for at most {} ms", reason, settings.drain().toMillis());
        long end = System.nanoTime() + settings.drain().toNanos();
        boolean done = residence.drain(settings.drain());
        while (server.requestsInFlight() > 0 && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        if (membership != null) {
            long farewell = Math.min(end, left + FAREWELL.toNanos()) - System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(Math.max(0, farewell));
        }
        return done && server.requestsInFlight() == 0;
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        vertx.close().await();
        server.close();
        gpu.close();
        residence.close();
        devices.close();
    }

    private void load(List<Shelf.Found> models) throws ModelException, InterruptedException {
        residence.start(models);
        if (watch != null) {
            watch.start();
            if (!settings.modelsPoll().isZero()) {
                watch.every(settings.modelsPoll());
            }
        }
        residence.ready();
        long every = settings.driftCheck().toMillis();
        if (every > 0) {
            vertx.setPeriodic(every, timer -> residence.checkDrift());
        }
    }

    private static void bindProcessMetrics(PrometheusMeterRegistry registry) {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmGcMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        Gauge.builder("process.resident.memory.bytes", ResidentMemory::bytes)
                .description("What the process takes of the machine's memory")
                .register(registry);
    }

    private static String version() {
        String version = Worker.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
