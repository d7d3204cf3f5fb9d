package phifleet.benchmark;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import phifleet.benchmark.Processes.Started;

/**
 * What a request costs in the gateway, against NGINX before the same upstreams, both bound to one core, in turns within one
 * run. The CPU time a request is the firm figure, and its reciprocal the throughput of a core that does nothing else; the
 * driver and the upstreams share the other core, so that the requests a second seen here may be theirs.
 */
public final class ProxyBench {
    /** The kernel counts CPU time in hundredths of a second. */
    private static final double TICK_MICROS = 10_000;

    private static final long WARM_UP_REQUESTS = 200_000;
    private static final String BODY = "{\"texts\":[\"a parcel of the fleet, of about forty bytes\"]}";

    private final Workload workload =
            Workload.inTurn(List.of(Call.postJson("POST /embed", "/embed", BODY, AnswerCheck.anything())));

    private ProxyBench() {}

    /** One measurement: micros of CPU a request, latency in ms, requests a second, whether the core was full. */
    private record Sample(double cpuMicros, double p50, double p99, double perSecond, double load) {}

    /** Called by {@code scripts/gateway-bench}: ROUNDS SECONDS CONNECTIONS FOLDER. */
    public static void main(String[] args) throws Exception {
        new ProxyBench()
                .run(
                        Integer.parseInt(args[0]),
                        Duration.ofSeconds(Integer.parseInt(args[1])),
                        Integer.parseInt(args[2]),
                        Path.of(args[3]).toAbsolutePath());
    }

    private void run(int rounds, Duration time, int connections, Path folder) throws Exception {
        try (Processes processes = new Processes(folder.resolve("logs"))) {
            Started upstream = upstream(processes, folder.resolve("upstream"));
            Started nginx = nginx(processes, folder.resolve("nginx"), upstream);
            Started gateway = gateway(processes, upstream);
            List<Started> proxies = List.of(nginx, gateway);
            for (Started proxy : List.of(upstream, nginx, gateway)) {
                awaitAnswer(proxy.url());
            }
            for (Started proxy : proxies) {
                // A JVM that is still compiling costs several times what it will.
                new LoadDriver(proxy.url(), connections).run(workload, WARM_UP_REQUESTS);
            }
            compare(proxies, upstream, rounds, connections, time);
            System.out.println();
            compare(proxies, upstream, rounds, 1, time);
        }
    }

    private void compare(List<Started> proxies, Started upstream, int rounds, int connections, Duration time)
            throws Exception {
        System.out.printf(
                "%d connections%n%-10s %14s %10s %10s %12s %10s%n",
                connections, "", "CPU us/request", "p50 ms", "p99 ms", "requests/s", "core used");
        List<Sample> direct = new ArrayList<>();
        List<Sample> nginx = new ArrayList<>();
        List<Sample> gateway = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            direct.add(sample(upstream, connections, time));
            nginx.add(sample(proxies.get(0), connections, time));
            gateway.add(sample(proxies.get(1), connections, time));
        }
        row("upstream", median(direct));
        row("nginx", median(nginx));
        row("gateway", median(gateway));
        Sample one = median(nginx);
        Sample other = median(gateway);
        System.out.printf(
                Locale.ROOT,
                "gateway against nginx: %.2f of the requests a core-second, %.2f of the requests a second here; adds %.3f ms"
                        + " to the p50 (nginx %.3f)%n",
                one.cpuMicros() / other.cpuMicros(),
                other.perSecond() / one.perSecond(),
                other.p50() - median(direct).p50(),
                one.p50() - median(direct).p50());
    }

    private static void row(String name, Sample sample) {
        System.out.printf(
                Locale.ROOT,
                "%-10s %14.1f %10.3f %10.3f %12.0f %9.0f%%%n",
                name,
                sample.cpuMicros(),
                sample.p50(),
                sample.p99(),
                sample.perSecond(),
                sample.load() * 100);
    }

    private static Sample median(List<Sample> samples) {
        return samples.stream()
                .sorted((a, b) -> Double.compare(a.cpuMicros(), b.cpuMicros()))
                .toList()
                .get(samples.size() / 2);
    }

    private Sample sample(Started proxy, int connections, Duration time) throws Exception {
        long before = ticks(proxy.process().toHandle());
        LoadReport report = new LoadDriver(proxy.url(), connections).run(workload, time);
        double micros = (ticks(proxy.process().toHandle()) - before) * TICK_MICROS;
        if (report.lost() > 0) {
            throw new IllegalStateException("requests were lost:\n" + report.table());
        }
        return new Sample(
                micros / report.succeeded(),
                report.latencyMillis(0.5),
                report.latencyMillis(0.99),
                report.throughput(),
                micros / 1e3 / report.elapsed().toMillis());
    }

    /** CPU time of a process and its children, in the kernel's ticks. */
    private static long ticks(ProcessHandle process) throws IOException {
        long ticks = 0;
        for (ProcessHandle one :
                Stream.concat(Stream.of(process), process.descendants()).toList()) {
            String stat = Files.readString(Path.of("/proc", Long.toString(one.pid()), "stat"), StandardCharsets.UTF_8);
            // The name in parentheses may have spaces; user and system time are the 12th and 13th field after it.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            ticks += Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        }
        return ticks;
    }

    private static List<String> command(String name, String... more) {
        List<String> command =
                new ArrayList<>(List.of(System.getProperty("command." + name).split(" +")));
        command.addAll(List.of(more));
        return command;
    }

    private static Started upstream(Processes processes, Path folder) throws IOException {
        int port = Processes.freePort();
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("upstream_listen.conf"), "listen 127.0.0.1:" + port + ";\n");
        Path configuration = folder.resolve("nginx.conf");
        Files.copy(Path.of(System.getProperty("upstream.configuration")), configuration);
        return processes.start(
                "upstream",
                port,
                command(
                        "upstream",
                        "-p",
                        folder.toString(),
                        "-c",
                        configuration.toString(),
                        "-e",
                        "stderr",
                        "-g",
                        "daemon off;"),
                Map.of());
    }

    private static Started nginx(Processes processes, Path folder, Started upstream) throws IOException {
        int port = Processes.freePort();
        return processes.start(
                "nginx",
                port,
                command("nginx", Integer.toString(port), folder.toString(), "127.0.0.1:" + upstream.port(), ""),
                Map.of("PHI_NGINX_PROCESSES", "1"));
    }

    private static Started gateway(Processes processes, Started upstream) throws IOException {
        int port = Processes.freePort();
        return processes.start(
                "gateway",
                port,
                command("gateway"),
                Map.of(
                        "PHI_HTTP_HOST",
                        "127.0.0.1",
                        "PHI_HTTP_PORT",
                        Integer.toString(port),
                        "PHI_HTTP_EVENT_LOOPS",
                        "1",
                        "PHI_WORKERS",
                        "http://127.0.0.1:" + upstream.port()));
    }

    private static void awaitAnswer(URI url) throws InterruptedException {
        for (int i = 0; i < 600; i++) {
            try (HttpConnection connection = HttpConnection.open(url, Duration.ofSeconds(5))) {
                if (connection
                                .exchange(Call.get("", "/embed", AnswerCheck.anything())
                                        .wire())
                                .status()
                        == 200) {
                    return;
                }
            } catch (IOException e) {
                // It has not started yet.
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("nothing answers at " + url);
    }
}
