package phifleet.benchmark.swarm;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.DoubleUnaryOperator;
import phifleet.benchmark.AnswerTimes;
import phifleet.benchmark.Arrivals;
import phifleet.benchmark.LoadDriver;
import phifleet.benchmark.LoadObserver;
import phifleet.benchmark.LoadReport;
import phifleet.benchmark.RandomArrivals;
import phifleet.benchmark.WaitingModel;
import phifleet.benchmark.Workload;

/**
 * A fleet in a real Swarm that follows its load, held to what it promises: it sleeps and wakes, it grows with a step, and it stays as
 * it is under a load that swings. Its workers' device is a model that waits, since all nodes share one machine's cores.
 *
 * <p>Lost is a request without an answer, or with another than 2xx and 429; refused is one with 429, which says when to come again.
 */
public final class SwarmScale {
    private static final long SEED = 20_261_130;

    /** Requests a second of a worker that always has a whole batch, by the curve of scripts/swarm-scale. */
    private static final double WORKER = 40;

    private static final Duration WAKE_BOUND = Duration.ofSeconds(5);
    private static final Duration KNOWN_BOUND = Duration.ofSeconds(2);
    private static final double P99_BOUND = 1.5;
    private static final int CHANGES_BOUND = 2;
    private static final Duration CALM_AFTER = Duration.ofSeconds(5);
    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final int CONNECTIONS = 1_000;
    private static final Duration CLIENTS_DEADLINE = Duration.ofSeconds(60);
    private static final int WAKES = 5;

    private final Swarm swarm;
    private final URI gateway;
    private boolean good = true;

    private SwarmScale(Swarm swarm, URI gateway) {
        this.swarm = swarm;
        this.gateway = gateway;
    }

    /** Called by {@code scripts/swarm-scale}: LAB ENTRY GATEWAY wake, or LAB ENTRY GATEWAY load SECONDS-OF-SWING. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        SwarmScale test = new SwarmScale(new Swarm(arguments[0], URI.create(arguments[1])), URI.create(arguments[2]));
        switch (arguments[3]) {
            case "wake" -> test.wake();
            case "load" -> {
                test.step();
                test.swing(Double.parseDouble(arguments[4]));
            }
            default -> throw new IllegalArgumentException(arguments[3]);
        }
        System.exit(test.good ? 0 : 1);
    }

    private void row(String what, String bound, String found, boolean within) {
        good &= within;
        System.out.printf("| %s | %s | %s | %s |%n", what, bound, found, within ? "yes" : "NO");
    }

    private void wake() throws IOException, InterruptedException {
        LoadDriver one = new LoadDriver(swarm.entry(), 1, CLIENTS_DEADLINE);
        StringBuilder took = new StringBuilder();
        boolean all = true;
        for (int i = 0; i < WAKES; i++) {
            swarm.await("the fleet sleeps", this::sleeps);
            LoadReport report = one.run(Workload.inTurn(List.of(WaitingModel.REQUEST)), 1);
            all &= report.succeeded() == 1 && report.latency().getMaxValue() <= WAKE_BOUND.toNanos();
            took.append(String.format(
                    Locale.ROOT,
                    report.succeeded() == 1 ? "%.1f " : "%.1f (no answer) ",
                    report.latency().getMaxValue() / 1e9));
            report.samples().forEach(System.err::println);
        }
        row(
                "first answer after sleep, s",
                WAKES + " of " + WAKES + " <= " + WAKE_BOUND.toSeconds(),
                took.toString().strip(),
                all);
    }

    /** Whether no worker's container is left. */
    private boolean sleeps() {
        try {
            return swarm.docker("service", "ps", "phi_worker", "--filter", "desired-state=running", "-q")
                            .isBlank()
                    && swarm.docker("service", "ps", "phi_worker", "--format", "{{.CurrentState}}")
                            .lines()
                            .noneMatch(state -> state.startsWith("Running"));
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** From half a worker's worth to three, all at once. */
    private void step() throws InterruptedException {
        double before = 60;
        double after = 90;
        AnswerTimes times = new AnswerTimes();
        try (FleetSizes sizes = FleetSizes.watch(gateway)) {
            swarm.await(
                    "a worker is there",
                    () -> sizes.first(0, size -> size.ready() >= 1).isPresent());
            warmUp();
            long start = System.nanoTime();
            long step = start + (long) (before * 1e9);
            LoadReport report = run(second -> (second < before ? 0.5 : 3) * WORKER, 3 * WORKER, before + after, times);
            int most = sizes.since(step).stream()
                    .mapToInt(FleetSizes.Size::wanted)
                    .max()
                    .orElse(0);
            int enough = (int) Math.ceil(3 / 0.7 - 0.1);
            OptionalLong known = sizes.first(step, size -> size.wanted() >= enough);
            OptionalLong ready = sizes.first(step, size -> size.ready() >= most);
            sizes.since(step - 1_000_000_000L).stream()
                    .map(size -> new FleetSizes.Size(0, size.wanted(), size.ready()))
                    .distinct()
                    .forEach(size -> System.err.println("step: " + size));
            row(
                    "step from 0.5 to 3 workers' worth: " + enough + " wanted after, s",
                    "<= " + KNOWN_BOUND.toSeconds(),
                    seconds(known, step),
                    known.isPresent() && known.getAsLong() - step <= KNOWN_BOUND.toNanos());
            row("the last of " + most + " workers was ready after, s", "", seconds(ready, step), ready.isPresent());
            double former = times.p99(start + (long) 10e9, step);
            double later = ready.isPresent()
                    ? times.p99(
                            ready.getAsLong() + CALM_AFTER.toNanos(),
                            ready.getAsLong() + CALM_AFTER.plus(WINDOW).toNanos())
                    : Double.NaN;
            row(
                    "p99 from 5 s after that on, over the former",
                    "<= " + P99_BOUND,
                    String.format(Locale.ROOT, "%.0f ms / %.0f ms = %.2f", later, former, later / former),
                    later / former <= P99_BOUND);
            lost("step", report);
        }
    }

    /** A load that swings by 30 % each 20 seconds, about two workers' worth. */
    private void swing(double seconds) throws InterruptedException {
        double mean = 2;
        AnswerTimes times = new AnswerTimes();
        try (FleetSizes sizes = FleetSizes.watch(gateway)) {
            long start = System.nanoTime();
            LoadReport report =
                    run(second -> mean * (second % 40 < 20 ? 1.3 : 0.7) * WORKER, mean * 1.3 * WORKER, seconds, times);
            int changes = sizes.changes(start);
            row(
                    String.format(Locale.ROOT, "+-30 %% each 20 s for %.0f s: changes of size", seconds),
                    "<= " + CHANGES_BOUND,
                    changes + String.format(Locale.ROOT, ", p99 %.0f ms", times.p99(start, Long.MAX_VALUE)),
                    changes <= CHANGES_BOUND);
            lost("swing", report);
        }
    }

    /** JVMs that have seen none of it are slow in the first second. */
    private void warmUp() throws InterruptedException {
        LoadReport warm = new LoadDriver(swarm.entry(), 4, CLIENTS_DEADLINE)
                .run(Workload.inTurn(List.of(WaitingModel.REQUEST)), 200);
        lost("warm-up", warm);
    }

    private LoadReport run(DoubleUnaryOperator perSecond, double most, double seconds, LoadObserver observer)
            throws InterruptedException {
        double[] at = RandomArrivals.draw(perSecond, most, seconds, SEED);
        return new LoadDriver(swarm.entry(), CONNECTIONS, CLIENTS_DEADLINE)
                .run(Workload.inTurn(List.of(WaitingModel.REQUEST)), at.length, Arrivals.Open.at(at), observer);
    }

    private void lost(String what, LoadReport report) {
        long refused = report.statuses().getOrDefault(429, 0L);
        long lost = report.lost() - refused;
        row(
                what + ": lost",
                "0",
                lost + " of " + (report.succeeded() + report.lost()) + ", refused " + refused + ", statuses "
                        + Map.copyOf(report.statuses()),
                lost == 0);
        report.samples().forEach(System.err::println);
    }

    private static String seconds(OptionalLong at, long from) {
        return at.isPresent() ? String.format(Locale.ROOT, "%.1f", (at.getAsLong() - from) / 1e9) : "never";
    }
}
