package phifleet.benchmark;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import phifleet.benchmark.Processes.Started;

/**
 * How real gateways spread requests over workers of known pace: equal ones, one that is four times slower, two gateways side by
 * side that do not speak to each other, and two hundred workers, with the gateway's memory.
 */
public final class SpreadBench {
    private static final int CLIENTS = 32;
    private static final Duration FAST = Duration.ofMillis(10);
    private static final Duration SLOW = Duration.ofMillis(40);
    private static final Duration RUN = Duration.ofSeconds(8);
    private static final int MANY = 200;
    private static final int MEMORY_ROUNDS = 4;

    private final Processes processes;
    private final List<String> command;
    private final Workload workload =
            Workload.inTurn(List.of(Call.postJson("/embed", "/embed", "{\"texts\":[\"a\"]}", AnswerCheck.anything())));
    private boolean good = true;

    private SpreadBench(Processes processes, List<String> command) {
        this.processes = processes;
        this.command = command;
    }

    /** Called by {@code scripts/bench spread}, which names the gateway's command: FOLDER. */
    public static void main(String[] args) throws Exception {
        boolean good;
        try (Processes processes = new Processes(Path.of(args[0]).toAbsolutePath())) {
            SpreadBench bench = new SpreadBench(
                    processes, List.of(System.getProperty("command.gateway").split(" +")));
            bench.equalWorkers(1);
            bench.equalWorkers(2);
            bench.oneSlowWorker();
            bench.manyWorkers();
            good = bench.good;
        }
        System.exit(good ? 0 : 1);
    }

    private void equalWorkers(int gateways) throws Exception {
        List<PacedWorker> workers = start(FAST, FAST, FAST);
        Map<String, Long> answers = new HashMap<>();
        for (LoadReport report : load(gateways(gateways, workers))) {
            report.answeredBy().forEach((worker, count) -> answers.merge(worker, count, Long::sum));
        }
        double busiest = Collections.max(answers.values());
        double ratio = busiest / (answers.size() < workers.size() ? 0 : Collections.min(answers.values()));
        row(
                "3 equal workers, " + gateways + (gateways == 1 ? " gateway" : " gateways"),
                "busiest / least",
                ratio,
                gateways == 1 ? 1.1 : 1.2,
                true);
        workers.forEach(PacedWorker::close);
    }

    private void oneSlowWorker() throws Exception {
        List<PacedWorker> workers = start(FAST, FAST, SLOW);
        double sum = 0;
        for (PacedWorker worker : workers) {
            sum += new LoadDriver(worker.url(), CLIENTS)
                    .run(workload, RUN.dividedBy(2))
                    .throughput();
        }
        double whole = load(gateways(1, workers)).getFirst().throughput();
        row("2 workers and one 4 times slower", "throughput / sum of parts", whole / sum, 0.9, false);
        workers.forEach(PacedWorker::close);
    }

    private void manyWorkers() throws Exception {
        Duration[] times = new Duration[MANY];
        Arrays.fill(times, FAST);
        List<PacedWorker> workers = start(times);
        Started gateway = gateways(1, workers).getFirst();
        load(List.of(gateway));
        long before = residentMegabytes(gateway);
        long after = before;
        int used = 0;
        for (int i = 0; i < MEMORY_ROUNDS; i++) {
            used = load(List.of(gateway)).getFirst().answeredBy().size();
            after = residentMegabytes(gateway);
        }
        System.out.printf(
                "%-34s %d of them used; the gateway's memory %d MB after one run, %d MB after %d more%n",
                MANY + " workers", used, before, after, MEMORY_ROUNDS);
        row(MANY + " workers", "memory after / before", (double) after / before, 1.1, true);
        workers.forEach(PacedWorker::close);
    }

    private void row(String what, String measure, double value, double bound, boolean most) {
        boolean kept = most ? value <= bound : value >= bound;
        good &= kept;
        System.out.printf(
                Locale.ROOT,
                "%-34s %-28s %.3f (%s %.2f)%s%n",
                what,
                measure,
                value,
                most ? "at most" : "at least",
                bound,
                kept ? "" : "  MISSED");
    }

    private static List<PacedWorker> start(Duration... times) throws IOException {
        List<PacedWorker> workers = new ArrayList<>();
        for (Duration time : times) {
            workers.add(PacedWorker.start(time));
        }
        return workers;
    }

    private List<Started> gateways(int count, List<PacedWorker> workers) throws Exception {
        String list = String.join(
                ",", workers.stream().map(worker -> worker.url().toString()).toList());
        List<Started> gateways = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int port = Processes.freePort();
            gateways.add(processes.start(
                    "gateway-" + port,
                    port,
                    command,
                    Map.of(
                            "PHI_HTTP_HOST",
                            "127.0.0.1",
                            "PHI_HTTP_PORT",
                            Integer.toString(port),
                            "PHI_MEMBERSHIP_DISCOVERY",
                            "none",
                            "PHI_WORKERS",
                            list)));
        }
        for (Started gateway : gateways) {
            awaitReady(gateway.url(), gateway);
        }
        return gateways;
    }

    private static void awaitReady(URI url, Started gateway) throws InterruptedException {
        for (int i = 0; gateway.process().isAlive() && i < 1_200; i++) {
            try (HttpConnection connection = HttpConnection.open(url, Duration.ofSeconds(5))) {
                Call health = Call.get("health", "/health", AnswerCheck.anything());
                if (connection.exchange(health.wire()).status() == 200) {
                    return;
                }
            } catch (IOException e) {
                // It has not started yet.
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException("the gateway is not ready; see its log");
    }

    /** All clients, shared among the gateways. */
    private List<LoadReport> load(List<Started> gateways) throws Exception {
        List<Future<LoadReport>> running = new ArrayList<>();
        try (ExecutorService drivers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Started gateway : gateways) {
                running.add(drivers.submit(
                        () -> new LoadDriver(gateway.url(), CLIENTS / gateways.size()).run(workload, RUN)));
            }
        }
        List<LoadReport> reports = new ArrayList<>();
        for (Future<LoadReport> one : running) {
            LoadReport report = one.get();
            if (report.lost() > 0) {
                throw new IllegalStateException("requests were lost:\n" + report.table());
            }
            reports.add(report);
        }
        return reports;
    }

    private static long residentMegabytes(Started gateway) throws IOException {
        Path status = Path.of("/proc", Long.toString(gateway.process().pid()), "status");
        for (String line : Files.readAllLines(status, StandardCharsets.UTF_8)) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
            }
        }
        throw new IOException(status + " has no VmRSS");
    }
}
