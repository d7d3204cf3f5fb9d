package phifleet.worker.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import java.util.function.Function;
import java.util.function.IntConsumer;
import phifleet.http.Edge;
import phifleet.http.EdgeServer;

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
        Edge edge = edges.apply(vertx);
        Router router = new WorkerRoutes(edge, shared).router();
        return EdgeServer.create(edge, settings.idleTimeout(), router::handle)
                .listen(
                        settings.port() == 0
                                ? SocketAddress.sharedRandomPort(FREE_PORT_ID, settings.host())
                                : SocketAddress.inetSocketAddress(settings.port(), settings.host()))
                .onSuccess(server -> port.accept(server.actualPort()));
    }
}
