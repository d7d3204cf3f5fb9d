package phifleet.benchmark.simulator;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * What gateways lose that see only their own requests: a fleet whose size stays, under a steady load, by each choice among workers, for
 * more and more gateways over which requests are dealt out.
 */
final class ManyGateways {
    static final int WORKERS = 16;

    /** Of what all workers could do. */
    static final double LOAD = 0.8;

    private static final double SECONDS = 300;
    private static final List<Integer> GATEWAYS = List.of(1, 2, 4, 8, 16, 50);

    private ManyGateways() {}

    static Simulated run(int gateways, Balancing balancing, double seconds, long seed) {
        Scene scene = Scene.USUAL.ofWorkers(WORKERS).withGateways(gateways).with(balancing);
        return Simulation.run(scene, Trace.poisson(LOAD * WORKERS, seconds), seed);
    }

    static void print(long seed, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "seed %d; %d workers, requests at random for %.2f of what they could do, %.0f s; time in the queue, p50 and p99 in ms%n%n",
                seed,
                WORKERS,
                LOAD,
                SECONDS);
        out.println("| gateways | least of its own | two, of its own | least by answers | two, by answers |");
        out.println("|--:|--:|--:|--:|--:|");
        for (int gateways : GATEWAYS) {
            StringBuilder row = new StringBuilder("| ").append(gateways);
            for (Balancing balancing : Balancing.values()) {
                Simulated done = run(gateways, balancing, SECONDS, seed);
                row.append(String.format(Locale.ROOT, " | %.0f, %.0f", done.p50(), done.p99()));
                if (done.refused() > 0) {
                    row.append(", ").append(done.refused()).append(" refused");
                }
            }
            out.println(row.append(" |"));
        }
    }
}
