package phifleet.benchmark;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import phifleet.benchmark.Fleet.Commands;
import phifleet.benchmark.Processes.Started;

/**
 * A fleet of real processes under load, while workers are killed, frozen, drained and added, and then the gateway is killed
 * behind NGINX. Not one request may be lost, and not one answer may differ from the right one.
 */
public final class FaultRun {
    private static final int WORKERS = 3;
    private static final int CONNECTIONS = 16;
    private static final long SEED = 20_261_121;
    private static final Duration THINK_TIME = Duration.ofMillis(8);
    private static final Duration ANSWER_TIME = Duration.ofSeconds(60);

    /** On machines that others use too, a fault noticed over its bound is printed and no failure. */
    private static final boolean TOLERATES_LATE = Boolean.getBoolean("tolerate-late");

    /** Ends at three workers again after each round. */
    private static final List<Fault> ROUND = List.of(Fault.KILL, Fault.ADD, Fault.FREEZE, Fault.DRAIN, Fault.ADD);

    private final Fleet fleet;
    private final Workload workload;
    private final Path folder;
    private boolean good = true;

    private FaultRun(Fleet fleet, Workload workload, Path folder) {
        this.fleet = fleet;
        this.workload = workload;
        this.folder = folder;
    }

    /** Called by {@code scripts/fault-test}, which names the commands: REQUESTS FAULTS GATEWAY_KILLS FOLDER. */
    public static void main(String[] args) throws Exception {
        long requests = Long.parseLong(args[0]);
        int faults = Integer.parseInt(args[1]);
        int gatewayKills = Integer.parseInt(args[2]);
        Path folder = Path.of(args[3]).toAbsolutePath();
        Commands commands = new Commands(command("worker"), command("gateway"), command("nginx"));
        boolean good;
        try (Fleet fleet = Fleet.start(commands, folder.resolve("logs"), WORKERS)) {
            Workload workload = MixedCalls.against(fleet.workers().getFirst().url(), SEED);
            FaultRun test = new FaultRun(fleet, workload, folder);
            test.warmUp();
            test.workerFaults(requests, faults);
            test.gatewayKills(gatewayKills);
            good = test.good;
        }
        System.out.println(good ? "\nno request lost, no answer wrong" : "\nFAILED");
        System.exit(good ? 0 : 1);
    }

    private static List<String> command(String name) {
        String command = System.getProperty("command." + name, "");
        if (command.isBlank()) {
            throw new IllegalArgumentException("command." + name + " is not set");
        }
        return List.of(command.split(" +"));
    }

    private void warmUp() throws InterruptedException {
        good &= borne("warm-up", new LoadDriver(fleet.gatewayUrl(), CONNECTIONS, ANSWER_TIME).run(workload, 2_000));
    }

    private void workerFaults(long requests, int faults) throws InterruptedException, ExecutionException {
        System.out.printf(
                "%n%d workers behind the gateway, %d connections, at least %d requests, %d faults%n",
                WORKERS, CONNECTIONS, requests, faults);
        System.out.printf(
                "%-3s %-7s %-10s %10s %14s %8s%n", "", "fault", "worker", "at request", "noticed in ms", "bound");
        underLoad(fleet.gatewayUrl(), requests, sent -> {
            for (int i = 0; i < faults; i++) {
                long due = requests * (i + 1) / (faults + 1);
                while (sent.get() < due) {
                    Thread.sleep(5);
                }
                Fault fault = ROUND.get(i % ROUND.size());
                long at = sent.get();
                Fault.Outcome outcome = fault.apply(fleet);
                boolean inTime = outcome.millis() <= fault.boundMillis();
                good &= inTime || TOLERATES_LATE;
                System.out.printf(
                        "%-3d %-7s %-10s %10d %14d %8d%s%n",
                        i + 1,
                        fault.name().toLowerCase(Locale.ROOT),
                        outcome.worker(),
                        at,
                        outcome.millis(),
                        fault.boundMillis(),
                        inTime ? "" : "  TOO LATE");
            }
        });
    }

    private void gatewayKills(int kills) throws IOException, InterruptedException, ExecutionException {
        if (kills == 0) {
            return;
        }
        while (fleet.workers().size() < WORKERS) {
            fleet.addWorker();
        }
        fleet.await("the fleet is whole", () -> fleet.ready() == WORKERS);
        Started nginx = fleet.startNginx(folder.resolve("nginx"));
        fleet.await("NGINX listens", () -> answers(nginx.url()));
        System.out.printf("%nNGINX before the gateway and the workers, the gateway killed %d times%n", kills);
        System.out.printf("%-3s %-12s %18s%n", "", "fault", "back in use in ms");
        underLoad(nginx.url(), 1_000L * kills, sent -> {
            for (int i = 0; i < kills; i++) {
                long before = sent.get();
                while (sent.get() < before + 300) {
                    Thread.sleep(5);
                }
                fleet.gateway().signal("KILL");
                fleet.gateway().process().waitFor(5, TimeUnit.SECONDS);
                Thread.sleep(500);
                fleet.restartGateway();
                long back = fleet.await("traffic comes back to the gateway", () -> fleet.servedByGateway() > 100);
                System.out.printf("%-3d %-12s %18d%n", i + 1, "gateway kill", back);
            }
        });
    }

    private static boolean answers(URI nginx) {
        try (HttpConnection connection = HttpConnection.open(nginx, Duration.ofSeconds(2))) {
            return connection
                            .exchange(Call.get("live", "/nginx/live", AnswerCheck.anything())
                                    .wire())
                            .status()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    @FunctionalInterface
    private interface Faults {
        void happen(AtomicLong sent) throws IOException, InterruptedException;
    }

    /** Loads the target until the faults have happened and so many requests were sent. */
    private void underLoad(URI target, long requests, Faults faults) throws InterruptedException, ExecutionException {
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong sent = new AtomicLong();
        Workload counted = index -> {
            // A load that leaves the machine some air: what is started under it has to come up beside it.
            LockSupport.parkNanos(THINK_TIME.toNanos());
            sent.incrementAndGet();
            return workload.call(index);
        };
        try (ExecutorService one = Executors.newSingleThreadExecutor()) {
            Future<LoadReport> load = one.submit(() -> new LoadDriver(target, CONNECTIONS, ANSWER_TIME)
                    .run(counted, Long.MAX_VALUE, () -> over.get() && sent.get() >= requests));
            try {
                faults.happen(sent);
            } catch (IOException | InterruptedException | IllegalStateException e) {
                good = false;
                System.out.println("the faults ended early: " + e);
            } finally {
                over.set(true);
            }
            good &= borne("load", load.get());
        }
    }

    private static boolean borne(String what, LoadReport report) {
        System.out.printf("%n%s%n%s", what, report.table());
        report.answeredBy().forEach((worker, count) -> System.out.printf("  %s answered %d%n", worker, count));
        return report.lost() == 0 && report.mismatches() == 0;
    }
}
