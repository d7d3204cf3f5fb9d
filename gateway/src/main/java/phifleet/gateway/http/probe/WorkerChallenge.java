package phifleet.gateway.http.probe;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.common.FleetProof;
import phifleet.common.FleetSecret;
import phifleet.gateway.balance.Worker;

/** Asks a worker to prove that it belongs to the fleet; see {@link FleetProof}. For one event loop. */
public final class WorkerChallenge {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerChallenge.class);

    private final HttpClient client;
    private final @Nullable FleetSecret secret;
    private final Duration patience;
    private final Set<String> warned = new HashSet<>();

    /** @param secret null where no proof is asked */
    WorkerChallenge(HttpClient client, @Nullable FleetSecret secret, Duration patience) {
        this.client = client;
        this.secret = secret;
        this.patience = patience;
    }

    public static RequestOptions get(Worker worker, String path) {
        return new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(worker.card().url().getHost())
                .setPort(worker.card().url().getPort())
                .setURI(path);
    }

    /** Whether the worker has proven it; fails where it does not answer. */
    Future<Boolean> ask(Worker worker) {
        FleetSecret known = secret;
        return known == null
                ? Future.succeededFuture(true)
                : client.request(get(worker, FleetProof.PATH)).compose(request -> ask(worker, known, request));
    }

    private Future<Boolean> ask(Worker worker, FleetSecret known, HttpClientRequest request) {
        String challenge = FleetProof.newChallenge();
        SocketAddress peer = request.connection().remoteAddress();
        String address = peer.hostAddress() + ":" + peer.port();
        request.putHeader(FleetProof.CHALLENGE_HEADER, challenge)
                .putHeader(FleetProof.PROOF_HEADER, FleetProof.ofGateway(known, challenge, address));
        // Its own reset is told to it too.
        request.exceptionHandler(broken -> {});
        return request.send()
                .compose(answer -> answer.end().map(answer))
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(late -> request.reset())
                .map(answer -> {
                    boolean proven = FleetProof.isWorker(
                            known, challenge, worker.card().id(), address, answer.getHeader(FleetProof.PROOF_HEADER));
                    report(worker, answer.statusCode(), proven);
                    return proven;
                });
    }

    /** Once a worker, not once a second. */
    private void report(Worker worker, int status, boolean proven) {
        String id = worker.card().id();
        if (proven) {
            warned.remove(id);
        } else if (warned.add(id)) {
            LOG.warn(
                    "worker {} at {} cannot prove that it belongs to this fleet (status {}): nothing is sent to it;"
                            + " has it the same PHI_FLEET_SECRET?",
                    id,
                    worker.card().url(),
                    status);
        }
    }
}
