package phifleet.worker.http;

import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.WorkerCard;
import phifleet.gateway.balance.DirectorySettings;
import phifleet.gateway.balance.LeastConnections;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.balance.WorkerState;
import phifleet.gateway.demand.DemandSettings;
import phifleet.gateway.http.GatewayServer;
import phifleet.gateway.http.metrics.Links;
import phifleet.gateway.http.proxy.ProxySettings;
import phifleet.http.EdgeSettings;
import phifleet.http.caller.ApiKey;

/** A gateway on free ports of the loopback interface, which has come to know its workers. */
public final class GatewayBefore implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final WorkerDirectory directory = new WorkerDirectory(DirectorySettings.DEFAULT, System::nanoTime);
    private final GatewayServer server;
    private final int port;

    /** With the usual bounds, and these keys where there are any. */
    public static GatewayBefore of(@Nullable String apiKey, @Nullable String adminKey, URI... workers) {
        EdgeSettings edge = new EdgeSettings(
                apiKey == null ? null : new ApiKey(apiKey),
                adminKey == null ? null : new ApiKey(adminKey),
                List.of(),
                1_000_000,
                Duration.ofSeconds(60),
                4096,
                Duration.ofSeconds(60),
                Duration.ofSeconds(600));
        return new GatewayBefore(edge, apiKey, ProxySettings.DEFAULT, workers);
    }

    /** The usual one of a fleet that is sized so. */
    public static GatewayBefore sizing(DemandSettings demand, URI... workers) {
        EdgeSettings edge = new EdgeSettings(
                null,
                null,
                List.of(),
                1_000_000,
                Duration.ofSeconds(60),
                4096,
                Duration.ofSeconds(60),
                Duration.ofSeconds(600));
        return new GatewayBefore(edge, null, ProxySettings.DEFAULT, demand, workers);
    }

    /**
     * With an edge like its workers'.
     *
     * @param apiKey what it shows to them; null for nothing
     */
    public GatewayBefore(EdgeSettings edge, @Nullable String apiKey, ProxySettings proxy, URI... workers) {
        this(edge, apiKey, proxy, DemandSettings.DEFAULT, workers);
    }

    private GatewayBefore(
            EdgeSettings edge, @Nullable String apiKey, ProxySettings proxy, DemandSettings demand, URI... workers) {
        server = new GatewayServer(
                vertx,
                directory,
                new GatewayServer.Settings(
                        "127.0.0.1", 0, 0, 1, edge, apiKey, 0.2, 10, proxy, demand, LeastConnections::new, Links.NONE),
                "gateway-a",
                "1.2.3");
        server.prepare().await();
        port = server.listen().await();
        List<WorkerCard> cards = new ArrayList<>();
        for (URI worker : workers) {
            cards.add(new WorkerCard("worker-" + (char) ('a' + cards.size()), worker, List.of(), "1.2.3", "cpu"));
        }
        members(cards);
        while (directory.snapshot().workers().stream()
                        .filter(one -> one.state() == WorkerState.READY)
                        .count()
                < workers.length) {
            Thread.onSpinWait();
        }
    }

    /** Who it is told is in the fleet. */
    public void members(List<WorkerCard> cards) {
        directory.members(cards);
    }

    public int port() {
        return port;
    }

    /** Where it takes gRPC calls. */
    public int grpcPort() {
        return server.grpcPort();
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
