package phifleet.worker.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** One event loop's share of the server. */
final class ServerVerticle extends VerticleBase {
    /** Names the free port that all instances of one deployment share. */
    private static final int FREE_PORT_ID = 1;

    private final HttpSettings settings;
    private final Function<Vertx, WorkerRoutes> routes;
    private final IntConsumer port;

    ServerVerticle(HttpSettings settings, Function<Vertx, WorkerRoutes> routes, IntConsumer port) {
        this.settings = settings;
        this.routes = routes;
        this.port = port;
    }

    @Override
    public Future<HttpServer> start() {
        HttpServerOptions options = new HttpServerOptions()
                .setIdleTimeout(Math.toIntExact(settings.idleTimeout().toMillis()))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                // The body reader answers it, after its own checks.
                .setHandle100ContinueAutomatically(false)
                .setHttp2ClearTextEnabled(false)
                .setAcceptBacklog(1024)
                .setTcpNoDelay(true);
        WorkerRoutes own = routes.apply(vertx);
        return vertx.createHttpServer(options)
                .requestHandler(own.router())
                .invalidRequestHandler(own::invalid)
                .listen(
                        settings.port() == 0
                                ? SocketAddress.sharedRandomPort(FREE_PORT_ID, settings.host())
                                : SocketAddress.inetSocketAddress(settings.port(), settings.host()))
                .onSuccess(server -> port.accept(server.actualPort()));
    }
}
