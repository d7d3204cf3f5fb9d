package phifleet.gateway.http.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import phifleet.common.CopyWishes;
import phifleet.common.FleetHeaders;
import phifleet.common.FleetSecret;
import phifleet.gateway.balance.DirectoryListener;
import phifleet.gateway.balance.FleetSnapshot;
import phifleet.gateway.balance.Probe;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.balance.WorkerState;

/**
 * Probes each worker's {@code /info} once a second: does it answer, is it ready, what does it hold, what do its GPU and its queue say. A worker
 * that comes, goes or breaks a connection is probed at once. One probe a worker at a time, bounded in time and length. A worker
 * that has yet to prove that it belongs to the fleet is sent a challenge first, and nothing else.
 */
public final class WorkerProbes implements DirectoryListener {
    private static final long PERIOD_MILLIS = 1_000;

    /** A worker that takes longer has missed the probe. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final int MAX_INFO_BYTES = 256 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WorkerDirectory directory;
    private final LongSupplier nanos;
    private final @Nullable String apiKey;
    private final Context context;
    private final HttpClient client;
    private final WorkerChallenge challenge;
    private final LateWorkers late;
    private final Set<Worker> underway = new HashSet<>();
    private final Map<Worker, Readings> readings = new ConcurrentHashMap<>();
    private int turn;
    private boolean closed;

    /**
     * What a worker said of itself.
     *
     * @param node the machine that it runs on; null where it does not say
     * @param gpu its GPU object; null where it has none
     * @param queue its queue object; null where it says nothing of it
     * @param models what it holds, each once with its aliases; null where it says nothing of it
     * @param absent what it knows and does not serve, as its list has it; null where it says nothing of it
     * @param onDemand what it loads when a request names it, as people are shown it; null where there is none
     * @param residentBytes of its process; 0 where it says nothing of it
     * @param atNanos on the gateway's clock
     */
    public record Readings(
            @Nullable String node,
            @Nullable JsonNode gpu,
            @Nullable JsonNode queue,
            @Nullable JsonNode models,
            @Nullable JsonNode absent,
            @Nullable JsonNode onDemand,
            long residentBytes,
            long atNanos) {}

    /** Starts probing. Call on the event loop that it is for. */
    public WorkerProbes(
            Vertx vertx,
            WorkerDirectory directory,
            LongSupplier nanos,
            @Nullable String apiKey,
            @Nullable FleetSecret secret,
            LateWorkers late) {
        this.late = late;
        this.directory = directory;
        this.nanos = nanos;
        this.apiKey = apiKey;
        this.context = vertx.getOrCreateContext();
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(Math.toIntExact(PATIENCE.toMillis())),
                new PoolOptions().setHttp1MaxSize(1));
        this.challenge = new WorkerChallenge(client, secret, PATIENCE);
        vertx.setPeriodic(PERIOD_MILLIS, id -> directory.snapshot().workers().forEach(this::probe));
        directory.listen(this);
        changed(directory.snapshot());
    }

    /** Probes no more: the client ends with its event loop, while what was seen on others may still ask for a probe. */
    public void close() {
        closed = true;
    }

    /** The worker's latest readings; empty where there never were any. */
    public Optional<Readings> readings(Worker worker) {
        return Optional.ofNullable(readings.get(worker));
    }

    @Override
    public void changed(FleetSnapshot snapshot) {
        context.runOnContext(on -> {
            readings.keySet().retainAll(Set.copyOf(snapshot.workers()));
            for (Worker worker : snapshot.workers()) {
                if (worker.state() == WorkerState.JOINING || worker.state() == WorkerState.DRAINING) {
                    probe(worker);
                }
            }
        });
    }

    @Override
    public void doubted(Worker worker) {
        context.runOnContext(on -> probe(worker));
    }

    private void probe(Worker worker) {
        if (closed || worker.state() == WorkerState.GONE || !underway.add(worker)) {
            return;
        }
        int asked = worker.incarnation();
        long askedAt = nanos.getAsLong();
        Future<Probe> probe = worker.trusted()
                ? info(worker)
                : challenge
                        .ask(worker)
                        .compose(proven -> proven ? info(worker) : Future.succeededFuture(Probe.UNPROVEN));
        probe.onComplete(result -> {
            underway.remove(worker);
            if (asked != worker.incarnation()) {
                // Whoever answered is not who stands there now.
                probe(worker);
                return;
            }
            directory.probed(worker, result.succeeded() ? result.result() : silence(result.cause()), askedAt);
        });
    }

    private Future<Probe> info(Worker worker) {
        long askedAt = nanos.getAsLong();
        RequestOptions options = WorkerChallenge.get(worker, "/info");
        if (apiKey != null) {
            options.putHeader("Authorization", "Bearer " + apiKey);
        }
        CopyWishes wishes = worker.wishes();
        if (!wishes.isEmpty() && worker.trusted()) {
            turn = (turn + 1) & Integer.MAX_VALUE;
            options.putHeader(FleetHeaders.COPIES, wishes.text(turn));
        }
        return client.request(options).compose(request -> {
            // Its own reset is told to it too.
            request.exceptionHandler(broken -> {});
            Future<Probe> read = request.send().compose(answer -> read(worker, answer, askedAt));
            return read.timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).onFailure(late -> request.reset());
        });
    }

    private static Probe silence(Throwable cause) {
        return cause instanceof ConnectException && refused(cause) ? Probe.ABSENT : Probe.SILENT;
    }

    private static boolean refused(Throwable cause) {
        String message = cause.getMessage();
        return message != null && message.contains("refused");
    }

    private Future<Probe> read(Worker worker, HttpClientResponse answer, long askedAt) {
        Buffer body = Buffer.buffer();
        answer.handler(chunk -> {
            if (body.length() + chunk.length() <= MAX_INFO_BYTES) {
                body.appendBuffer(chunk);
            }
        });
        return answer.end().map(end -> {
            if (answer.statusCode() == 503) {
                return Probe.REFUSING;
            }
            // Any other answer is one: a worker that keeps its /info to itself may still serve.
            return answer.statusCode() == 200 ? understand(worker, body, askedAt) : Probe.READY;
        });
    }

    private Probe understand(Worker worker, Buffer body, long askedAt) {
        try {
            JsonNode info = JSON.readTree(body.getBytes());
            readings.put(
                    worker,
                    new Readings(
                            info.path("node").textValue(),
                            object(info, "gpu"),
                            object(info, "queue"),
                            HeldModels.shown(info).orElse(null),
                            object(info, "absent"),
                            HeldModels.onDemandShown(info),
                            Math.max(0, info.path("resident_bytes").asLong()),
                            nanos.getAsLong()));
            directory.versions(worker, HeldModels.versions(info));
            HeldModels.read(info).ifPresent(models -> directory.holds(worker, models, HeldModels.loadable(info)));
            directory.cordoned(worker, !info.path("cordon").asText("open").equals("open"), askedAt);
            int grpcPort = info.path("grpc_port").asInt(0);
            worker.grpcPort(grpcPort > 0 && grpcPort <= 65_535 ? grpcPort : 0);
            String status = info.path("status").asText("ready");
            boolean ready = status.equals("ready") || status.equals("ok");
            if (ready) {
                late.heard(worker, info);
            }
            return ready ? Probe.READY : Probe.REFUSING;
        } catch (IOException e) {
            return Probe.READY;
        }
    }

    private static @Nullable JsonNode object(JsonNode info, String field) {
        JsonNode value = info.path(field);
        return value.isObject() || value.isArray() ? value : null;
    }
}
