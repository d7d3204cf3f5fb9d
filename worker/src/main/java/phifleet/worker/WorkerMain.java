package phifleet.worker;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import phifleet.common.settings.SettingsException;
import phifleet.common.settings.SettingsReader;
import phifleet.inference.model.ModelException;
import phifleet.logging.ProgramLog;
import phifleet.worker.http.ListenException;

/**
 * Starts one worker: {@code worker [worker.yaml]}.
 *
 * <p>Exit codes: 0 after a stop that answered all work in hand, 1 when a model or the port failed, 2 for wrong settings, 3
 * when work was left at the end of the drain time.
 */
public final class WorkerMain {
    private static final int FAILED = 1;
    private static final int WRONG_SETTINGS = 2;
    private static final int WORK_LEFT = 3;

    /**
     * DJL tells where it finds its libraries at each start; every event loop registers the same gauges; members come and go by
     * design, and what matters of it the gateway says.
     */
    private static final Map<String, Level> QUIETER = Map.of(
            "ai.djl", Level.WARN,
            "io.micrometer", Level.ERROR,
            "com.hazelcast", Level.ERROR);

    private static final AtomicBoolean STOPPING = new AtomicBoolean();
    private static final AtomicReference<@Nullable Worker> RUNNING = new AtomicReference<>();

    private WorkerMain() {}

    public static void main(String[] arguments) {
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        try {
            run(arguments.length == 0 ? null : Path.of(arguments[0]), System.getenv());
        } catch (SettingsException e) {
            fail(e.getMessage(), WRONG_SETTINGS);
        } catch (ExecutionException e) {
            fail(e.getCause() instanceof ListenException ? e.getCause().getMessage() : e.toString(), FAILED);
        } catch (ModelException e) {
            fail(e.getMessage(), FAILED);
        } catch (Exception e) {
            LogManager.getLogger(WorkerMain.class).error("the worker could not start", e);
            fail(e.toString(), FAILED);
        }
    }

    private static void run(@Nullable Path file, Map<String, String> environment) throws Exception {
        SettingsReader reader = SettingsReader.of(file, "PHI_", environment);
        ProgramLog.start(reader.root(), QUIETER);
        WorkerSettings settings = WorkerSettings.read(
                reader, Runtime.getRuntime().availableProcessors(), Path.of(System.getProperty("user.home")));
        var warnings = reader.finish();
        ModelSettings models = models(file, settings);
        Logger log = LogManager.getLogger(WorkerMain.class);
        warnings.forEach(log::warn);
        // Before the engines are there, since a signal must not find them half loaded.
        StopSignals.handle(WorkerMain::stop);
        Worker worker = Worker.start(settings, models, RUNNING::set);
        // For every other end than by the signals.
        Runtime.getRuntime().addShutdownHook(new Thread(WorkerMain::stop, "stop"));
        // Only now: whoever reads it may stop the worker at once.
        worker.announce();
    }

    private static ModelSettings models(@Nullable Path file, WorkerSettings settings) {
        Path list = settings.models();
        if (list == null) {
            return ModelSettings.embedded();
        }
        Path base = file == null ? Path.of("") : file.toAbsolutePath().resolveSibling("");
        Path found = base.resolve(list);
        SettingsReader reader = SettingsReader.of(found, "", Map.of());
        ModelSettings models = ModelSettings.read(reader, found.toAbsolutePath().resolveSibling(""));
        reader.finish();
        return models;
    }

    private static void stop() {
        if (!STOPPING.compareAndSet(false, true)) {
            return;
        }
        Worker worker = RUNNING.get();
        // One that still starts has taken no work.
        boolean done = worker == null;
        try {
            if (worker != null) {
                done = worker.drain();
                worker.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            LogManager.shutdown();
            // The signal's own exit code, 143, would tell an orchestrator that the stop failed.
            Runtime.getRuntime().halt(done ? 0 : WORK_LEFT);
        }
    }

    private static void fail(@Nullable String message, int code) {
        System.err.println(message);
        System.err.flush();
        Runtime.getRuntime().halt(code);
    }
}
