package phifleet.benchmark.simulator;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import phifleet.benchmark.Arrivals;
import phifleet.benchmark.Fleet;
import phifleet.benchmark.LoadDriver;
import phifleet.benchmark.LoadReport;
import phifleet.benchmark.RandomArrivals;
import phifleet.benchmark.WaitingModel;
import phifleet.benchmark.Workload;

/**
 * The simulator beside what it simulates: a gateway and workers as processes, whose device is a model that waits as long as the curve
 * says, and the same requests at the same moments in virtual time.
 *
 * <p>Called by {@code scripts/simulate calibrate}, which gives the commands as properties.
 */
public final class SimulatorCalibration {
    private static final Scene SCENE = Scene.USUAL;
    private static final int MOST_WORKERS = 4;

    /** Of what the workers could do: half idle, busy, nearly full, and more than they can do. */
    private static final List<Double> LOADS = List.of(0.5, 0.8, 0.95, 1.3);

    /** How far from 1 a ratio of the two may be. */
    private static final double BOUND = 0.15;

    private static final int WARM_UP_REQUESTS = 120;

    private static final Workload REQUESTS = Workload.inTurn(List.of(WaitingModel.REQUEST));

    private final PrintStream out;
    private boolean good = true;

    private SimulatorCalibration(PrintStream out) {
        this.out = out;
    }

    /** {@code [seed] [seconds a run]}; the exit code says whether all ratios are within the bound. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        long seed = arguments.length > 0 ? Long.parseLong(arguments[0]) : 1;
        double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 20;
        Fleet.Commands commands = new Fleet.Commands(command("worker"), command("gateway"), List.of());
        SimulatorCalibration calibration = new SimulatorCalibration(System.out);
        calibration.head(seed, seconds);
        try (Fleet fleet = Fleet.start(commands, Path.of(System.getProperty("logs")), 1)) {
            for (int workers = 1; workers <= MOST_WORKERS; workers++) {
                fleet.grow(workers);
                LoadDriver driver = new LoadDriver(fleet.gatewayUrl(), connections(workers));
                driver.run(REQUESTS, (long) WARM_UP_REQUESTS * workers);
                for (double load : LOADS) {
                    calibration.compare(driver, workers, load, seconds, seed);
                }
            }
        }
        System.out.println(calibration.good ? "\nall within the bound" : "\nFAILED");
        System.exit(calibration.good ? 0 : 1);
    }

    private static List<String> command(String program) {
        return List.of(System.getProperty("command." + program).split(" "));
    }

    /** As many as can be under way: what workers take of a line, and some that are being refused. */
    private static int connections(int workers) {
        return (int) (1.5 * workers * SCENE.longestLine() * SCENE.cost().most()) + 50;
    }

    private void head(long seed, double seconds) {
        out.printf(
                Locale.ROOT,
                "seed %d; a batch takes %.0f ms and %.0f more for each of at most %d requests; at random for %.0f s; refused past %.0f s of work%n"
                        + "of p50 and answers a second the simulator's over the fleet's is to be within %.2f of 1%n%n",
                seed,
                SCENE.cost().batchSeconds() * 1e3,
                SCENE.cost().requestSeconds() * 1e3,
                SCENE.cost().mostInBatch(),
                seconds,
                SCENE.longestLine(),
                BOUND);
        out.println(
                "| workers | load | requests | p50, ms: fleet | simulated | ratio | p99, ms: fleet | simulated | ratio"
                        + " | answers a second: fleet | simulated | ratio | refused: fleet | simulated | client late, p99 ms |");
        out.println("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    }

    private void compare(LoadDriver driver, int workers, double load, double seconds, long seed)
            throws InterruptedException {
        double rate = load * workers * SCENE.cost().most();
        double[] at = RandomArrivals.draw(second -> rate, rate, seconds, seed);
        LoadReport real = driver.run(REQUESTS, at.length, Arrivals.Open.at(at));
        Replayed simulated = Simulation.replay(SCENE.ofWorkers(workers), at, seed);
        double p50 = simulated.p50() / real.latencyMillis(0.5);
        double throughput = simulated.throughput() / real.throughput();
        good &= Math.abs(p50 - 1) <= BOUND && Math.abs(throughput - 1) <= BOUND;
        out.printf(
                Locale.ROOT,
                "| %d | %.2f | %d | %.1f | %.1f | %.3f | %.1f | %.1f | %.3f | %.1f | %.1f | %.3f | %d | %d | %.1f |%n",
                workers,
                load,
                at.length,
                real.latencyMillis(0.5),
                simulated.p50(),
                p50,
                real.latencyMillis(0.99),
                simulated.p99(),
                simulated.p99() / real.latencyMillis(0.99),
                real.throughput(),
                simulated.throughput(),
                throughput,
                real.lost(),
                simulated.refused() + simulated.lost(),
                real.lateness().getValueAtPercentile(99) / 1e6);
    }
}
