package phifleet.http.grpc;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import phifleet.common.Problem;
import phifleet.http.Edge;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.MediaTypes;
import phifleet.http.Route;
import phifleet.http.json.Excerpt;

/** The calls that a port for gRPC takes. Filled before it serves; for one event loop. */
public final class GrpcRouter {
    /** Of the health protocol of gRPC's own (github.com/grpc/grpc, doc/health-checking.md), which orchestrators speak. */
    private static final String HEALTH = "/grpc.health.v1.Health/Check";

    private static final Route OTHER = Route.call(Route.OTHER, Route.Access.KEY);
    private static final Route NO_CALL = Route.open(Route.OTHER);

    private final Edge edge;
    private final Endpoint others;
    private final Map<String, Call> calls = new HashMap<>();

    private record Call(Route route, Endpoint endpoint) {}

    /**
     * A router.
     *
     * @param healthy whether the program takes work
     * @param others takes the calls that nothing else does
     */
    public GrpcRouter(Edge edge, BooleanSupplier healthy, Endpoint others) {
        this.edge = edge;
        this.others = others;
        add(Route.call(HEALTH, Route.Access.OPEN), exchange -> {
            // The field `status`: 1 is SERVING, 2 NOT_SERVING.
            byte status = (byte) (healthy.getAsBoolean() ? 1 : 2);
            exchange.request()
                    .endHandler(ended -> GrpcFrames.answer(
                            exchange, GrpcFrames.prefix(2).appendByte((byte) 8).appendByte(status)));
        });
    }

    public void add(Route route, Endpoint endpoint) {
        calls.put(route.path(), new Call(route, endpoint));
    }

    /** Serves a request that came to the port. */
    public void handle(HttpServerRequest request) {
        if (!HttpMethod.POST.equals(request.method())
                || request.version() != HttpVersion.HTTP_2
                || !MediaTypes.isGrpc(request)) {
            edge.serve(NO_CALL, exchange -> exchange.refuse(noCall()), request);
            return;
        }
        String path = String.valueOf(request.path());
        Call call = calls.get(path);
        if (call == null) {
            edge.serve(OTHER, others, request);
        } else {
            edge.serve(call.route(), call.endpoint(), request);
        }
    }

    /** Refuses a call of a method that there is not. */
    public static void unknown(Exchange exchange) {
        exchange.refuse(Problem.of(
                501,
                "unknown_method",
                "there is no method "
                        + Excerpt.of(String.valueOf(exchange.request().path())),
                null));
    }

    private static Problem noCall() {
        return Problem.of(
                415,
                "unsupported_media_type",
                "this port takes gRPC calls: POST over HTTP/2 with Content-Type application/grpc",
                null);
    }

    /** A message with one flag, which is its first field, framed; protobuf leaves out what is false. */
    public static Buffer flag(boolean value) {
        return value ? GrpcFrames.prefix(2).appendByte((byte) 8).appendByte((byte) 1) : GrpcFrames.prefix(0);
    }
}
