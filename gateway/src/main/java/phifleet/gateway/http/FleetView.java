package phifleet.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import phifleet.common.IndexRoutes;
import phifleet.common.WorkerCard.HeldModel;
import phifleet.gateway.balance.FleetSnapshot;
import phifleet.gateway.balance.LatencyWindow.Quantiles;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.balance.WorkerState;
import phifleet.gateway.demand.FleetDemand;
import phifleet.gateway.http.metrics.GatewayMetrics;
import phifleet.gateway.http.metrics.Links;
import phifleet.gateway.http.probe.WorkerProbes;
import phifleet.gateway.http.routing.IndexRouting;
import phifleet.gateway.http.routing.ModelSplits;

/**
 * The fleet as {@code GET /fleet} and its events show it. The rates are taken between two calls of {@link #measure}; one
 * thread calls that, and the others what they like.
 */
final class FleetView {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WorkerDirectory directory;
    private final WorkerProbes probes;
    private final GatewayMetrics metrics;
    private final FleetDemand demand;
    private final ModelSplits splits;
    private final Identity identity;
    private final Clock clock;
    private final LongSupplier nanos;
    private volatile Map<Worker, Rate> rates = Map.of();

    /**
     * Who this gateway is.
     *
     * @param id unique among gateways
     * @param operable whether there is an admin key, by which operators act
     * @param links where else the fleet is shown
     */
    record Identity(String id, String version, Instant startedAt, boolean operable, Links links) {}

    private record Rate(long served, long atNanos, double perSecond) {}

    FleetView(
            WorkerDirectory directory,
            WorkerProbes probes,
            GatewayMetrics metrics,
            FleetDemand demand,
            ModelSplits splits,
            Identity identity,
            Clock clock,
            LongSupplier nanos) {
        this.directory = directory;
        this.probes = probes;
        this.metrics = metrics;
        this.demand = demand;
        this.splits = splits;
        this.identity = identity;
        this.clock = clock;
        this.nanos = nanos;
    }

    /** Takes the rates anew, over the time since the last call. */
    void measure() {
        Map<Worker, Rate> next = new HashMap<>();
        long now = nanos.getAsLong();
        for (Worker worker : directory.snapshot().workers()) {
            long served = worker.tally().served();
            Rate before = rates.get(worker);
            double perSecond =
                    before == null ? 0 : (served - before.served()) * 1e9 / Math.max(1, now - before.atNanos());
            next.put(worker, new Rate(served, now, perSecond));
        }
        rates = next;
    }

    /** The whole fleet. */
    ObjectNode fleet() {
        FleetSnapshot snapshot = directory.snapshot();
        ObjectNode fleet = JSON.createObjectNode();
        fleet.put("at", clock.instant().toString());
        fleet.set("gateway", gateway(snapshot));
        ArrayNode workers = fleet.putArray("workers");
        sorted(snapshot).forEach(worker -> workers.add(worker(worker)));
        return fleet;
    }

    static List<Worker> sorted(FleetSnapshot snapshot) {
        return snapshot.workers().stream()
                .sorted(Comparator.comparing((Worker worker) -> worker.card().id()))
                .toList();
    }

    /** The gateway's own part, and the sums over its workers. */
    ObjectNode gateway(FleetSnapshot snapshot) {
        ObjectNode gateway = JSON.createObjectNode();
        gateway.put("id", identity.id());
        gateway.put("version", identity.version());
        gateway.put("started_at", identity.startedAt().toString());
        gateway.put("operable", identity.operable());
        identity.links().write(gateway);
        splits.names().forEach(gateway.putArray("weights")::add);
        gateway.put("panic", snapshot.panic() && !snapshot.eligible().isEmpty());
        ObjectNode states = gateway.putObject("workers");
        for (WorkerState state : WorkerState.values()) {
            states.put(
                    state.label(),
                    snapshot.workers().stream()
                            .filter(worker -> worker.state() == state)
                            .count());
        }
        gateway.put("expected_workers", directory.expectedWorkers());
        directory.serviceReplicas().ifPresent(replicas -> gateway.put("service_replicas", replicas));
        gateway.put("vanished_workers", directory.vanishedWorkers());
        gateway.put("wanted_workers", demand.latest().wanted());
        gateway.put("waiting", demand.meter().waiting());
        gateway.put(
                "in_flight",
                snapshot.workers().stream().mapToInt(Worker::inFlight).sum());
        gateway.put("served", directory.tally().served());
        gateway.put("failed", metrics.failedAnswers());
        gateway.put("failed_attempts", directory.tally().failed());
        gateway.put(
                "requests_per_second",
                rounded(rates.values().stream().mapToDouble(Rate::perSecond).sum()));
        ObjectNode retries = gateway.putObject("retries");
        metrics.retries().forEach(retries::put);
        return gateway;
    }

    /** One worker. */
    ObjectNode worker(Worker worker) {
        ObjectNode view = JSON.createObjectNode();
        view.put("id", worker.card().id());
        view.put("url", worker.card().url().toString());
        view.put("version", worker.card().version());
        view.put("device", worker.card().device());
        view.put("capacity", worker.cap());
        view.set("models", models(worker));
        view.put("index", IndexRouting.keepsIndex(worker));
        view.put("state", worker.state().label());
        view.put("state_reason", worker.reason());
        view.put("state_seconds", TimeUnit.NANOSECONDS.toSeconds(directory.nanosInState(worker)));
        view.put("in_flight", worker.inFlight());
        view.put("served", worker.tally().served());
        view.put("failed", worker.tally().failed());
        view.put("abandoned", worker.tally().abandoned());
        Rate rate = rates.get(worker);
        view.put("requests_per_second", rate == null ? 0 : rounded(rate.perSecond()));
        Quantiles quantiles = worker.latency().quantiles();
        view.putObject("latency_ms")
                .put("p50", quantiles.p50())
                .put("p90", quantiles.p90())
                .put("p99", quantiles.p99())
                .put("count", quantiles.count());
        probes.readings(worker)
                .ifPresentOrElse(
                        readings -> {
                            view.put("node", readings.node());
                            view.set("gpu", readings.gpu());
                            view.set("queue", readings.queue());
                            view.set("absent", readings.absent());
                            view.set("on_demand", readings.onDemand());
                            view.set("resident_bytes", residentBytes(readings));
                            view.put(
                                    "readings_age_ms",
                                    TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - readings.atNanos()));
                        },
                        () -> view.putNull("node")
                                .putNull("gpu")
                                .putNull("queue")
                                .putNull("absent")
                                .putNull("on_demand")
                                .putNull("resident_bytes")
                                .putNull("readings_age_ms"));
        return view;
    }

    private static JsonNode residentBytes(WorkerProbes.Readings readings) {
        return readings.residentBytes() > 0
                ? JSON.getNodeFactory().numberNode(readings.residentBytes())
                : JSON.getNodeFactory().nullNode();
    }

    /** Until a worker has answered its card says what it holds, where an alias is a name like any other. */
    private JsonNode models(Worker worker) {
        Optional<JsonNode> said = probes.readings(worker).map(WorkerProbes.Readings::models);
        if (said.isPresent()) {
            return said.get();
        }
        ArrayNode models = JSON.createArrayNode();
        List<HeldModel> held = worker.models();
        for (HeldModel model : held == null ? List.<HeldModel>of() : held) {
            if (!model.name().equals(IndexRoutes.NAME)) {
                models.addObject().put("name", model.name()).put("kind", model.kind());
            }
        }
        return models;
    }

    /** The worker of that id is known no more. */
    ObjectNode removed(String id) {
        return JSON.createObjectNode().put("id", id);
    }

    /** Prometheus' HTTP service discovery. */
    ArrayNode targets() {
        ArrayNode groups = JSON.createArrayNode();
        for (Worker worker : sorted(directory.snapshot())) {
            // Whoever reads the list may show its workers the API key.
            if (worker.state() == WorkerState.GONE || !worker.trusted()) {
                continue;
            }
            ObjectNode group = groups.addObject();
            group.putArray("targets")
                    .add(worker.card().url().getHost() + ":"
                            + worker.card().url().getPort());
            group.putObject("labels")
                    .put("worker", worker.card().id())
                    .put("device", worker.card().device())
                    .put("version", worker.card().version())
                    .put("__metrics_path__", "/metrics");
        }
        return groups;
    }

    private static double rounded(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
