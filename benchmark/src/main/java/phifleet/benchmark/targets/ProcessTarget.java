package phifleet.benchmark.targets;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import phifleet.benchmark.ProcessTree;
import phifleet.benchmark.Processes;
import phifleet.benchmark.Processes.Started;
import phifleet.benchmark.Usage;

/** A server that is started here, by its script, at a free port of the loopback. */
public final class ProcessTarget implements Target {
    private static final int SECONDS_TO_END = 20;

    private final TargetSettings.Started settings;
    private final Path script;
    private final Processes processes;
    private final Map<String, String> environment;
    private final String model;
    private @Nullable Started started;

    /**
     * Prepares.
     *
     * @param root what the script's path is relative to
     * @param threads the choice of a sweep, as variables
     */
    public ProcessTarget(
            TargetSettings.Started settings,
            Path root,
            Processes processes,
            Path modelFolder,
            String model,
            Map<String, String> threads) {
        this.settings = settings;
        this.script = root.resolve(settings.start());
        this.processes = processes;
        this.model = model;
        this.environment = new HashMap<>(settings.environment());
        environment.putAll(threads);
        environment.put("MODEL", modelFolder.toAbsolutePath().toString());
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public URI url() {
        return running().url();
    }

    @Override
    public Dialect dialect() {
        return settings.dialect();
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public void start() throws IOException {
        int port = Processes.freePort();
        environment.put("PHI_HTTP_PORT", Integer.toString(port));
        environment.put("PHI_HTTP_HOST", "127.0.0.1");
        started = processes.start(settings.name(), port, List.of(script.toString()), environment);
    }

    @Override
    public Optional<Usage> usage() {
        return ProcessTree.usage(running().process().pid());
    }

    @Override
    public boolean ended() {
        return !running().process().isAlive();
    }

    @Override
    public void stop() {
        Started running = started;
        if (running == null) {
            return;
        }
        List<ProcessHandle> tree = running.process().descendants().toList();
        running.process().destroy();
        try {
            if (!running.process().waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
                running.process().destroyForcibly();
            }
        } catch (InterruptedException e) {
            running.process().destroyForcibly();
            Thread.currentThread().interrupt();
        }
        // Children that their parent left behind.
        tree.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
    }

    private Started running() {
        Started running = started;
        if (running == null) {
            throw new IllegalStateException(settings.name() + " was not started");
        }
        return running;
    }
}
