package phifleet.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.common.FleetSecret;
import phifleet.common.WorkerCard;
import phifleet.common.settings.SettingsException;
import phifleet.common.settings.SettingsReader;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.http.GatewayServer;
import phifleet.logging.LogLevel;
import phifleet.logging.ProgramLog;
import phifleet.membership.Discovery;
import phifleet.membership.FleetWatch;
import phifleet.process.ExitCode;
import phifleet.process.ListenAddress;
import phifleet.process.StopSignals;

/**
 * Starts one gateway: {@code gateway [gateway.yaml]}; without a file the environment ({@code PHI_…}) and the defaults
 * decide.
 *
 * <p>Exit codes: 0 after a stop that answered all open requests, 1 when the port failed, 2 for wrong settings, 3 (the
 * JVM's) after an OutOfMemoryError, 4 when requests were left at the end of the drain time.
 */
public final class GatewayMain {
    /**
     * Members come and go by design, and a worker that dies resets its connections: what matters of either the directory says.
     */
    private static final Map<String, LogLevel> QUIETER =
            Map.of("com.hazelcast", LogLevel.ERROR, "io.vertx.core.net.impl.ConnectionBase", LogLevel.OFF);

    private static final int LONGEST_WAIT_FOR_LIST_SECONDS = 10;
    private static final int LONGEST_WAIT_FOR_WORKERS_SECONDS = 8;

    private static final AtomicBoolean STOPPING = new AtomicBoolean();
    private static final AtomicReference<@Nullable Serving> SERVING = new AtomicReference<>();

    /** A gateway that takes requests. */
    private record Serving(Duration drain, GatewayServer server, FleetWatch watch) {}

    private GatewayMain() {}

    public static void main(String[] arguments) {
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        // Work on every event that nobody here looks at: class loaders of threads, times of handlers, samples of
        // buffers.
        System.setProperty("vertx.disableTCCL", "true");
        System.setProperty("vertx.disableContextTimings", "true");
        System.setProperty("io.netty.leakDetection.level", "disabled");
        try {
            start(arguments.length == 0 ? null : Path.of(arguments[0]));
        } catch (SettingsException e) {
            ExitCode.WRONG_SETTINGS.halt(String.valueOf(e.getMessage()));
        } catch (ExecutionException e) {
            ExitCode.FAILED.halt("the gateway could not start: " + e.getCause());
        } catch (InterruptedException e) {
            ExitCode.FAILED.halt("interrupted");
        }
    }

    private static void start(@Nullable Path file) throws InterruptedException, ExecutionException {
        SettingsReader reader = SettingsReader.of(file, "PHI_", System.getenv());
        String id = id();
        ProgramLog.start(reader.root(), new ProgramLog.Source("gateway_id", id), QUIETER);
        GatewaySettings settings = GatewaySettings.read(reader);
        List<String> warnings = reader.finish();
        Logger log = LoggerFactory.getLogger(GatewayMain.class);
        warnings.forEach(log::warn);
        for (int wanted : List.of(settings.server().port(), settings.server().grpcPort())) {
            Optional<String> cannotListen =
                    ListenAddress.problem(settings.server().host(), wanted);
            if (cannotListen.isPresent()) {
                ExitCode.FAILED.halt(cannotListen.get());
            }
        }
        StopSignals.handle(GatewayMain::stop);
        @Nullable FleetSecret secret = settings.membership().secret();

        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(settings.server().eventLoops() + 1));
        WorkerDirectory directory = new WorkerDirectory(settings.directory(), System::nanoTime, secret != null);
        directory.listen(new StateLog());
        directory.members(settings.workers());
        CountDownLatch firstList = new CountDownLatch(1);
        FleetWatch watch = FleetWatch.start(settings.membership(), found -> {
            directory.members(union(settings.workers(), found));
            firstList.countDown();
        });
        // Beside the search for the others, which is mostly waiting.
        WarmUp.run(vertx, settings.server(), settings.warmUpRequests());
        GatewayServer server = new GatewayServer(vertx, directory, settings.server(), secret, id, version());
        server.prepare().toCompletionStage().toCompletableFuture().get();
        if (!(settings.membership().discovery() instanceof Discovery.None)) {
            firstList.await(LONGEST_WAIT_FOR_LIST_SECONDS, TimeUnit.SECONDS);
            awaitWorkers(directory);
        }
        SERVING.set(new Serving(settings.drain(), server, watch));
        int port = server.listen().toCompletionStage().toCompletableFuture().get();
        log.info("gateway {} listens on {}:{}", version(), settings.server().host(), port);
        if (server.grpcPort() != GatewayServer.NO_GRPC) {
            log.info(
                    "gateway {} takes gRPC calls on {}:{}",
                    version(),
                    settings.server().host(),
                    server.grpcPort());
        }
    }

    /**
     * Until it knows a worker that answers, a proxy before this one had better go elsewhere. Bounded, since a fleet may well
     * start with its gateway; long enough for a member that started alone to find the others.
     */
    private static void awaitWorkers(WorkerDirectory directory) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_FOR_WORKERS_SECONDS);
        while ((directory.snapshot().panic() || directory.snapshot().eligible().isEmpty())
                && System.nanoTime() - end < 0) {
            Thread.sleep(5);
        }
    }

    /** @param signal that told it to */
    private static void stop(String signal) {
        Logger log = LoggerFactory.getLogger(GatewayMain.class);
        if (!STOPPING.compareAndSet(false, true)) {
            log.warn("{} again: ends at once, with its open requests unanswered", signal);
            ExitCode.WORK_LEFT.halt();
        }
        ExitCode code = ExitCode.WORK_LEFT;
        try {
            Serving serving = SERVING.get();
            if (serving == null) {
                log.info("{} before it listened: ends", signal);
            } else {
                log.info(
                        "{}: draining, for at most {} ms",
                        signal,
                        serving.drain().toMillis());
                serving.server()
                        .drain(serving.drain())
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(serving.drain().toMillis() + 1_000, TimeUnit.MILLISECONDS);
                serving.watch().close();
                log.info("stopped, all open requests answered");
            }
            code = ExitCode.DONE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.warn("stopped, with requests left after the drain time: {}", e.toString());
        } finally {
            ProgramLog.end();
            // The signal's own exit code, 143, would tell an orchestrator that the stop failed.
            code.halt();
        }
    }

    private static List<WorkerCard> union(List<WorkerCard> fixed, List<WorkerCard> found) {
        List<WorkerCard> all = new ArrayList<>(fixed);
        all.addAll(found);
        return all;
    }

    private static String id() {
        try {
            return InetAddress.getLocalHost().getHostName() + "-"
                    + ProcessHandle.current().pid();
        } catch (UnknownHostException e) {
            return "gateway-" + ProcessHandle.current().pid();
        }
    }

    private static String version() {
        String version = GatewayMain.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
