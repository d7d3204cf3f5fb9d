package phifleet.gateway.http.proxy;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import phifleet.gateway.balance.DirectoryListener;
import phifleet.gateway.balance.FleetSnapshot;
import phifleet.gateway.balance.Worker;
import phifleet.http.EdgeServer;

/** The connections of one event loop to workers, for requests or for gRPC calls. */
public final class UpstreamConnections implements DirectoryListener {
    private static final int CALLS_OF_A_CONNECTION = 100;

    private final Context context;
    private final ToIntFunction<Worker> ports;
    private final HttpClient client;
    private final Map<Worker, SocketAddress> addresses = new HashMap<>();

    /** Call on the event loop that it is for. */
    public static UpstreamConnections ofRequests(Vertx vertx, ProxySettings settings) {
        // Leases bound what is in flight, so the pool never has to queue.
        return new UpstreamConnections(
                vertx,
                options(settings),
                new PoolOptions().setHttp1MaxSize(10_000).setMaxWaitQueueSize(1_000),
                worker -> worker.card().url().getPort());
    }

    /** The same over HTTP/2, where a connection carries many calls. */
    public static UpstreamConnections ofCalls(Vertx vertx, ProxySettings settings) {
        return new UpstreamConnections(
                vertx,
                options(settings)
                        .setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false)
                        .setHttp2MultiplexingLimit(CALLS_OF_A_CONNECTION)
                        // Answers that are held up must not hold up what else their connection carries.
                        .setHttp2ConnectionWindowSize(CALLS_OF_A_CONNECTION * EdgeServer.CALL_WINDOW_BYTES)
                        .setInitialSettings(new Http2Settings()
                                .setInitialWindowSize(EdgeServer.CALL_WINDOW_BYTES)
                                .setMaxHeaderListSize(64 * 1024)),
                new PoolOptions().setHttp2MaxSize(10_000 / CALLS_OF_A_CONNECTION),
                Worker::grpcPort);
    }

    private static HttpClientOptions options(ProxySettings settings) {
        return new HttpClientOptions()
                .setConnectTimeout(Math.toIntExact(settings.connectTimeout().toMillis()))
                .setKeepAliveTimeout(Math.toIntExact(settings.keepAlive().toSeconds()))
                .setHttp2KeepAliveTimeout(Math.toIntExact(settings.keepAlive().toSeconds()))
                .setDecompressionSupported(false)
                .setTcpNoDelay(true)
                .setMaxChunkSize(EdgeServer.MAX_CHUNK_BYTES)
                .setMaxHeaderSize(64 * 1024);
    }

    private UpstreamConnections(Vertx vertx, HttpClientOptions options, PoolOptions pool, ToIntFunction<Worker> ports) {
        this.context = vertx.getOrCreateContext();
        this.client = vertx.createHttpClient(options, pool);
        this.ports = ports;
    }

    /** Opens a request to a worker, or takes a connection that is open. */
    void open(Worker worker, String uri, HttpMethod method, Consumer<AsyncResult<HttpClientRequest>> opened) {
        SocketAddress address = addressOf(worker);
        client.request(new RequestOptions()
                        .setServer(address)
                        .setHost(address.host())
                        .setPort(address.port())
                        .setMethod(method)
                        .setURI(uri))
                .onComplete(opened::accept);
    }

    private SocketAddress addressOf(Worker worker) {
        int port = ports.applyAsInt(worker);
        SocketAddress known = addresses.get(worker);
        if (known == null || known.port() != port) {
            known = SocketAddress.inetSocketAddress(port, worker.card().url().getHost());
            addresses.put(worker, known);
        }
        return known;
    }

    @Override
    public void changed(FleetSnapshot snapshot) {
        context.runOnContext(on -> addresses.keySet().retainAll(Set.copyOf(snapshot.workers())));
    }
}
