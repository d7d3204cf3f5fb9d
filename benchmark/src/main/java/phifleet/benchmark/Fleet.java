package phifleet.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import phifleet.benchmark.Processes.Started;

/** A gateway and workers as processes of this machine, found by each other on the loopback interface. */
public final class Fleet implements AutoCloseable {
    private static final Duration START_TIME = Duration.ofMinutes(3);

    private final Commands commands;
    private final Processes processes;
    private final Map<String, String> membership;
    private final int gatewayPort;
    private final List<Started> workers = new ArrayList<>();
    private Started gateway;
    private int workersStarted;

    /** How each process is started. */
    public record Commands(List<String> worker, List<String> gateway, List<String> nginx) {}

    private Fleet(Commands commands, Path logs) throws IOException {
        this.commands = commands;
        this.processes = new Processes(logs);
        this.gatewayPort = Processes.freePort();
        this.membership = Map.of(
                "PHI_MEMBERSHIP_DISCOVERY",
                "loopback",
                "PHI_MEMBERSHIP_CLUSTER",
                "fault-test-" + ProcessHandle.current().pid(),
                "PHI_MEMBERSHIP_PORT",
                Integer.toString(Math.min(Processes.freePort(), 65_000)));
        this.gateway = startGateway();
    }

    /** Starts a gateway and so many workers, and waits until they serve. */
    public static Fleet start(Commands commands, Path logs, int workers) throws IOException, InterruptedException {
        Fleet fleet = new Fleet(commands, logs);
        try {
            for (int i = 0; i < workers; i++) {
                fleet.addWorker();
            }
            fleet.await("the fleet is ready", () -> fleet.ready() == workers);
            return fleet;
        } catch (IOException | InterruptedException | RuntimeException e) {
            fleet.close();
            throw e;
        }
    }

    /** Starts as many workers as are missing to so many, and waits until all serve. */
    public void grow(int size) throws IOException, InterruptedException {
        while (workers.size() < size) {
            addWorker();
        }
        await("the fleet has grown", () -> ready() == size);
    }

    public URI gatewayUrl() {
        return URI.create("http://127.0.0.1:" + gatewayPort);
    }

    public List<Started> workers() {
        return workers;
    }

    public Started gateway() {
        return gateway;
    }

    /** Starts a worker; it joins when it is ready. */
    Started addWorker() throws IOException {
        int port = Processes.freePort();
        String id = "worker-" + ++workersStarted;
        Started worker = processes.start(id, port, commands.worker(), environment(port, Map.of("PHI_ID", id)));
        workers.add(worker);
        return worker;
    }

    /** Starts the gateway again, where it was. */
    void restartGateway() throws IOException {
        gateway = startGateway();
    }

    private Started startGateway() throws IOException {
        return processes.start("gateway", gatewayPort, commands.gateway(), environment(gatewayPort, Map.of()));
    }

    /** Starts NGINX before the gateway and the workers that there are. */
    Started startNginx(Path folder) throws IOException {
        int port = Processes.freePort();
        List<String> command = new ArrayList<>(commands.nginx());
        command.add(Integer.toString(port));
        command.add(folder.toString());
        command.add("127.0.0.1:" + gatewayPort);
        command.add(String.join(
                ",",
                workers.stream().map(worker -> "127.0.0.1:" + worker.port()).toList()));
        return processes.start("nginx", port, command, Map.of());
    }

    private Map<String, String> environment(int port, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(membership);
        all.put("PHI_HTTP_HOST", "127.0.0.1");
        all.put("PHI_HTTP_PORT", Integer.toString(port));
        all.putAll(more);
        return all;
    }

    /** The gateway's view; empty where it does not answer. */
    private Optional<FleetStatus> view() {
        return FleetStatus.of(gatewayUrl());
    }

    /** How many workers the gateway finds ready; 0 where it does not answer. */
    int ready() {
        return view().map(FleetStatus::ready).orElse(0);
    }

    /** The state of a worker in the gateway's eyes; {@code unknown} where it shows none. */
    String stateOf(Started worker) {
        return view().map(view -> {
                    for (JsonNode one : view.json().path("workers")) {
                        if (one.path("id").asText().equals(worker.name())) {
                            return one.path("state").asText();
                        }
                    }
                    return "unknown";
                })
                .orElse("unknown");
    }

    /** Requests that the gateway has passed on since it started. */
    long servedByGateway() {
        return view().map(view -> view.json().at("/gateway/served").asLong()).orElse(0L);
    }

    /** Waits for it, at most three minutes; gives the milliseconds that it took. */
    long await(String what, BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > START_TIME.toNanos()) {
                throw new IllegalStateException("waited three minutes in vain: " + what);
            }
            Thread.sleep(20);
        }
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    @Override
    public void close() {
        processes.close();
    }
}
