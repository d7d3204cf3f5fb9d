package phifleet.benchmark.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import phifleet.benchmark.Processes;
import phifleet.benchmark.plan.BenchmarkModel;
import phifleet.benchmark.targets.AddressedTarget;
import phifleet.benchmark.targets.ProcessTarget;
import phifleet.benchmark.targets.Target;
import phifleet.benchmark.targets.TargetSettings;

/** The targets that run just now. For one thread. */
final class Targets implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path root;
    private final Path models;
    private final BenchmarkModel model;
    private final Processes processes;
    private final Map<String, Ready> running = new LinkedHashMap<>();

    /**
     * One that is ready.
     *
     * @param loadMillis how long that took from its start
     */
    record Ready(Target target, double loadMillis, Threads threads) {}

    /**
     * Prepares.
     *
     * @param models the folder with a folder for each converted model
     */
    Targets(Path root, Path models, BenchmarkModel model, Path logs) throws IOException {
        this.root = root;
        this.models = models;
        this.model = model;
        this.processes = new Processes(logs);
    }

    /** Starts it, unless it runs already. */
    Ready start(TargetSettings settings, Threads threads) throws IOException, InterruptedException {
        Ready ready = running.get(settings.name());
        if (ready == null) {
            Target target = target(settings, threads);
            target.start();
            try {
                long start = System.nanoTime();
                target.awaitReady(PATIENCE);
                ready = new Ready(target, (System.nanoTime() - start) / 1e6, threads);
            } catch (IOException | InterruptedException | RuntimeException e) {
                target.stop();
                throw e;
            }
            running.put(settings.name(), ready);
        }
        return ready;
    }

    private Target target(TargetSettings settings, Threads threads) {
        return switch (settings) {
            case TargetSettings.Address address -> new AddressedTarget(address);
            case TargetSettings.Started started ->
                new ProcessTarget(
                        started, root, processes, models.resolve(model.id()), model.id(), threads.environment());
        };
    }

    void stopAll() {
        running.values().forEach(ready -> ready.target().stop());
        running.clear();
    }

    boolean runs(String name) {
        return running.containsKey(name);
    }

    @Override
    public void close() {
        stopAll();
        processes.close();
    }
}
