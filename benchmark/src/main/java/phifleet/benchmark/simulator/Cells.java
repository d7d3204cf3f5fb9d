package phifleet.benchmark.simulator;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import phifleet.gateway.demand.DemandSettings;

/**
 * What it costs to have several small fleets in place of one: the same load over an hour's rise and fall, shared out evenly over cells that
 * know nothing of each other, each with two gateways and its own size.
 */
final class Cells {
    /** Of all cells, in workers' worth. */
    static final double LEAST = 16;

    static final double MOST = 96;
    static final double SECONDS = 3_600;
    private static final int GATEWAYS = 2;
    private static final int MOST_WORKERS = 256;
    private static final List<Integer> COUNTS = List.of(1, 2, 4, 8, 16, 32);

    private Cells() {}

    /**
     * What all cells did together.
     *
     * @param worstP99 milliseconds in the queue, of the cell where it was longest
     * @param notServed lost and refused
     */
    record Outcome(long served, double worstP99, long notServed, int changes, double workerHours) {
        private Outcome and(Simulated one) {
            return new Outcome(
                    served + one.served(),
                    Math.max(worstP99, one.p99()),
                    notServed + one.lost() + one.refused(),
                    changes + one.changes(),
                    workerHours + one.workerHours());
        }
    }

    static Outcome run(int cells, double least, double most, double seconds, long seed) {
        DemandSettings usual = Scene.USUAL.demand();
        Scene scene = Scene.USUAL
                .withGateways(GATEWAYS)
                .with(new DemandSettings(
                        usual.min(),
                        MOST_WORKERS,
                        usual.target(),
                        usual.clearIn(),
                        usual.downAfter(),
                        usual.idle(),
                        usual.wake()));
        Outcome all = new Outcome(0, 0, 0, 0, 0);
        for (int cell = 0; cell < cells; cell++) {
            all = all.and(
                    Simulation.run(scene, Trace.diurnal(least / cells, most / cells, seconds), seed + 1_000L * cell));
        }
        return all;
    }

    static void print(long seed, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "seed %d; %.0f to %.0f workers' worth within %.0f s, over cells of %d gateways each%n%n",
                seed,
                LEAST,
                MOST,
                SECONDS,
                GATEWAYS);
        out.println("| cells | served | worst queue p99, ms | lost or refused | changes of size | worker-hours |");
        out.println("|--:|--:|--:|--:|--:|--:|");
        for (int cells : COUNTS) {
            Outcome all = run(cells, LEAST, MOST, SECONDS, seed);
            out.printf(
                    Locale.ROOT,
                    "| %d | %d | %.0f | %d | %d | %.1f |%n",
                    cells,
                    all.served(),
                    all.worstP99(),
                    all.notServed(),
                    all.changes(),
                    all.workerHours());
        }
    }
}
