package phifleet.benchmark.swarm;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import phifleet.benchmark.FleetStatus;

/** The fleet in the Swarm that {@code scripts/swarm-lab} has up: what it can be told, and how it is. */
final class Swarm {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** A gateway each; all must agree before the fleet counts as whole. */
    private static final int LOOKS = 6;

    private final String lab;
    private final URI entry;

    /**
     * Prepares.
     *
     * @param lab the path of {@code scripts/swarm-lab}
     * @param entry NGINX on a node that nothing happens to
     */
    Swarm(String lab, URI entry) {
        this.lab = lab;
        this.entry = entry;
    }

    URI entry() {
        return entry;
    }

    /** Tells the lab; gives what it prints. */
    String lab(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    /** Docker's client, at a manager. */
    String docker(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), dockerCommand(arguments));
    }

    /** Asks for so many workers, and does not wait for them. */
    void scale(int workers) throws IOException, InterruptedException {
        docker("service", "scale", "-d", "phi_worker=" + workers);
    }

    /** Ends a service's containers on a node without a word; how many there were. */
    int kill(int node, String service) throws IOException, InterruptedException {
        Map<String, String> there = Map.of("NODE", Integer.toString(node));
        List<String> containers = run(
                        there,
                        dockerCommand("ps", "-q", "--filter", "label=com.docker.swarm.service.name=phi_" + service))
                .lines()
                .toList();
        if (!containers.isEmpty()) {
            List<String> kill = new ArrayList<>(List.of("kill"));
            kill.addAll(containers);
            run(there, dockerCommand(kill.toArray(String[]::new)));
        }
        return containers.size();
    }

    private static String[] dockerCommand(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    private String run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(lab));
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile("swarm-lab", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            Process process = builder.redirectError(errors.toFile()).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException(
                        command + " failed: " + output + Files.readString(errors, StandardCharsets.UTF_8));
            }
            return output;
        } finally {
            Files.delete(errors);
        }
    }

    /** The node, other than the first, whose loss would be felt most: it has the most of workers and gateways. */
    int mostLoadedNode() throws IOException, InterruptedException {
        Map<Integer, Integer> weights = new TreeMap<>();
        docker("stack", "ps", "phi", "--filter", "desired-state=running", "--format", "{{.Node}} {{.Name}}")
                .lines()
                .map(line -> line.split(" ", 2))
                .filter(task -> !task[0].equals("node-1"))
                .forEach(task -> weights.merge(
                        Integer.parseInt(task[0].substring("node-".length())),
                        task[1].startsWith("phi_gateway") ? 10 : 1,
                        Integer::sum));
        return weights.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow(() -> new IllegalStateException("no task runs beside the first node's"))
                .getKey();
    }

    /**
     * Whether every service has all its tasks, and the gateways find so many workers ready. A node that is lost or cut off
     * cannot say that its tasks have ended, and Swarm goes on counting them.
     */
    boolean whole(int workers) {
        try {
            boolean complete = docker("service", "ls", "--format", "{{.Replicas}}")
                    .lines()
                    .map(line -> line.split(" ", 2)[0].split("/", 2))
                    .allMatch(replicas ->
                            Integer.parseInt(replicas[0]) >= Integer.parseInt(replicas[1]) && !replicas[1].equals("0"));
            for (int look = 0; complete && look < LOOKS; look++) {
                complete = ready() == workers;
            }
            return complete;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether the latest update of workers and of gateways is over; an update that was rolled back is an error. */
    boolean updated() {
        try {
            for (String service : List.of("phi_worker", "phi_gateway")) {
                String state = docker("service", "inspect", "-f", "{{with .UpdateStatus}}{{.State}}{{end}}", service)
                        .strip();
                if (state.contains("rollback") || state.equals("paused")) {
                    throw new IllegalStateException("the update of " + service + " is " + state);
                }
                if (!state.equals("completed")) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** How everything stands, for whoever wonders why it is not whole: services, tasks, and whom the gateways know. */
    String status() throws InterruptedException {
        StringBuilder status = new StringBuilder();
        try {
            status.append(lab("status"));
        } catch (IOException e) {
            status.append(e.getMessage()).append('\n');
        }
        for (int look = 0; look < LOOKS; look++) {
            status.append(FleetStatus.of(entry)
                            .map(FleetStatus::json)
                            .map(fleet -> fleet.at("/gateway/id").asText() + " knows " + fleet.at("/gateway/workers"))
                            .orElse("no gateway answers"))
                    .append('\n');
        }
        return status.toString();
    }

    /** Workers that some gateway finds ready; -1 where none answers. */
    private int ready() {
        return FleetStatus.of(entry).map(FleetStatus::ready).orElse(-1);
    }

    /** Waits for it; gives how long that took. */
    Duration await(String what, BooleanSupplier condition) throws InterruptedException {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new IllegalStateException("waited " + PATIENCE.toSeconds() + " s in vain: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(300);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
