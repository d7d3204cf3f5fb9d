package phifleet.gateway.http;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import phifleet.http.Edge;
import phifleet.http.Endpoint;
import phifleet.http.OtherMethods;
import phifleet.http.Route;
import phifleet.http.dialect.Problems;

/** What operators ask of the gateway itself, behind the admin key. One instance an event loop. */
final class OperatorRoutes {
    private final Edge edge;
    private final Endpoint workers;
    private final Endpoint post = new OtherMethods(List.of(HttpMethod.POST));

    OperatorRoutes(Edge edge, Endpoint workers) {
        this.edge = edge;
        this.workers = workers;
    }

    /** Whether a path is one of these, or one that only gateways ask workers for. */
    boolean takes(String path) {
        return path.startsWith(WorkerActions.PREFIX) || path.equals(CordonCalls.PATH);
    }

    void handle(HttpServerRequest request) {
        boolean posted = request.method().equals(HttpMethod.POST);
        if (CordonCalls.PATH.equals(request.path())) {
            edge.serve(Route.otherAdmin(CordonCalls.PATH), exchange -> exchange.refuse(Problems.notFound()), request);
            return;
        }
        edge.serve(Route.otherAdmin(WorkerActions.PREFIX), posted ? workers : post, request);
    }
}
