package phifleet.gateway.http;

import java.util.List;
import java.util.function.BooleanSupplier;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.balance.WorkerState;
import phifleet.gateway.http.operator.FleetModels;
import phifleet.gateway.http.proxy.ProxyLoop;
import phifleet.gateway.http.routing.GrpcModelName;
import phifleet.gateway.http.routing.RequestTarget;
import phifleet.http.Edge;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.Route;
import phifleet.http.dialect.Dialects;
import phifleet.http.grpc.GrpcFrames;
import phifleet.http.grpc.GrpcRouter;

/**
 * What each gRPC call means: the gateway's own health, what every worker is asked to do, and the proxy for all others. One instance
 * an event loop.
 */
record CallRoutes(Edge edge, GatewayProgram program, WorkerDirectory directory, FleetModels models, ProxyLoop proxy) {
    GrpcRouter router() {
        GrpcRouter router = new GrpcRouter(edge, this::ready, this::pass);
        router.add(Route.call(Dialects.INFERENCE_SERVICE + "ServerLive", Route.Access.KEY), says(() -> true));
        router.add(Route.call(Dialects.INFERENCE_SERVICE + "ServerReady", Route.Access.KEY), says(this::ready));
        for (String method : List.of("RepositoryModelLoad", "RepositoryModelUnload")) {
            router.add(Route.call(Dialects.INFERENCE_SERVICE + method, Route.Access.ADMIN), models);
        }
        return router;
    }

    private static Endpoint says(BooleanSupplier flag) {
        return exchange -> exchange.request()
                .endHandler(ended -> GrpcFrames.answer(exchange, GrpcRouter.flag(flag.getAsBoolean())));
    }

    private boolean ready() {
        return !program.isDraining()
                && directory.snapshot().workers().stream()
                        .anyMatch(worker -> worker.state() == WorkerState.READY && worker.grpcPort() > 0);
    }

    private void pass(Exchange exchange) {
        String path = String.valueOf(exchange.request().path());
        if (GrpcModelName.isCall(path)) {
            proxy.serve(exchange, new RequestTarget(path, path, null));
        } else {
            GrpcRouter.unknown(exchange);
        }
    }
}
