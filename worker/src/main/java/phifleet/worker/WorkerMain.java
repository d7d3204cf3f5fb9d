package phifleet.worker;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.common.settings.SettingsException;
import phifleet.common.settings.SettingsReader;
import phifleet.http.ListenException;
import phifleet.inference.hub.HubModels;
import phifleet.inference.hub.remote.Hub;
import phifleet.inference.hub.remote.HubException;
import phifleet.inference.hub.remote.HubSettings;
import phifleet.inference.model.ModelException;
import phifleet.logging.LogLevel;
import phifleet.logging.ProgramLog;
import phifleet.process.ExitCode;
import phifleet.process.ListenAddress;
import phifleet.process.StopSignals;
import phifleet.worker.residence.ModelFolders;
import phifleet.worker.residence.Residence;
import phifleet.worker.thread.CompilerThreads;

/**
 * Starts one worker: {@code worker [worker.yaml]}.
 *
 * <p>Exit codes: 0 after a stop that answered all work in hand, 1 when a model or the port failed, 2 for wrong settings, 3
 * (the JVM's) after an OutOfMemoryError, 4 when work was left at the end of the drain time, 10 to 21 when a model cannot be had
 * by its name ({@link HubException.Reason}).
 */
public final class WorkerMain {
    /**
     * DJL tells where it finds its libraries at each start; every event loop registers the same gauges; members come and go by
     * design, and what matters of it the gateway says.
     */
    private static final Map<String, LogLevel> QUIETER = Map.of(
            "ai.djl", LogLevel.WARN,
            "io.micrometer", LogLevel.ERROR,
            "com.hazelcast", LogLevel.ERROR);

    private static final AtomicBoolean STOPPING = new AtomicBoolean();
    private static final AtomicReference<@Nullable Worker> RUNNING = new AtomicReference<>();

    private WorkerMain() {}

    public static void main(String[] arguments) {
        run(arguments, UnaryOperator.identity());
    }

    /** @param loading as {@link Worker#start} takes it */
    static void run(String[] arguments, UnaryOperator<Residence.Loading> loading) {
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        try {
            run(arguments.length == 0 ? null : Path.of(arguments[0]), System.getenv(), loading);
        } catch (SettingsException e) {
            ExitCode.WRONG_SETTINGS.halt(String.valueOf(e.getMessage()));
        } catch (ExecutionException e) {
            ExitCode.FAILED.halt(String.valueOf(
                    e.getCause() instanceof ListenException ? e.getCause().getMessage() : e.toString()));
        } catch (HubException e) {
            ExitCode.halt(e.reason().exitCode(), String.valueOf(e.getMessage()));
        } catch (ModelException e) {
            ExitCode.FAILED.halt(String.valueOf(e.getMessage()));
        } catch (Exception e) {
            LoggerFactory.getLogger(WorkerMain.class).error("the worker could not start", e);
            ExitCode.FAILED.halt(e.toString());
        }
    }

    private static void run(
            @Nullable Path file, Map<String, String> environment, UnaryOperator<Residence.Loading> loading)
            throws Exception {
        SettingsReader reader = SettingsReader.of(file, "PHI_", environment);
        String id = Objects.requireNonNullElseGet(reader.root().optionalText("id"), WorkerSettings::ownId);
        ProgramLog.start(reader.root(), new ProgramLog.Source("worker_id", id), QUIETER);
        WorkerSettings settings = WorkerSettings.read(
                        reader, Runtime.getRuntime().availableProcessors(), Path.of(System.getProperty("user.home")))
                .named(id);
        var warnings = reader.finish();
        Logger log = LoggerFactory.getLogger(WorkerMain.class);
        warnings.forEach(log::warn);
        for (int port : List.of(settings.http().port(), settings.http().grpcPort())) {
            Optional<String> cannotListen =
                    ListenAddress.problem(settings.http().host(), port);
            if (cannotListen.isPresent()) {
                ExitCode.FAILED.halt(cannotListen.get());
            }
        }
        CompilerThreads.giveWay();
        // Before a model is fetched, which may take minutes, and before the engines are there, since a signal must not
        // find them half
        // loaded.
        StopSignals.handle(WorkerMain::stop);
        Worker worker = Worker.start(settings, shelf(file, settings, environment), loading, RUNNING::set);
        // For every other end than by the signals.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(null), "stop"));
        // Only now: whoever reads it may stop the worker at once.
        worker.announce();
    }

    private static ModelShelf shelf(@Nullable Path file, WorkerSettings settings, Map<String, String> environment)
            throws HubException {
        Path list = settings.models();
        Path folder = settings.modelsFolder();
        if (list == null && folder == null && !settings.listsModels()) {
            return ModelShelf.embedded();
        }
        Path base = file == null ? Path.of("") : file.toAbsolutePath().resolveSibling("");
        Path found = settings.listsModels() ? file : list == null ? null : base.resolve(list);
        HubSettings where = HubSettings.of(environment, Path.of(System.getProperty("user.home")));
        HubModels hub = new HubModels(new Hub(where, new ProgressLog(System::nanoTime)));
        return new ModelShelf(
                found == null ? null : () -> ModelSettings.reader(found, settings.listsModels()),
                found == null ? base.toAbsolutePath() : found.toAbsolutePath().resolveSibling(""),
                hub::folder,
                folder == null ? null : new ModelFolders(base.resolve(folder)));
    }

    /** @param signal that told it to; null where the process ends by other means */
    private static void stop(@Nullable String signal) {
        Logger log = LoggerFactory.getLogger(WorkerMain.class);
        if (!STOPPING.compareAndSet(false, true)) {
            if (signal != null) {
                log.warn("{} again: ends at once, with its work in hand unanswered", signal);
                ProgramLog.end();
                ExitCode.WORK_LEFT.halt();
            }
            return;
        }
        Worker worker = RUNNING.get();
        // One that still starts has taken no work.
        boolean done = worker == null;
        try {
            if (worker == null) {
                log.info("{} before it was ready: ends", signal == null ? "told to stop" : signal);
            } else {
                done = worker.drain(signal == null ? "told to stop" : signal);
                log.info(done ? "stopped, all work in hand answered" : "stopped, with work left after the drain time");
                worker.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ProgramLog.end();
            // The signal's own exit code, 143, would tell an orchestrator that the stop failed.
            (done ? ExitCode.DONE : ExitCode.WORK_LEFT).halt();
        }
    }
}
