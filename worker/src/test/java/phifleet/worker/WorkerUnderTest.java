package phifleet.worker;

import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import phifleet.common.settings.SettingsReader;
import phifleet.worker.residence.ModelFolders;

/** A whole worker in this process, on a free port of the loopback interface, with the embedded model or another. */
public final class WorkerUnderTest implements AutoCloseable {
    private final Worker worker;

    private WorkerUnderTest(Worker worker) {
        this.worker = worker;
    }

    /**
     * Starts a worker and waits until it is ready.
     *
     * @param settings variables without their prefix, such as {@code BATCHING_POLICY}
     */
    public static WorkerUnderTest start(Path cache, Map<String, String> settings) throws Exception {
        return start(cache, ModelShelf.embedded(), settings);
    }

    /** The same with one model at a path, in place of the embedded one. */
    public static WorkerUnderTest start(Path cache, String modelId, Path model, Map<String, String> settings)
            throws Exception {
        return start(cache, "models: [{id: " + modelId + ", path: " + model + "}]", settings);
    }

    /** The same with the models of a {@code models.yaml}. */
    public static WorkerUnderTest start(Path cache, String yaml, Map<String, String> settings) throws Exception {
        return start(
                cache,
                new ModelShelf(
                        () -> SettingsReader.ofYaml("models.yaml", yaml, "", Map.of()),
                        cache,
                        (name, wishes) -> cache.resolve(name.id()),
                        null),
                settings);
    }

    /** The same with the models of a file, which may change, and of a folder. */
    static WorkerUnderTest start(
            Path cache, @Nullable Path list, @Nullable ModelFolders folders, Map<String, String> settings)
            throws Exception {
        return start(
                cache,
                new ModelShelf(
                        list == null ? null : () -> SettingsReader.of(list, "", Map.of()),
                        list == null ? cache : list.toAbsolutePath().resolveSibling(""),
                        (name, wishes) -> cache.resolve(name.id()),
                        folders),
                settings);
    }

    private static WorkerUnderTest start(Path cache, ModelShelf models, Map<String, String> settings) throws Exception {
        Map<String, String> environment = new HashMap<>();
        environment.put("PHI_HTTP_HOST", "127.0.0.1");
        environment.put("PHI_HTTP_PORT", "0");
        environment.put("PHI_CACHE", cache.toString());
        settings.forEach((name, value) -> environment.put("PHI_" + name, value));
        SettingsReader reader = SettingsReader.of(null, "PHI_", environment);
        WorkerSettings workerSettings =
                WorkerSettings.read(reader, Runtime.getRuntime().availableProcessors(), cache);
        reader.finish();
        return new WorkerUnderTest(Worker.start(workerSettings, models, UnaryOperator.identity(), ready -> {}));
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + worker.port());
    }

    /** Where it takes gRPC calls. */
    public int grpcPort() {
        return worker.grpcPort();
    }

    /** As at SIGTERM; whether all work in hand was answered. */
    public boolean drain() throws InterruptedException {
        return worker.drain("the test");
    }

    @Override
    public void close() {
        worker.close();
    }
}
