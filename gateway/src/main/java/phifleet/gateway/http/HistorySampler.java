package phifleet.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import phifleet.gateway.balance.FleetSnapshot;
import phifleet.gateway.balance.LatencyWindow.Quantiles;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.balance.WorkerState;
import phifleet.gateway.demand.Decision;
import phifleet.gateway.demand.FleetDemand;
import phifleet.gateway.history.FleetHistory;
import phifleet.gateway.history.Metric;
import phifleet.gateway.history.MetricSample;
import phifleet.gateway.history.ModelBook;
import phifleet.gateway.history.ModelInterval;
import phifleet.gateway.history.Subject;
import phifleet.gateway.http.metrics.GatewayMetrics;
import phifleet.gateway.http.probe.ModelNames;
import phifleet.gateway.http.probe.WorkerProbes;

/** Puts into the history, a step each, what the directory, the probes, the books of models and the demand say. For one thread. */
final class HistorySampler {
    private final WorkerDirectory directory;
    private final WorkerProbes probes;
    private final ModelBook models;
    private final GatewayMetrics metrics;
    private final FleetDemand demand;
    private final FleetHistory history;
    private final LongSupplier nanos;
    private Map<Worker, Counts> counted = new HashMap<>();
    private long failedAnswers;
    private long sampledAt;

    private record Counts(long served, long failed) {}

    HistorySampler(
            WorkerDirectory directory,
            WorkerProbes probes,
            ModelBook models,
            GatewayMetrics metrics,
            FleetDemand demand,
            FleetHistory history,
            LongSupplier nanos) {
        this.directory = directory;
        this.probes = probes;
        this.models = models;
        this.metrics = metrics;
        this.demand = demand;
        this.history = history;
        this.nanos = nanos;
        this.sampledAt = nanos.getAsLong();
    }

    /** Takes a sample where a step has begun; call once a second. */
    void tick() {
        if (history.isDue()) {
            sample();
        }
    }

    private void sample() {
        long now = nanos.getAsLong();
        double seconds = Math.max(1e-3, (now - sampledAt) / 1e9);
        sampledAt = now;
        FleetSnapshot fleet = directory.snapshot();
        List<Worker> workers = fleet.workers().stream()
                .filter(worker -> worker.state() != WorkerState.GONE)
                .toList();
        MetricSample sample = new MetricSample();
        Map<Worker, Counts> next = new HashMap<>();
        ModelNames names = new ModelNames();
        for (Worker worker : workers) {
            Subject subject = Subject.worker(worker.card().id());
            Counts counts = new Counts(worker.tally().served(), worker.tally().failed());
            Counts before = counted.getOrDefault(worker, counts);
            next.put(worker, counts);
            sample.add(subject, Metric.REQUESTS_PER_SECOND, (counts.served() - before.served()) / seconds);
            sample.add(subject, Metric.ERRORS_PER_SECOND, (counts.failed() - before.failed()) / seconds);
            sample.add(subject, Metric.IN_FLIGHT, worker.inFlight());
            Quantiles quantiles = worker.latency().quantiles();
            if (quantiles.count() > 0) {
                sample.add(subject, Metric.P50_MS, quantiles.p50());
                sample.add(subject, Metric.P99_MS, quantiles.p99());
            }
            probes.readings(worker).ifPresent(readings -> {
                readings(subject, readings, sample);
                names.add(readings);
            });
        }
        counted = next;
        names.addQueues(sample);
        long failed = metrics.failedAnswers();
        sample.add(Subject.FLEET, Metric.ERRORS_PER_SECOND, (failed - failedAnswers) / seconds);
        failedAnswers = failed;
        requests(models.take(names::idOf), names.held(), seconds, sample);
        models.takeVersions().forEach((version, interval) -> requests(version, interval, seconds, sample));
        demand(fleet.ready(), names, sample);
        history.take(sample);
    }

    private void demand(long ready, ModelNames names, MetricSample sample) {
        Decision latest = demand.latest();
        sample.add(Subject.FLEET, Metric.DEMAND_DEVICE_SECONDS, latest.terms().demand());
        sample.add(
                Subject.FLEET,
                Metric.SUPPLY_DEVICE_SECONDS,
                ready * latest.terms().capacity());
        Map<String, Double> asked = new HashMap<>();
        latest.kinds().forEach(kind -> asked.merge(names.idOf(kind.kind().model()), kind.asked(), Double::sum));
        asked.forEach((model, value) -> sample.add(Subject.model(model), Metric.DEMAND_DEVICE_SECONDS, value));
    }

    private static void readings(Subject subject, WorkerProbes.Readings readings, MetricSample sample) {
        sample.add(subject, Metric.QUEUE_DEPTH, number(readings.queue(), "depth"));
        if (readings.residentBytes() > 0) {
            sample.add(subject, Metric.RESIDENT_BYTES, (double) readings.residentBytes());
        }
        JsonNode gpu = readings.gpu();
        if (gpu == null) {
            return;
        }
        gpu(subject, gpu, sample);
        String uuid = gpu.path("uuid").asText("");
        if (!uuid.isEmpty()) {
            gpu(Subject.gpu(uuid), gpu, sample);
        }
    }

    private static void gpu(Subject subject, JsonNode gpu, MetricSample sample) {
        sample.add(subject, Metric.GPU_UTILIZATION_PERCENT, number(gpu, "utilization_percent"));
        sample.add(subject, Metric.GPU_MEMORY_USED_BYTES, number(gpu, "memory_used_bytes"));
        sample.add(subject, Metric.GPU_TEMPERATURE_CELSIUS, number(gpu, "temperature_celsius"));
        sample.add(subject, Metric.GPU_POWER_WATTS, number(gpu, "power_watts"));
    }

    /** NaN where nothing is said. */
    static double number(@Nullable JsonNode object, String field) {
        JsonNode value = object == null ? null : object.path(field);
        return value != null && value.isNumber() ? value.asDouble() : Double.NaN;
    }

    private static void requests(
            Map<String, ModelInterval> intervals, Set<String> held, double seconds, MetricSample sample) {
        held.stream().filter(model -> !intervals.containsKey(model)).forEach(idle -> {
            sample.add(Subject.model(idle), Metric.REQUESTS_PER_SECOND, 0);
            sample.add(Subject.model(idle), Metric.ERRORS_PER_SECOND, 0);
        });
        intervals.forEach((model, interval) -> requests(model, interval, seconds, sample));
        intervals.values().stream().reduce(ModelInterval::and).ifPresent(all -> latencies(Subject.FLEET, all, sample));
    }

    private static void requests(String model, ModelInterval interval, double seconds, MetricSample sample) {
        Subject subject = Subject.model(model);
        sample.add(subject, Metric.REQUESTS_PER_SECOND, interval.requests() / seconds);
        sample.add(subject, Metric.ERRORS_PER_SECOND, interval.failed() / seconds);
        latencies(subject, interval, sample);
    }

    private static void latencies(Subject subject, ModelInterval interval, MetricSample sample) {
        sample.add(subject, Metric.P50_MS, interval.quantile(50));
        sample.add(subject, Metric.P99_MS, interval.quantile(99));
    }
}
