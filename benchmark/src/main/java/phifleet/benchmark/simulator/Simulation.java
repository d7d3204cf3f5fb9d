package phifleet.benchmark.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;

/** One fleet under one trace, from its first second to its last. */
public final class Simulation {
    /** The all-knowing one looks so far ahead beyond a worker's start, in seconds. */
    private static final int AHEAD = 60;

    /** Seconds before the first request of a list, in which gateways hear of the workers that are there. */
    private static final double LEAD = 2;

    private final VirtualTime time = new VirtualTime();
    private final Scene scene;
    private final Trace trace;
    private final SplittableRandom random;
    private final Books books = new Books();
    private final Map<String, SimulatedWorker> workers = new LinkedHashMap<>();
    private final List<SimulatedWorker> members = new ArrayList<>();
    private final List<SimulatedGateway> gateways = new ArrayList<>();
    private int starting;
    private int started;
    private int size;
    private int next;

    private Simulation(Scene scene, Trace trace, long seed) {
        this.scene = scene;
        this.trace = trace;
        this.random = new SplittableRandom(seed);
        for (int i = 0; i < scene.gateways(); i++) {
            gateways.add(new SimulatedGateway(time, scene, workers, books, random.split()));
        }
    }

    /** With the fleet's size as its gateways want it. */
    public static Simulated run(Scene scene, Trace trace, long seed) {
        Simulation simulation = new Simulation(scene, trace, seed);
        return simulation.run("gateways'", simulation::wanted);
    }

    /** With the size of one who knows what will be asked, and has each worker there in time. */
    public static Simulated runKnowing(Scene scene, Trace trace, long seed) {
        Simulation simulation = new Simulation(scene, trace, seed);
        return simulation.run("all-knowing", simulation::known);
    }

    /**
     * A fleet of a size that stays, under requests that come at moments of a list.
     *
     * @param scene with as many workers at most as at least
     * @param at seconds from the first moment on, never falling
     */
    static Replayed replay(Scene scene, double[] at, long seed) {
        double end = LEAD + at[at.length - 1] + scene.longestLine() + scene.patience();
        Simulation simulation = new Simulation(
                scene, Trace.poisson(scene.demand().min() * scene.demand().target(), end), seed);
        simulation.begin(simulation::wanted);
        for (double moment : at) {
            simulation.time.in(LEAD + moment, simulation::come);
        }
        simulation.time.runTo(end);
        return simulation.books.replayed(LEAD);
    }

    private Simulated run(String name, IntSupplier wanted) {
        begin(wanted);
        arrive();
        time.runTo(trace.seconds());
        members.forEach(worker -> books.worked(time.seconds() - worker.since() + scene.startSeconds()));
        return books.result(trace.name(), name);
    }

    private void begin(IntSupplier wanted) {
        // As if it had always been like its first moment.
        size = enough(trace.load().applyAsDouble(0));
        for (int i = 0; i < size; i++) {
            appear();
        }
        time.each(1, () -> resize(wanted.getAsInt()));
    }

    private int wanted() {
        int wanted = gateways.stream().mapToInt(SimulatedGateway::wanted).max().orElseThrow();
        return gateways.stream().allMatch(SimulatedGateway::mayShrink) ? wanted : Math.max(size, wanted);
    }

    /** Enough for the most that will be asked until a worker that is begun now is of use. */
    private int known() {
        double most = 0;
        for (double ahead = 0; ahead <= scene.startSeconds() + AHEAD; ahead++) {
            most = Math.max(most, trace.load().applyAsDouble(time.seconds() + ahead));
        }
        return enough(most);
    }

    private int enough(double load) {
        int needed = (int) Math.ceil(load / scene.demand().target());
        return Math.clamp(
                needed, Math.max(1, scene.demand().min()), scene.demand().max());
    }

    private void resize(int wanted) {
        if (wanted != size) {
            size = wanted;
            books.changed();
        }
        while (members.size() + starting < size) {
            starting++;
            time.in(scene.startSeconds(), () -> {
                starting--;
                appear();
            });
        }
        while (members.size() + starting > size && !members.isEmpty()) {
            disappear(members.removeLast());
        }
    }

    private void appear() {
        SimulatedWorker worker = new SimulatedWorker(time, scene, started++);
        workers.put(worker.card().id(), worker);
        members.add(worker);
        tell();
    }

    /** It leaves the list first, and ends once it has done what it has. */
    private void disappear(SimulatedWorker worker) {
        books.worked(time.seconds() - worker.since() + scene.startSeconds());
        tell();
        time.in(1, () -> end(worker));
    }

    private void end(SimulatedWorker worker) {
        worker.leave();
        if (worker.isEmpty()) {
            workers.remove(worker.card().id());
        } else {
            time.in(1, () -> end(worker));
        }
    }

    /** Each gateway hears of it in its own time. */
    private void tell() {
        for (SimulatedGateway gateway : gateways) {
            time.in(random.nextDouble() / 2, () -> gateway.members(members));
        }
    }

    private void arrive() {
        double rate = Math.max(
                1e-6, trace.load().applyAsDouble(time.seconds()) * scene.cost().most());
        // A rate that changes within one gap is looked at again.
        double gap = -Math.log(1 - random.nextDouble()) / rate;
        if (gap > 1) {
            time.in(1, this::arrive);
            return;
        }
        time.in(gap, () -> {
            come();
            arrive();
        });
    }

    private void come() {
        gateways.get(next++ % gateways.size()).arrive();
    }
}
