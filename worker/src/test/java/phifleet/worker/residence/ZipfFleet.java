package phifleet.worker.residence;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.common.CopyBounds;
import phifleet.common.WorkerCard;
import phifleet.common.WorkerCard.HeldModel;
import phifleet.gateway.balance.DirectorySettings;
import phifleet.gateway.balance.LoadableModel;
import phifleet.gateway.balance.LoadableModel.Nearness;
import phifleet.gateway.balance.Probe;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.inference.ServedModel;
import phifleet.inference.model.ModelSpec;
import phifleet.worker.http.state.OnDemand;

/**
 * More models than a fleet holds, asked for as often as Zipf's law has it: gateways' own placement, each by what it heard of the workers up
 * to a second ago, over the workers' own loads and evictions, in virtual time. Deterministic by seed.
 */
final class ZipfFleet {
    /**
     * What is simulated.
     *
     * @param room models that a worker holds
     * @param zipf the law's exponent
     * @param perSecond requests of all, at random
     * @param seconds for how long they come
     * @param graceSeconds until then popularity is not known and the workers are empty, so that hits are not counted
     */
    record Setup(
            int models,
            int workers,
            int room,
            int gateways,
            double zipf,
            double perSecond,
            long seconds,
            long graceSeconds) {
        /** A thousand models, of which the fleet holds a fifth. */
        static final Setup USUAL = new Setup(1_000, 8, 24, 1, 1.1, 40, 600, 240);

        Setup ofWorkers(int count, int gatewayCount) {
            return new Setup(models, count, room, gatewayCount, zipf, perSecond, seconds, graceSeconds);
        }
    }

    /**
     * What came of it.
     *
     * @param asked requests
     * @param served requests
     * @param counted requests after the grace
     * @param hits of these that found their model loaded where they were sent
     * @param best of these that would have by the best choice of models that stays, made by one who knows how popular each is
     * @param twice loads of a model that another worker held
     * @param longestWaitMs for a load
     */
    record Outcome(int asked, int served, int counted, int hits, int best, int loads, int twice, long longestWaitMs) {
        double hitRate() {
            return (double) hits / counted;
        }

        double bestRate() {
            return (double) best / counted;
        }
    }

    private static final long MB = 1 << 20;
    private static final Duration LOAD = Duration.ofMillis(500);
    private static final Duration DRAIN = Duration.ofMillis(100);
    private static final long SECOND = 1_000_000_000L;

    private final Setup setup;
    private final Random random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final List<WorkerDirectory> gateways = new ArrayList<>();
    private final Map<String, Simulated> workers = new LinkedHashMap<>();
    private final List<Double> cumulated = new ArrayList<>();
    private long now = 1;
    private long number;
    private int asked;
    private int served;
    private int hits;
    private int best;
    private int counted;
    private int loads;
    private int twice;
    private long longestWait;

    private record Event(long at, long number, Runnable what) {}

    private void in(long nanos, Runnable what) {
        events.add(new Event(now + Math.max(0, nanos), number++, what));
    }

    /** A worker's own loads and evictions, whose one thread is busy while it loads. */
    private final class Simulated implements DemandLoads {
        final WorkerCard card;
        final Map<String, IdleModel> loaded = new LinkedHashMap<>();

        /** When each one's load ends. */
        final Map<String, Long> readyAt = new HashMap<>();

        final DemandedModels models;
        long busyUntil;

        Simulated(int index, List<Shelf.Dormant> dormant, LoadHistory history) {
            this.card = new WorkerCard(
                    "worker-" + index, URI.create("http://10.0.0." + (index + 1) + ":8000"), List.of(), "1", "cpu");
            this.models = new DemandedModels(
                    dormant,
                    setup.room() * MB,
                    history,
                    new DemandMetrics(new SimpleMeterRegistry()),
                    this::clock,
                    this);
        }

        private long clock() {
            return Math.max(now, busyUntil);
        }

        /** A step of its thread. */
        private void step(long pause, Runnable step) {
            in(Math.max(pause, busyUntil - now), () -> {
                if (busyUntil > now) {
                    step(0, step);
                } else {
                    step.run();
                }
            });
        }

        @Override
        public Optional<ModelSpec> find(String id) {
            return Optional.of(IdleModel.spec(id, MB));
        }

        @Override
        public void fetch(String id, Consumer<@Nullable Exception> done) {
            throw new AssertionError("all files are here");
        }

        @Override
        public void load(String id, boolean inTwoForms) {
            busyUntil = clock() + LOAD.toNanos();
            loads++;
            twice += workers.values().stream().anyMatch(other -> other.loaded.containsKey(id)) ? 1 : 0;
            IdleModel model = new IdleModel(id);
            readyAt.put(id, busyUntil);
            loaded.put(id, model);
            models.loaded(model, LOAD);
        }

        @Override
        public void settle(String id, Runnable done) {
            throw new AssertionError("all are loaded in one form");
        }

        @Override
        public void dismiss(String id) {
            models.left(id);
            loaded.remove(id);
            step(DRAIN.toNanos(), () -> models.closed(id));
        }

        @Override
        public List<ServedModel> served() {
            return List.copyOf(loaded.values());
        }

        @Override
        public boolean isStopping() {
            return false;
        }

        @Override
        public void run(Runnable step) {
            step(0, step);
        }

        @Override
        public void later(Duration pause, Runnable step) {
            step(pause.toNanos(), step);
        }

        void request(String id, long since, boolean counts) {
            IdleModel model = loaded.get(id);
            if (model != null) {
                model.started().incrementAndGet();
                served++;
                // One that has yet to be loaded to its end is waited for.
                long ready = readyAt.getOrDefault(id, now);
                hits += counts && ready <= now ? 1 : 0;
                longestWait = Math.max(longestWait, Math.max(now, ready) - since);
                return;
            }
            OnDemand.Call call = models.call(id, now + 60 * SECOND).orElseThrow();
            if (call instanceof OnDemand.Call.Coming coming) {
                coming.done().thenRun(() -> in(0, () -> request(id, since, false)));
            }
        }
    }

    private static Nearness nearness(OnDemand.Standing model) {
        return switch (model.state()) {
            case LOADING, READY, DOWNLOADING -> Nearness.LOADING;
            case ON_DISK -> model.hasRoom() ? Nearness.ROOM : Nearness.CROWDED;
            case DRAINING -> Nearness.CROWDED;
            case ABSENT -> Nearness.ABSENT;
        };
    }

    /** As the gateway reads what each worker says of itself. */
    private void probe(WorkerDirectory directory) {
        for (Worker worker : directory.snapshot().workers()) {
            Simulated there =
                    Optional.ofNullable(workers.get(worker.card().id())).orElseThrow();
            List<HeldModel> held = there.loaded.keySet().stream()
                    .map(id -> new HeldModel(id, "tensors"))
                    .toList();
            List<LoadableModel> loadable = there.models.standings().stream()
                    .map(model -> new LoadableModel(model.id(), model.id(), model.kind(), nearness(model)))
                    .toList();
            directory.probed(worker, Probe.READY);
            directory.holds(worker, held, loadable);
        }
        in(SECOND, () -> probe(directory));
    }

    private int rank() {
        double at = random.nextDouble() * cumulated.getLast();
        int rank = 0;
        while (cumulated.get(rank) < at) {
            rank++;
        }
        return rank;
    }

    private void arrive() {
        if (now > setup.seconds() * SECOND) {
            return;
        }
        int rank = rank();
        String model = "m" + rank;
        boolean counts = now > setup.graceSeconds() * SECOND;
        asked++;
        counted += counts ? 1 : 0;
        best += counts && rank < setup.workers() * setup.room() ? 1 : 0;
        WorkerDirectory directory = gateways.get(asked % gateways.size());
        List<Worker> holders = directory.snapshot().holding(model, all -> true);
        Worker chosen = holders.get(random.nextInt(holders.size()));
        Optional.ofNullable(workers.get(chosen.card().id())).orElseThrow().request(model, now, counts);
        in((long) (-Math.log(1 - random.nextDouble()) / setup.perSecond() * SECOND), this::arrive);
    }

    private ZipfFleet(Setup setup, long seed) {
        this.setup = setup;
        this.random = new Random(seed);
    }

    static Outcome run(Setup setup, long seed) {
        return new ZipfFleet(setup, seed).run();
    }

    private Outcome run() {
        double sum = 0;
        LoadHistory history = new LoadHistory();
        List<Shelf.Dormant> dormant = new ArrayList<>();
        for (int rank = 0; rank < setup.models(); rank++) {
            sum += Math.pow(rank + 1, -setup.zipf());
            cumulated.add(sum);
            ModelSpec spec = IdleModel.spec("m" + rank, MB);
            dormant.add(new Shelf.Dormant(spec.id(), List.of(), null, spec, "", false, null, false, CopyBounds.ANY));
            history.loaded(spec.id(), ModelFiles.kind(spec), MB, MB, LOAD);
        }
        for (int i = 0; i < setup.workers(); i++) {
            Simulated worker = new Simulated(i, dormant, history);
            workers.put(worker.card.id(), worker);
            worker.models.start();
        }
        for (int i = 0; i < setup.gateways(); i++) {
            WorkerDirectory directory = new WorkerDirectory(DirectorySettings.DEFAULT, () -> this.now);
            gateways.add(directory);
            directory.members(
                    workers.values().stream().map(worker -> worker.card).toList());
            probe(directory);
            // From now on each asks at moments of its own.
            now += SECOND / setup.gateways();
        }
        arrive();
        while (!events.isEmpty() && events.element().at() < (setup.seconds() + 90) * SECOND) {
            Event next = events.remove();
            now = Math.max(now, next.at());
            next.what().run();
        }
        return new Outcome(asked, served, counted, hits, best, loads, twice, longestWait / 1_000_000);
    }
}
