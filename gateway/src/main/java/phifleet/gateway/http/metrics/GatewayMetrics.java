package phifleet.gateway.http.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import phifleet.gateway.balance.FleetSnapshot;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.balance.WorkerState;
import phifleet.gateway.demand.Decision;
import phifleet.gateway.demand.FleetDemand;
import phifleet.gateway.demand.KindDemand;
import phifleet.http.Connections;
import phifleet.http.caller.Callers;
import phifleet.process.ResidentMemory;

/** What the gateway counts, in Prometheus' text form. Safe from every thread. */
public final class GatewayMetrics implements AutoCloseable {
    private static final List<String> RETRIES = List.of("connect", "cut_off", "refused");
    private static final List<String> GRAVE_REFUSALS =
            List.of("no_worker", "worker_failed", "fleet_overloaded", "deadline_exceeded");

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Timer latency;
    private final MultiGauge inFlight;
    private final MultiGauge states;
    private final MultiGauge demand;
    private volatile @Nullable FleetDemand asked;
    private volatile @Nullable KeyMetrics keys;
    private final CounterByWorker served;
    private final CounterByWorker failed;
    private final CounterByReason retries;
    private final CounterByReason refused;
    private final Counter retriesDenied;
    private final Counter failedAnswers;

    public GatewayMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
        collections.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        Gauge.builder("process.resident.memory.bytes", ResidentMemory::bytes)
                .description("What the process takes of the machine's memory")
                .register(registry);
        latency = Timer.builder("proxy.latency")
                .description("From a request's arrival to its answer's end")
                .serviceLevelObjectives(
                        Arrays.stream(new long[] {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000, 20_000})
                                .mapToObj(Duration::ofMillis)
                                .toArray(Duration[]::new))
                .register(registry);
        inFlight = gauge("proxy.in.flight", "Requests in flight on a worker from this gateway");
        demand = gauge(
                "fleet.demand.device.seconds",
                "Seconds of a worker's device that are asked a second, by model; elsewhere for what other gateways pass on");
        states = gauge("fleet.workers", "Workers by state");
        served = new CounterByWorker(
                registry,
                "proxy.served",
                "Requests that a worker answered for this gateway",
                worker -> worker.tally().served());
        failed = new CounterByWorker(
                registry,
                "proxy.failed",
                "Requests that a worker failed, whether or not another answered them",
                worker -> worker.tally().failed());
        failedAnswers = Counter.builder("proxy.answers.failed")
                .description("Requests whose client got a 5xx, or half an answer")
                .register(registry);
        // Known from the start: in a counter that first shows up at 1, nobody sees that it has grown.
        retries = new CounterByReason(registry, "proxy.retries", "Requests sent to another worker", RETRIES);
        refused = new CounterByReason(
                registry,
                "proxy.refused",
                "Requests that the gateway answered with a problem of its own, by its code",
                GRAVE_REFUSALS);
        retriesDenied = Counter.builder("proxy.retries.denied")
                .description("Retries that the budget did not allow")
                .register(registry);
    }

    /** Shows how many clients there are. */
    public void bind(Connections connections) {
        Gauge.builder("http.connections", connections, Connections::open)
                .description("Connections of clients that are open")
                .register(registry);
    }

    /** Shows what only the directory knows. */
    public void bind(WorkerDirectory directory) {
        Gauge.builder("fleet.workers.expected", directory, WorkerDirectory::expectedWorkers)
                .description("Workers that there should be")
                .register(registry);
        FunctionCounter.builder("fleet.workers.vanished", directory, WorkerDirectory::vanishedWorkers)
                .description("Workers that went without leaving the fleet first")
                .register(registry);
    }

    /** Names the address of the fleet's page, which a dashboard then leads to; nothing where none is set. */
    public void bind(Links links) {
        if (!links.page().isEmpty()) {
            Gauge.builder("fleet.page", () -> 1)
                    .description("The address of the fleet's page, in url")
                    .tag("url", links.page())
                    .register(registry);
        }
    }

    /** Shows how many workers the fleet wants, and for what. */
    public void bind(FleetDemand demand) {
        Gauge.builder("fleet.wanted.workers", demand, of -> of.latest().wanted())
                .description("Workers that the fleet wants for what is asked of it")
                .register(registry);
        Gauge.builder(
                        "fleet.backlog.device.seconds",
                        demand,
                        of -> of.latest().terms().backlog())
                .description("Seconds of a worker's device that the requests in hand will take")
                .register(registry);
        Gauge.builder("fleet.worker.capacity", demand, of -> of.latest().terms().capacity())
                .description("Seconds of its device that a worker gives a second, measured")
                .register(registry);
        Gauge.builder("proxy.waiting", demand, of -> of.meter().waiting())
                .description("Requests that no worker has taken yet")
                .register(registry);
        asked = demand;
    }

    /** Shows who asks for how much. */
    public void bind(Callers callers) {
        keys = new KeyMetrics(registry, callers);
    }

    private void demand() {
        FleetDemand from = asked;
        if (from == null) {
            return;
        }
        Decision latest = from.latest();
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        for (KindDemand kind : latest.kinds()) {
            rows.add(MultiGauge.Row.of(
                    Tags.of(
                            "model",
                            kind.kind().model(),
                            "priority",
                            kind.kind().priority()),
                    kind.asked()));
        }
        rows.add(MultiGauge.Row.of(
                Tags.of("model", "(elsewhere)", "priority", "none"),
                latest.terms().others()));
        demand.register(rows, true);
    }

    private MultiGauge gauge(String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    public void served(long nanos) {
        latency.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** How many retries there were, by reason. */
    public Map<String, Long> retries() {
        return retries.counts();
    }

    public void retried(String reason) {
        retries.increment(reason);
    }

    public void retryDenied() {
        retriesDenied.increment();
    }

    /** A request ended with a 5xx, or half an answer. */
    public void answerFailed() {
        failedAnswers.increment();
    }

    public long failedAnswers() {
        return (long) failedAnswers.count();
    }

    /** A request got the gateway's own error in place of a worker's answer. The code is one of a fixed few. */
    public void refused(String code) {
        refused.increment(code);
    }

    /** The text that Prometheus reads, with the workers as the snapshot has them. */
    public String scrape(FleetSnapshot snapshot) {
        demand();
        KeyMetrics byKey = keys;
        if (byKey != null) {
            byKey.update();
        }
        byWorker(inFlight, snapshot, Worker::inFlight);
        served.update(snapshot);
        failed.update(snapshot);
        states.register(
                Arrays.stream(WorkerState.values())
                        .map(state -> MultiGauge.Row.of(
                                Tags.of(Tag.of("state", state.label())),
                                snapshot.workers().stream()
                                        .filter(worker -> worker.state() == state)
                                        .count()))
                        .toList(),
                true);
        return registry.scrape();
    }

    private static void byWorker(MultiGauge gauge, FleetSnapshot snapshot, ToDoubleFunction<Worker> value) {
        gauge.register(
                snapshot.workers().stream()
                        .map(worker -> MultiGauge.Row.of(
                                Tags.of(Tag.of("worker", worker.card().id())), value.applyAsDouble(worker)))
                        .toList(),
                true);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
