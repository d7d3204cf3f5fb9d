package phifleet.gateway.http;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import phifleet.gateway.balance.DirectoryListener;
import phifleet.gateway.balance.FleetSnapshot;
import phifleet.gateway.balance.Worker;

/** The connections of one event loop to workers. */
final class UpstreamConnections implements DirectoryListener {
    private final Context context;
    private final HttpClient client;
    private final Map<Worker, SocketAddress> addresses = new HashMap<>();

    /** Call on the event loop that it is for. */
    UpstreamConnections(Vertx vertx, ProxySettings settings) {
        this.context = vertx.getOrCreateContext();
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(
                                Math.toIntExact(settings.connectTimeout().toMillis()))
                        .setKeepAliveTimeout(
                                Math.toIntExact(settings.keepAlive().toSeconds()))
                        .setDecompressionSupported(false)
                        .setTcpNoDelay(true)
                        .setMaxHeaderSize(64 * 1024),
                // Leases bound what is in flight, so the pool never has to queue.
                new PoolOptions().setHttp1MaxSize(10_000).setMaxWaitQueueSize(1_000));
    }

    /** Opens a request to a worker, or takes a connection that is open. */
    void open(Worker worker, String uri, HttpMethod method, Consumer<AsyncResult<HttpClientRequest>> opened) {
        client.request(new RequestOptions()
                        .setServer(addresses.computeIfAbsent(worker, UpstreamConnections::addressOf))
                        .setHost(worker.card().url().getHost())
                        .setPort(worker.card().url().getPort())
                        .setMethod(method)
                        .setURI(uri))
                .onComplete(opened::accept);
    }

    private static SocketAddress addressOf(Worker worker) {
        return SocketAddress.inetSocketAddress(
                worker.card().url().getPort(), worker.card().url().getHost());
    }

    @Override
    public void changed(FleetSnapshot snapshot) {
        context.runOnContext(on -> addresses.keySet().retainAll(Set.copyOf(snapshot.workers())));
    }
}
