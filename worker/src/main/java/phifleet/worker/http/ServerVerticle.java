package phifleet.worker.http;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.SocketAddress;
import java.util.function.Function;
import java.util.function.IntConsumer;
import phifleet.http.Edge;

/** One event loop's share of a port. */
final class ServerVerticle extends VerticleBase {
    private final Port port;
    private final Function<Vertx, Edge> edges;
    private final Function<Edge, HttpServer> servers;
    private final IntConsumer listens;

    /**
     * The port that all instances of one deployment share.
     *
     * @param number 0 for a free one
     * @param freePortId names the free one among the ports of the process
     */
    record Port(String host, int number, int freePortId) {
        SocketAddress address() {
            return number == 0
                    ? SocketAddress.sharedRandomPort(freePortId, host)
                    : SocketAddress.inetSocketAddress(number, host);
        }
    }

    /**
     * For one event loop.
     *
     * @param servers makes a server that does not listen yet
     * @param listens hears the port's number
     */
    ServerVerticle(Port port, Function<Vertx, Edge> edges, Function<Edge, HttpServer> servers, IntConsumer listens) {
        this.port = port;
        this.edges = edges;
        this.servers = servers;
        this.listens = listens;
    }

    @Override
    public Future<HttpServer> start() {
        return servers.apply(edges.apply(vertx))
                .listen(port.address())
                .onSuccess(server -> listens.accept(server.actualPort()));
    }
}
