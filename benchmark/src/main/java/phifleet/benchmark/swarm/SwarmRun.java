package phifleet.benchmark.swarm;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import phifleet.benchmark.LoadDriver;
import phifleet.benchmark.LoadReport;
import phifleet.benchmark.MixedCalls;
import phifleet.benchmark.Workload;

/**
 * The stack in a real Swarm of several nodes, under steady load with checked answers through NGINX on the first node, while
 * it is scaled and updated, and containers, engines and nodes are lost.
 *
 * <p>No request may be lost. Where a node vanishes without a word, a client may run out of its own time before anybody can
 * know; that is counted apart, and service must be back within {@link #BACK}.
 */
public final class SwarmRun {
    private static final int CONNECTIONS = 8;
    private static final long SEED = 20_261_125;
    private static final Duration THINK_TIME = Duration.ofMillis(25);
    private static final Duration CLIENTS_DEADLINE = Duration.ofSeconds(15);
    private static final Duration BACK = Duration.ofSeconds(10);
    private static final Duration CALM = Duration.ofSeconds(2);

    /** On machines that others use too, service that is back late is printed and no failure. */
    private static final boolean TOLERATES_LATE = Boolean.getBoolean("tolerate-late");

    private final Swarm swarm;
    private final Workload workload;
    private final SwarmFault.State state;
    private final List<String> samples = new ArrayList<>();
    private boolean good = true;

    private SwarmRun(Swarm swarm, Workload workload, int nodes) {
        this.swarm = swarm;
        this.state = new SwarmFault.State(nodes);
        this.workload = index -> {
            // A load that leaves the machine some air: what is started under it has to come up beside it.
            LockSupport.parkNanos(THINK_TIME.toNanos());
            return workload.call(index);
        };
    }

    /** Called by {@code scripts/swarm-test}: LAB ENTRY NODES [FAULT…], where all faults are the default. */
    public static void main(String[] args) throws Exception {
        Swarm swarm = new Swarm(args[0], URI.create(args[1]));
        int nodes = Integer.parseInt(args[2]);
        List<SwarmFault> faults = args.length == 3
                ? List.of(SwarmFault.values())
                : List.of(args).subList(3, args.length).stream()
                        .map(SwarmFault::valueOf)
                        .toList();
        Duration start = swarm.await("the fleet is whole", () -> swarm.whole(2));
        System.out.printf(Locale.ROOT, "the fleet was whole %.1f s after it was deployed%n%n", seconds(start));
        SwarmRun test = new SwarmRun(swarm, MixedCalls.against(swarm.entry(), SEED), nodes);
        System.out.println(
                "| what happens | requests | lost | clients that gave up | longest wait, s | service back after, s"
                        + " | whole again after, s |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (SwarmFault fault : faults) {
            test.befall(fault);
        }
        test.samples.forEach(System.out::println);
        System.out.println(test.good ? "\nno request lost" : "\nFAILED");
        System.exit(test.good ? 0 : 1);
    }

    private void befall(SwarmFault fault) throws InterruptedException, ExecutionException {
        AtomicBoolean over = new AtomicBoolean();
        Disturbance disturbance = new Disturbance();
        String whole = "never";
        long at = 0;
        try (ExecutorService one = Executors.newSingleThreadExecutor()) {
            Future<LoadReport> load = one.submit(() -> new LoadDriver(swarm.entry(), CONNECTIONS, CLIENTS_DEADLINE)
                    .run(workload, Long.MAX_VALUE, over::get, disturbance));
            try {
                Thread.sleep(CALM);
                at = System.nanoTime();
                fault.apply(swarm, state);
                Thread.sleep(fault.leastTime());
                swarm.await(fault.label(), () -> fault.over(swarm));
                whole = String.format(Locale.ROOT, "%.1f", seconds(Duration.ofNanos(System.nanoTime() - at)));
                Thread.sleep(CALM);
            } catch (IOException | IllegalStateException e) {
                good = false;
                // At once, since what it says is of now; the table goes elsewhere.
                System.err.println(fault.label() + " ended early: " + e.getMessage() + '\n' + swarm.status());
            } finally {
                over.set(true);
            }
            load.get().samples().forEach(sample -> samples.add(fault.label() + ": " + sample));
        }
        Duration back = disturbance.lasted(at);
        good &= disturbance.lost() == 0;
        good &= fault.silent() ? TOLERATES_LATE || back.compareTo(BACK) <= 0 : disturbance.givenUp() == 0;
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %d | %.1f | %.1f | %s |%n",
                fault.label(),
                disturbance.requests(),
                disturbance.lost(),
                disturbance.givenUp(),
                seconds(disturbance.longestWait()),
                seconds(back),
                whole);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
