package phifleet.gateway;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.common.WorkerCard;
import phifleet.common.settings.SettingsException;
import phifleet.common.settings.SettingsReader;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.http.GatewayServer;
import phifleet.membership.FleetWatch;

/** The gateway: settings, directory, server, membership, until told to stop. */
public final class GatewayMain {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayMain.class);

    private GatewayMain() {}

    /**
     * Runs it.
     *
     * @param args at most one: the settings file; without one the environment ({@code PHI_…}) and the defaults decide
     */
    public static void main(String[] args) throws InterruptedException {
        try {
            start(args.length == 0 ? null : Path.of(args[0]));
        } catch (SettingsException | ExecutionException e) {
            LOG.error("{}", e instanceof SettingsException ? e.getMessage() : String.valueOf(e.getCause()));
            System.exit(1);
        }
    }

    private static void start(@Nullable Path file) throws InterruptedException, ExecutionException {
        SettingsReader reader = SettingsReader.of(file, "PHI_", System.getenv());
        GatewaySettings settings = GatewaySettings.read(reader);
        reader.finish().forEach(LOG::warn);

        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(settings.server().eventLoops() + 1));
        WorkerDirectory directory = new WorkerDirectory(settings.directory(), System::nanoTime);
        directory.members(settings.workers());
        GatewayServer server = new GatewayServer(vertx, directory, settings.server(), id(), version());
        int port = server.start().toCompletionStage().toCompletableFuture().get();
        FleetWatch watch =
                FleetWatch.start(settings.membership(), found -> directory.members(union(settings.workers(), found)));
        LOG.info("gateway {} listens on {}:{}", version(), settings.server().host(), port);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            stop(settings, vertx, server, watch);
                            // Told to stop and stopped: that is success, not death by signal.
                            Runtime.getRuntime().halt(0);
                        },
                        "drain"));
    }

    private static List<WorkerCard> union(List<WorkerCard> fixed, List<WorkerCard> found) {
        List<WorkerCard> all = new ArrayList<>(fixed);
        all.addAll(found);
        return all;
    }

    private static void stop(GatewaySettings settings, Vertx vertx, GatewayServer server, FleetWatch watch) {
        LOG.info("draining for at most {} s", settings.drain().toSeconds());
        try {
            server.drain(settings.drain())
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(settings.drain().toMillis() + 1_000, TimeUnit.MILLISECONDS);
            watch.close();
            vertx.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("not everything ended in time: {}", e.toString());
        }
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
