package phifleet.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.logging.log4j.Level;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.common.WorkerCard;
import phifleet.common.settings.SettingsException;
import phifleet.common.settings.SettingsReader;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.http.GatewayServer;
import phifleet.logging.ProgramLog;
import phifleet.membership.Discovery;
import phifleet.membership.FleetWatch;

/**
 * Starts one gateway: {@code gateway [gateway.yaml]}; without a file the environment ({@code PHI_…}) and the defaults
 * decide.
 *
 * <p>Exit codes: 0 after a stop that answered all open requests, 1 when the port failed, 2 for wrong settings, 3 when
 * requests were left at the end of the drain time.
 */
public final class GatewayMain {
    /**
     * Members come and go by design, and a worker that dies resets its connections: what matters of either the directory says.
     */
    private static final Map<String, Level> QUIETER =
            Map.of("com.hazelcast", Level.ERROR, "io.vertx.core.net.impl.ConnectionBase", Level.OFF);

    private static final int FAILED = 1;
    private static final int WRONG_SETTINGS = 2;
    private static final int REQUESTS_LEFT = 3;
    private static final int LONGEST_WAIT_FOR_LIST_SECONDS = 10;
    private static final int LONGEST_WAIT_FOR_WORKERS_SECONDS = 8;

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
            fail(String.valueOf(e.getMessage()), WRONG_SETTINGS);
        } catch (ExecutionException e) {
            fail("the gateway could not start: " + e.getCause(), FAILED);
        } catch (InterruptedException e) {
            fail("interrupted", FAILED);
        }
    }

    private static void start(@Nullable Path file) throws InterruptedException, ExecutionException {
        SettingsReader reader = SettingsReader.of(file, "PHI_", System.getenv());
        ProgramLog.start(reader.root(), QUIETER);
        GatewaySettings settings = GatewaySettings.read(reader);
        List<String> warnings = reader.finish();
        Logger log = LoggerFactory.getLogger(GatewayMain.class);
        warnings.forEach(log::warn);

        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(settings.server().eventLoops() + 1));
        WorkerDirectory directory = new WorkerDirectory(settings.directory(), System::nanoTime);
        directory.listen(new StateLog());
        directory.members(settings.workers());
        CountDownLatch firstList = new CountDownLatch(1);
        FleetWatch watch = FleetWatch.start(settings.membership(), found -> {
            directory.members(union(settings.workers(), found));
            firstList.countDown();
        });
        // Beside the search for the others, which is mostly waiting.
        WarmUp.run(vertx, settings.server(), settings.warmUpRequests());
        GatewayServer server = new GatewayServer(vertx, directory, settings.server(), id(), version());
        server.prepare().toCompletionStage().toCompletableFuture().get();
        if (!(settings.membership().discovery() instanceof Discovery.None)) {
            firstList.await(LONGEST_WAIT_FOR_LIST_SECONDS, TimeUnit.SECONDS);
            awaitWorkers(directory);
        }
        int port = server.listen().toCompletionStage().toCompletableFuture().get();
        log.info("gateway {} listens on {}:{}", version(), settings.server().host(), port);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(settings, log, server, watch), "stop"));
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

    private static void stop(GatewaySettings settings, Logger log, GatewayServer server, FleetWatch watch) {
        log.info("draining for at most {} s", settings.drain().toSeconds());
        int code = REQUESTS_LEFT;
        try {
            server.drain(settings.drain())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(settings.drain().toMillis() + 1_000, TimeUnit.MILLISECONDS);
            code = 0;
            watch.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.warn("not everything ended in time: {}", e.toString());
        } finally {
            // The signal's own exit code, 143, would tell an orchestrator that the stop failed.
            Runtime.getRuntime().halt(code);
        }
    }

    private static void fail(String message, int code) {
        System.err.println(message);
        System.err.flush();
        Runtime.getRuntime().halt(code);
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
