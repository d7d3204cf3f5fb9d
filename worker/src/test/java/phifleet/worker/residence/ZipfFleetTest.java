package phifleet.worker.residence;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
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
 * A thousand models on eight workers that hold a fifth of them, asked for as often as Zipf's law has it: the gateway's own placement
 * over the workers' own loads and evictions, in virtual time.
 */
class ZipfFleetTest {
    private static final int MODELS = 1_000;
    private static final int WORKERS = 8;
    private static final int ROOM = 24;
    private static final double ZIPF = 1.1;
    private static final double PER_SECOND = 40;
    private static final long SECONDS = 600;

    /** Until then popularity is not known, and the workers are empty. */
    private static final long GRACE_SECONDS = 240;

    private static final long MB = 1 << 20;
    private static final Duration LOAD = Duration.ofMillis(500);
    private static final Duration DRAIN = Duration.ofMillis(100);
    private static final long SECOND = 1_000_000_000L;

    private final Random random = new Random(1);
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private final WorkerDirectory directory = new WorkerDirectory(DirectorySettings.DEFAULT, () -> this.now);
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
                    dormant, ROOM * MB, history, new DemandMetrics(new SimpleMeterRegistry()), this::clock, this);
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
    private void probe() {
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
        in(SECOND, this::probe);
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
        if (now > SECONDS * SECOND) {
            return;
        }
        int rank = rank();
        String model = "m" + rank;
        boolean counts = now > GRACE_SECONDS * SECOND;
        asked++;
        counted += counts ? 1 : 0;
        best += counts && rank < WORKERS * ROOM ? 1 : 0;
        List<Worker> holders = directory.snapshot().holding(model, all -> true);
        Worker chosen = holders.get(random.nextInt(holders.size()));
        Optional.ofNullable(workers.get(chosen.card().id())).orElseThrow().request(model, now, counts);
        in((long) (-Math.log(1 - random.nextDouble()) / PER_SECOND * SECOND), this::arrive);
    }

    @Test
    void thousandModels_onWorkersThatHoldAFifth_hitNearlyAsOftenAsTheBestFixedChoice() {
        double sum = 0;
        LoadHistory history = new LoadHistory();
        List<Shelf.Dormant> dormant = new ArrayList<>();
        for (int rank = 0; rank < MODELS; rank++) {
            sum += Math.pow(rank + 1, -ZIPF);
            cumulated.add(sum);
            ModelSpec spec = IdleModel.spec("m" + rank, MB);
            dormant.add(new Shelf.Dormant(spec.id(), List.of(), null, spec, "", false, null, false, CopyBounds.ANY));
            history.loaded(spec.id(), ModelFiles.kind(spec), MB, MB, LOAD);
        }
        for (int i = 0; i < WORKERS; i++) {
            Simulated worker = new Simulated(i, dormant, history);
            workers.put(worker.card.id(), worker);
            worker.models.start();
        }
        directory.members(workers.values().stream().map(worker -> worker.card).toList());
        probe();
        arrive();
        while (!events.isEmpty() && events.element().at() < (SECONDS + 90) * SECOND) {
            Event next = events.remove();
            now = next.at();
            next.what().run();
        }
        assertThat(served).as("none is lost").isEqualTo(asked);
        String story = hits + " of " + counted + " hit, " + best + " would at best; " + loads + " loads, " + twice
                + " of a model that another held; the longest wait " + longestWait / 1_000_000 + " ms";
        System.out.println(story);
        assertThat((double) hits / best).as(story).isGreaterThanOrEqualTo(0.9);
        assertThat(twice).as(story).isLessThan(loads / 50);
    }
}
