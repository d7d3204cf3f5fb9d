package phifleet.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import phifleet.benchmark.Processes.Started;

/**
 * A server in a process of its own, and what it is asked: the same in turns with others.
 *
 * @param calls in turn
 */
record Contender(Started process, List<Call> calls) {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /**
     * Starts a server by a command that a system property names, and waits until it answers.
     *
     * @param environment beside host and port
     */
    static Contender start(
            Processes processes, String name, String command, List<Call> calls, Map<String, String> environment)
            throws IOException, InterruptedException {
        int port = Processes.freePort();
        Map<String, String> all = new HashMap<>(environment);
        all.put("PHI_HTTP_PORT", Integer.toString(port));
        all.put("PHI_HTTP_HOST", "127.0.0.1");
        String words = System.getProperty(command);
        if (words == null) {
            throw new IllegalArgumentException("-D" + command + " is missing");
        }
        Started started = processes.start(name, port, List.of(words.split(" +")), all);
        Contender contender = new Contender(started, calls);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            LoadReport first = new LoadDriver(started.url(), 1, PATIENCE).run(Workload.inTurn(calls), 1);
            if (first.succeeded() == 1) {
                return contender;
            }
            if (!started.process().isAlive() || System.nanoTime() > end) {
                throw new IOException(name + " does not answer; see its log\n" + first.table());
            }
            Thread.sleep(100);
        }
    }

    /** The answer's body. */
    byte[] answer(Call call) throws IOException {
        try (HttpConnection connection = HttpConnection.open(process.url(), PATIENCE)) {
            return connection.exchange(call.wire()).body();
        }
    }

    /** One turn. */
    Turns.Measured load(int clients, int requests) throws InterruptedException {
        double own = own();
        double serving = seconds(process.process());
        LoadReport report = new LoadDriver(process.url(), clients, PATIENCE).run(Workload.inTurn(calls), requests);
        if (report.lost() > 0) {
            throw new IllegalStateException("requests were lost:\n" + report.table());
        }
        serving = seconds(process.process()) - serving;
        return new Turns.Measured(report.succeeded(), report.elapsed().toNanos() / 1e9, serving + own() - own, serving);
    }

    private static double own() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    }

    /** Processor time of a process and of those that it started. */
    private static double seconds(Process process) {
        return Stream.concat(Stream.of(process.toHandle()), process.toHandle().descendants())
                        .mapToLong(one -> one.info()
                                .totalCpuDuration()
                                .map(Duration::toNanos)
                                .orElse(0L))
                        .sum()
                / 1e9;
    }
}
