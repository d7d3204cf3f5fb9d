package phifleet.worker.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.SocketAddress;
import java.util.function.Function;
import java.util.function.IntConsumer;
import phifleet.http.Edge;
import phifleet.http.EdgeServer;
import phifleet.http.GrpcRouter;
import phifleet.worker.http.oip.GrpcRoutes;

/** One event loop's share of the gRPC port. */
final class GrpcVerticle extends VerticleBase {
    /** Names the free port that all instances of one deployment share; not that of {@link ServerVerticle}. */
    private static final int FREE_PORT_ID = 2;

    private final HttpSettings settings;
    private final Function<Vertx, Edge> edges;
    private final WorkerRoutes.Shared shared;
    private final IntConsumer port;

    GrpcVerticle(HttpSettings settings, Function<Vertx, Edge> edges, WorkerRoutes.Shared shared, IntConsumer port) {
        this.settings = settings;
        this.edges = edges;
        this.shared = shared;
        this.port = port;
    }

    @Override
    public Future<HttpServer> start() {
        Edge edge = edges.apply(vertx);
        GrpcRouter router = new GrpcRouter(edge, () -> shared.worker().state().isReady(), GrpcRouter::unknown);
        new GrpcRoutes(shared.worker(), shared.pool()).addTo(router::add);
        // A stream may be silent for as long as a request may take.
        return EdgeServer.createForCalls(edge, settings.maxRequestTimeout().plusSeconds(30), router::handle)
                .listen(
                        settings.grpcPort() == 0
                                ? SocketAddress.sharedRandomPort(FREE_PORT_ID, settings.host())
                                : SocketAddress.inetSocketAddress(settings.grpcPort(), settings.host()))
                .onSuccess(server -> port.accept(server.actualPort()));
    }
}
