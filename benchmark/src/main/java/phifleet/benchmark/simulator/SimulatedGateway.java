package phifleet.benchmark.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import phifleet.gateway.balance.BalancingPolicy;
import phifleet.gateway.balance.Candidates;
import phifleet.gateway.balance.DirectorySettings;
import phifleet.gateway.balance.Lease;
import phifleet.gateway.balance.Probe;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.demand.DemandMeter;
import phifleet.gateway.demand.FleetDemand;
import phifleet.gateway.demand.OpenRequest;
import phifleet.gateway.demand.RequestKind;
import phifleet.gateway.demand.WorkerWord;

/** A gateway without a network: its own directory, policy and demand, as the program has them. */
final class SimulatedGateway {
    private static final RequestKind KIND = new RequestKind("model", "interactive");

    private final VirtualTime time;
    private final Scene scene;
    private final Map<String, SimulatedWorker> workers;
    private final Books books;
    private final WorkerDirectory directory;
    private final ToldCounts told = new ToldCounts();
    private final BalancingPolicy policy;
    private final FleetDemand demand;
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    private record Waiting(OpenRequest counted, double since) {}

    /** @param workers all that there are, by id; those that the gateway has heard of are in its directory */
    SimulatedGateway(
            VirtualTime time, Scene scene, Map<String, SimulatedWorker> workers, Books books, SplittableRandom random) {
        this.time = time;
        this.scene = scene;
        this.workers = workers;
        this.books = books;
        this.directory = new WorkerDirectory(DirectorySettings.DEFAULT, time::now);
        this.policy = scene.balancing().policy(random, told);
        this.demand = new FleetDemand(scene.demand(), new DemandMeter(), time::now);
        // Each looks at moments of its own.
        double phase = random.nextDouble();
        time.in(phase, () -> time.each(0.25, this::decide));
        time.in(phase, () -> time.each(1, this::probe));
    }

    int wanted() {
        return demand.latest().wanted();
    }

    boolean mayShrink() {
        return demand.latest().mayShrink();
    }

    /** Hears of the members as they are now. */
    void members(List<SimulatedWorker> members) {
        directory.members(members.stream().map(SimulatedWorker::card).toList());
        probe();
    }

    private void probe() {
        for (Worker worker : directory.snapshot().workers()) {
            SimulatedWorker there = workers.get(worker.card().id());
            directory.probed(worker, there == null ? Probe.ABSENT : Probe.READY);
        }
        directory.tick();
        retry();
    }

    private void decide() {
        List<WorkerWord> words = new ArrayList<>();
        for (Worker worker : directory.snapshot().eligible()) {
            SimulatedWorker there = workers.get(worker.card().id());
            if (there != null) {
                words.add(new WorkerWord(worker, there.used(), there.load(), time.now()));
            }
        }
        demand.decide(words, words.size());
    }

    void arrive() {
        OpenRequest counted = demand.meter().arrived(KIND);
        double since = time.seconds();
        if (!send(counted, since)) {
            counted.waits(true);
            waiting.add(new Waiting(counted, since));
        }
    }

    private void retry() {
        while (!waiting.isEmpty()) {
            Waiting first = waiting.peek();
            if (time.seconds() - first.since() > scene.patience()) {
                books.lost();
                first.counted().end();
            } else if (!send(first.counted(), first.since())) {
                return;
            }
            waiting.remove();
        }
    }

    /** Whether the request is off: taken, or refused by those that there are. */
    private boolean send(OpenRequest counted, double since) {
        List<Worker> tried = new ArrayList<>();
        while (true) {
            @Nullable
            Worker worker = policy.pick(new Candidates(directory.snapshot().eligible(), tried));
            if (worker == null) {
                if (directory.snapshot().eligible().isEmpty()) {
                    return false;
                }
                books.refused();
                counted.end();
                return true;
            }
            Lease lease = worker.lease();
            if (take(worker, lease, counted, since)) {
                counted.waits(false);
                return true;
            }
            lease.abandoned();
            tried.add(worker);
        }
    }

    private boolean take(Worker worker, Lease lease, OpenRequest counted, double since) {
        SimulatedWorker there = workers.get(worker.card().id());
        return there != null
                && there.take(new SimulatedRequest(() -> books.began(time.seconds() - since), nanos -> {
                    lease.served(Math.round((time.seconds() - since) * VirtualTime.NANOS));
                    books.answered(time.seconds() - since, time.seconds());
                    if (scene.balancing().isTold()) {
                        told.told(worker, there.inHand());
                    }
                    counted.took(nanos);
                    counted.end();
                }));
    }
}
