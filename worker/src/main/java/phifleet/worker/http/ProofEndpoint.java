package phifleet.worker.http;

import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetProof;
import phifleet.common.FleetSecret;
import phifleet.common.Problem;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.worker.http.state.WorkerIdentity;

/** Proves to a gateway that has proven itself that this worker belongs to the fleet; see {@link FleetProof}. */
final class ProofEndpoint implements Endpoint {
    private final WorkerIdentity identity;

    ProofEndpoint(WorkerIdentity identity) {
        this.identity = identity;
    }

    @Override
    public void handle(Exchange exchange) {
        @Nullable FleetSecret secret = identity.secret();
        if (secret == null) {
            exchange.refuse(Problem.of(404, "no_secret", "this worker was given no fleet's secret", null));
            return;
        }
        SocketAddress here = exchange.request().localAddress();
        String address = here.hostAddress() + ":" + here.port();
        @Nullable String challenge = exchange.request().getHeader(FleetProof.CHALLENGE_HEADER);
        @Nullable String proof = exchange.request().getHeader(FleetProof.PROOF_HEADER);
        if (challenge == null || !FleetProof.isGateway(secret, challenge, address, proof)) {
            exchange.refuse(Problem.of(
                    403,
                    "not_of_this_fleet",
                    "only a gateway that knows the fleet's secret may ask for a proof",
                    null));
            return;
        }
        exchange.response()
                .putHeader(FleetProof.PROOF_HEADER, FleetProof.ofWorker(secret, challenge, identity.id(), address));
        exchange.answerEmpty(204);
    }
}
