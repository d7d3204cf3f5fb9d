package phifleet.benchmark.simulator;

import java.util.Locale;

/** {@code simulate [seed] [gateways]}: what a fleet would do under each trace, in a table. */
public final class SimulateMain {
    private SimulateMain() {}

    public static void main(String[] arguments) {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        int gateways = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
        Scene scene = Scene.USUAL.withGateways(gateways);
        System.out.printf(
                Locale.ROOT,
                "seed %d, %d gateway(s); a batch takes %.1f ms and %.1f for each of at most %d; a worker starts in %.0f s%n%n",
                seed,
                gateways,
                scene.cost().batchSeconds() * 1e3,
                scene.cost().requestSeconds() * 1e3,
                scene.cost().mostInBatch(),
                scene.startSeconds());
        System.out.println(
                "| trace | size | served | queue p50, ms | p99, ms | lost | refused | changes | worker-hours |");
        System.out.println("|---|---|--:|--:|--:|--:|--:|--:|--:|");
        for (Trace trace : Trace.all()) {
            print(Simulation.run(scene, trace, seed));
            print(Simulation.runKnowing(scene, trace, seed));
        }
    }

    private static void print(Simulated done) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %d | %.1f | %.1f | %d | %d | %d | %.2f |%n",
                done.trace(),
                done.size(),
                done.served(),
                done.p50(),
                done.p99(),
                done.lost(),
                done.refused(),
                done.changes(),
                done.workerHours());
    }
}
