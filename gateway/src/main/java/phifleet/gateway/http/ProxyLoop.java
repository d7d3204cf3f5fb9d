package phifleet.gateway.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import phifleet.gateway.balance.BalancingPolicy;
import phifleet.gateway.balance.Candidates;
import phifleet.gateway.balance.DirectoryListener;
import phifleet.gateway.balance.FleetSnapshot;
import phifleet.gateway.balance.RetryBudget;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerDirectory;

/**
 * The proxy of one event loop: its connections, its policy, and the requests that it has open. The directory, the counts
 * and the budget are shared by all loops.
 */
final class ProxyLoop implements DirectoryListener {
    /** How often open requests look at the clock, in milliseconds: one timer for all of them, not one each. */
    private static final int TICK_MILLIS = 20;

    /** After so long in waiting, a worker that failed the request may have it again, in nanoseconds. */
    private static final long PAUSE_BEFORE_SECOND_TRY = TimeUnit.MILLISECONDS.toNanos(200);

    /** What a request for text needs where it names no model. */
    private static final String TEXT_KIND = "sentence-encoder";

    /** How long a client whose body is refused may go on sending. */
    private static final int LINGER_MILLIS = 1_000;

    private final Vertx vertx;
    private final Shared shared;
    private final BalancingPolicy policy;
    private final Context context;
    private final HttpClient client;
    private final Set<Exchange> open = new LinkedHashSet<>();
    private final Map<Worker, SocketAddress> addresses = new HashMap<>();

    /** What all loops share. */
    record Shared(
            WorkerDirectory directory,
            RetryBudget budget,
            ProxySettings settings,
            GatewayMetrics metrics,
            LongSupplier nanos) {}

    /** Call on the event loop that it is for. */
    ProxyLoop(Vertx vertx, Shared shared, BalancingPolicy policy) {
        this.vertx = vertx;
        this.shared = shared;
        this.policy = policy;
        this.context = vertx.getOrCreateContext();
        this.client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout(Math.toIntExact(
                                shared.settings().connectTimeout().toMillis()))
                        .setKeepAliveTimeout(
                                Math.toIntExact(shared.settings().keepAlive().toSeconds()))
                        .setDecompressionSupported(false)
                        .setTcpNoDelay(true)
                        .setMaxHeaderSize(64 * 1024),
                // Leases bound what is in flight, so the pool never has to queue.
                new PoolOptions().setHttp1MaxSize(10_000).setMaxWaitQueueSize(1_000));
        vertx.setPeriodic(TICK_MILLIS, id -> tick());
        shared.directory().listen(this);
    }

    /** Serves one request. */
    void serve(HttpServerRequest request, Exchange.Route route, String requestId) {
        new Exchange(this, request, route, requestId).start();
    }

    /** The worker for a request; null where none can take it now. */
    @Nullable
    Worker pick(Exchange.Route route, RequestBody body, List<Worker> tried) {
        Worker pinned = route.pinned();
        if (pinned != null) {
            return pinned;
        }
        return policy.pick(new Candidates(candidates(route, body), tried));
    }

    /** Whether there are workers for a request, but each has all that it may have. */
    boolean full(Exchange.Route route, RequestBody body) {
        List<Worker> candidates = candidates(route, body);
        return !candidates.isEmpty() && candidates.stream().allMatch(worker -> worker.inFlight() >= worker.cap());
    }

    private List<Worker> candidates(Exchange.Route route, RequestBody body) {
        FleetSnapshot snapshot = shared.directory().snapshot();
        if (snapshot.uniform()) {
            return snapshot.eligible();
        }
        String path = route.path();
        String model = ModelName.inPath(path);
        if (model == null) {
            model = ModelName.inBody(body.head());
        }
        if (model != null) {
            return snapshot.holding(model);
        }
        return switch (path) {
            case "/embed", "/v1/embeddings", "/similarity", "/tokenize", "/decode" -> snapshot.holdingKind(TEXT_KIND);
            default -> snapshot.eligible();
        };
    }

    void connect(Worker worker, String uri, HttpMethod method, Attempt attempt) {
        client.request(new RequestOptions()
                        .setServer(addresses.computeIfAbsent(worker, ProxyLoop::addressOf))
                        .setHost(worker.card().url().getHost())
                        .setPort(worker.card().url().getPort())
                        .setMethod(method)
                        .setURI(uri))
                .onComplete(attempt::connected);
    }

    private static SocketAddress addressOf(Worker worker) {
        return SocketAddress.inetSocketAddress(
                worker.card().url().getPort(), worker.card().url().getHost());
    }

    @Override
    public void changed(FleetSnapshot snapshot) {
        context.runOnContext(on -> addresses.keySet().retainAll(Set.copyOf(snapshot.workers())));
    }

    @Override
    public void dead(Worker worker) {
        context.runOnContext(on -> copyOfOpen().forEach(exchange -> exchange.workerDied(worker)));
    }

    private void tick() {
        if (!open.isEmpty()) {
            long now = now();
            copyOfOpen().forEach(exchange -> exchange.tick(now));
        }
    }

    /** What a request does on its turn can close it, or others. */
    private List<Exchange> copyOfOpen() {
        return new ArrayList<>(open);
    }

    void opened(Exchange exchange) {
        open.add(exchange);
    }

    void closed(Exchange exchange) {
        open.remove(exchange);
    }

    /** Closes a client's connection a second from now. */
    void hangUpSoon(HttpServerRequest request) {
        vertx.setTimer(LINGER_MILLIS, id -> request.connection().close());
    }

    void served(long nanos) {
        shared.metrics().served(nanos);
    }

    void retried(String reason) {
        shared.metrics().retried(reason);
    }

    void refused(String code) {
        shared.metrics().refused(code);
    }

    /** Takes one retry from the budget; false where it is spent. */
    boolean tryRetry() {
        boolean taken = shared.budget().tryRetry();
        if (!taken) {
            shared.metrics().retryDenied();
        }
        return taken;
    }

    long pauseBeforeSecondTry() {
        return PAUSE_BEFORE_SECOND_TRY;
    }

    ProxySettings settings() {
        return shared.settings();
    }

    RetryBudget budget() {
        return shared.budget();
    }

    long now() {
        return shared.nanos().getAsLong();
    }
}
