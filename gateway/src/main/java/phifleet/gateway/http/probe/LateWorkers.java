package phifleet.gateway.http.probe;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.common.FleetChange;
import phifleet.common.FleetChanges;
import phifleet.common.FleetHeaders;
import phifleet.common.ModelRoutes;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.http.caller.ApiKey;

/**
 * Has workers that join later do what was done on all. Each worker says in its {@code /info} which changes of all workers it did; what
 * one did and another lacks, that one is asked for, one change at a time in their order. What it refuses it is not asked for again;
 * where it does not answer, after the next probe. For one event loop.
 */
public final class LateWorkers {
    private static final Logger LOG = LoggerFactory.getLogger(LateWorkers.class);

    private static final int CONNECT_MILLIS = 1_000;

    /** A large model takes its time to load. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final WorkerDirectory directory;
    private final FleetChanges changes;
    private final @Nullable ApiKey adminKey;
    private final HttpClient client;
    private final Set<Worker> underway = new HashSet<>();
    private final Map<Worker, Settled> settled = new WeakHashMap<>();

    /**
     * What a worker was asked for and answered.
     *
     * @param startedAt of the process that did, as it says it
     */
    private record Settled(String startedAt, Set<String> stamps) {}

    /**
     * @param changes those that any worker did
     * @param adminKey shown to workers; null where models stay as they are
     */
    public LateWorkers(Vertx vertx, WorkerDirectory directory, FleetChanges changes, @Nullable ApiKey adminKey) {
        this.directory = directory;
        this.changes = changes;
        this.adminKey = adminKey;
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS), new PoolOptions().setHttp1MaxSize(1));
    }

    /** Takes what a worker that is ready says of itself. */
    void heard(Worker worker, JsonNode info) {
        FleetChanges own = new FleetChanges();
        for (FleetChange change : read(info)) {
            own.add(change);
            changes.add(change);
        }
        if (adminKey == null || underway.contains(worker)) {
            return;
        }
        String startedAt = info.path("started_at").asText();
        Settled before = settled.get(worker);
        if (before == null || !before.startedAt().equals(startedAt)) {
            before = new Settled(startedAt, new HashSet<>());
            settled.put(worker, before);
        }
        Set<String> done = before.stamps();
        changes.inOrder().stream()
                .filter(change -> !own.covers(change) && !done.contains(change.stamp()))
                .findFirst()
                .ifPresent(change -> ask(worker, change, adminKey, done));
    }

    private void ask(Worker worker, FleetChange change, ApiKey key, Set<String> done) {
        underway.add(worker);
        JsonObject parameters = new JsonObject();
        if (change.config() != null) {
            parameters.put("config", change.config());
        }
        String path = ModelRoutes.REPOSITORY
                + URLEncoder.encode(change.model(), StandardCharsets.UTF_8).replace("+", "%20")
                + "/"
                + change.action().label();
        RequestOptions options = WorkerChallenge.get(worker, path)
                .setMethod(HttpMethod.POST)
                .putHeader("Content-Type", "application/json")
                .putHeader("Authorization", key.authorization())
                .putHeader(FleetHeaders.REQUEST_TIMEOUT_MS, Long.toString(PATIENCE.toMillis()))
                .putHeader(FleetHeaders.CHANGE, change.stamp());
        client.request(options)
                .compose(request -> Carrier.HTTP.ask(
                        request, new JsonObject().put("parameters", parameters).toBuffer(), PATIENCE.toMillis()))
                .onComplete(said -> {
                    underway.remove(worker);
                    if (said.succeeded()) {
                        answered(worker, change, said.result(), done);
                    }
                });
    }

    private void answered(Worker worker, FleetChange change, Carrier.Word word, Set<String> done) {
        String what = change.action().label() + " of model " + change.model();
        switch (word.status()) {
            case 200 -> {
                LOG.info("worker {} joined later and did the {}", worker.card().id(), what);
                done.add(change.stamp());
                directory.ask(worker);
            }
            // It is busy, starts or stops.
            case 408, 429, 502, 503, 504 -> {}
            default -> {
                LOG.warn(
                        "worker {} joined later and did not do the {}: {}",
                        worker.card().id(),
                        what,
                        word.reason());
                done.add(change.stamp());
            }
        }
    }

    private static List<FleetChange> read(JsonNode info) {
        List<FleetChange> read = new ArrayList<>();
        for (JsonNode change : info.path("changes")) {
            String stamp = change.path("stamp").asText();
            String model = change.path("name").asText();
            FleetChange.Action.labelled(change.path("action").asText())
                    .filter(action -> FleetChange.isStamp(stamp) && !model.isEmpty())
                    .map(action -> new FleetChange(
                            stamp, model, action, change.path("config").textValue()))
                    .ifPresent(read::add);
        }
        return read;
    }
}
