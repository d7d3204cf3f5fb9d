package phifleet.worker.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntConsumer;
import phifleet.http.Edge;

/** One event loop's share of the server. */
final class ServerVerticle extends VerticleBase {
    /** Names the free port that all instances of one deployment share. */
    private static final int FREE_PORT_ID = 1;

    private final HttpSettings settings;
    private final Function<Vertx, Edge> edges;
    private final WorkerRoutes.Shared shared;
    private final IntConsumer port;

    ServerVerticle(HttpSettings settings, Function<Vertx, Edge> edges, WorkerRoutes.Shared shared, IntConsumer port) {
        this.settings = settings;
        this.edges = edges;
        this.shared = shared;
        this.port = port;
    }

    @Override
    public Future<HttpServer> start() {
        HttpServerOptions options = new HttpServerOptions()
                .setIdleTimeout(Math.toIntExact(settings.idleTimeout().toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                // The body reader answers it, after its own checks.
                .setHandle100ContinueAutomatically(false)
                .setHttp2ClearTextEnabled(true)
                .setAcceptBacklog(1024)
                .setTcpNoDelay(true);
        Edge edge = edges.apply(vertx);
        Router router = new WorkerRoutes(edge, shared).router();
        return vertx.createHttpServer(options)
                .requestHandler(request -> edge.accept(request, router::handle))
                .invalidRequestHandler(request -> edge.serveInvalid(
                        request,
                        HttpServerOptions.DEFAULT_MAX_HEADER_SIZE,
                        HttpServerOptions.DEFAULT_MAX_INITIAL_LINE_LENGTH))
                .listen(
                        settings.port() == 0
                                ? SocketAddress.sharedRandomPort(FREE_PORT_ID, settings.host())
                                : SocketAddress.inetSocketAddress(settings.port(), settings.host()))
                .onSuccess(server -> port.accept(server.actualPort()));
    }
}
