package phifleet.worker.residence;

import java.util.Locale;
import phifleet.worker.residence.ZipfFleet.Outcome;
import phifleet.worker.residence.ZipfFleet.Setup;

/** {@code simulate zipf [seed]}: how often a model is there that is asked for, in fleets of several sizes with few and many gateways. */
public final class ZipfFleetMain {
    private static final int[] WORKERS = {4, 8, 16};
    private static final int[] GATEWAYS = {1, 4};

    private ZipfFleetMain() {}

    public static void main(String[] arguments) {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        Setup usual = Setup.USUAL;
        System.out.printf(
                Locale.ROOT,
                "seed %d; %d models, %d a worker, Zipf %.1f, %.0f requests a second for %d s, counted after %d s; a load takes 0.5 s%n%n",
                seed,
                usual.models(),
                usual.room(),
                usual.zipf(),
                usual.perSecond(),
                usual.seconds(),
                usual.graceSeconds());
        System.out.println(
                "| workers | gateways | lost | hit | all-knowing, fixed | loads | of one that another held | longest wait, s |");
        System.out.println("|--:|--:|--:|--:|--:|--:|--:|--:|");
        for (int workers : WORKERS) {
            for (int gateways : GATEWAYS) {
                Outcome outcome = ZipfFleet.run(usual.ofWorkers(workers, gateways), seed);
                System.out.printf(
                        Locale.ROOT,
                        "| %d | %d | %d | %.3f | %.3f | %d | %d | %.1f |%n",
                        workers,
                        gateways,
                        outcome.asked() - outcome.served(),
                        outcome.hitRate(),
                        outcome.bestRate(),
                        outcome.loads(),
                        outcome.twice(),
                        outcome.longestWaitMs() / 1e3);
            }
        }
    }
}
