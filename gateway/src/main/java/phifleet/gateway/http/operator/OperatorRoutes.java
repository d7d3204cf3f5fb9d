package phifleet.gateway.http.operator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import phifleet.http.Edge;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.Route;
import phifleet.http.dialect.Problems;
import phifleet.http.endpoint.OtherMethods;
import phifleet.http.json.JsonOutput;

/** What operators ask of the gateway itself, behind the admin key. One instance an event loop. */
public final class OperatorRoutes {
    private static final String USAGE = "/fleet/usage";

    private final Edge edge;
    private final Endpoint workers;
    private final Endpoint weights;
    private final UsageView usage;
    private final Endpoint read = new OtherMethods(List.of(HttpMethod.GET));
    private final Endpoint post = new OtherMethods(List.of(HttpMethod.POST));

    public OperatorRoutes(Edge edge, Endpoint workers, Endpoint weights, UsageView usage) {
        this.edge = edge;
        this.workers = workers;
        this.weights = weights;
        this.usage = usage;
    }

    private void usage(Exchange exchange) {
        exchange.answer(200, JsonOutput.MEDIA_TYPE, Buffer.buffer(usage.now().toString()));
    }

    /** Whether a path is one of these, or one that only gateways ask workers for. */
    public boolean takes(String path) {
        return path.startsWith(WorkerActions.PREFIX)
                || path.equals(CordonCalls.PATH)
                || path.equals(USAGE)
                || WeightsEndpoint.takes(path);
    }

    public void handle(HttpServerRequest request) {
        if (USAGE.equals(request.path())) {
            boolean asked =
                    request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
            edge.serve(Route.admin(HttpMethod.GET, USAGE), asked ? this::usage : read, request);
            return;
        }
        if (WeightsEndpoint.takes(String.valueOf(request.path()))) {
            edge.serve(Route.otherAdmin(WeightsEndpoint.PREFIX), weights, request);
            return;
        }
        boolean posted = request.method().equals(HttpMethod.POST);
        if (CordonCalls.PATH.equals(request.path())) {
            edge.serve(Route.otherAdmin(CordonCalls.PATH), exchange -> exchange.refuse(Problems.notFound()), request);
            return;
        }
        edge.serve(Route.otherAdmin(WorkerActions.PREFIX), posted ? workers : post, request);
    }
}
