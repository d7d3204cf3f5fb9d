package phifleet.worker;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import phifleet.common.settings.SettingsReader;
import phifleet.common.settings.SettingsSection;
import phifleet.inference.engine.EngineSettings;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.serving.LaneOptions;
import phifleet.membership.MembershipSettings;
import phifleet.worker.http.HttpSettings;

/**
 * What a worker can be told.
 *
 * @param id unique in the fleet; null to make one of the host's name
 * @param node what people call the machine that it runs on; null where nobody says
 * @param models the file that lists the models; null for the embedded one, unless there is a folder of models
 * @param listsModels whether these settings' own file lists them
 * @param modelsFolder whose sub-folders are models too; null for none
 * @param modelsPoll how often that folder is looked at for changes; zero for never
 * @param modelsMemory the most bytes that models may take, where some are loaded on demand; 0 to find out
 * @param engines what runs the models
 * @param drain the longest that a stopping worker waits for its work in hand
 * @param driftCheck how often the golden sentences are run again; zero for never
 */
record WorkerSettings(
        @Nullable String id,
        @Nullable String node,
        HttpSettings http,
        LaneOptions lane,
        @Nullable Path models,
        boolean listsModels,
        @Nullable Path modelsFolder,
        Duration modelsPoll,
        long modelsMemory,
        EngineSettings engines,
        Duration drain,
        Duration driftCheck,
        MembershipSettings membership) {

    /** How a GPU's arena grows: to the next power of two, or by what is asked for, which leaves more to others. */
    enum Arena {
        DOUBLING,
        EXACT
    }

    /**
     * @param processors what the machine has
     * @param home where the cache is if nothing is set
     */
    static WorkerSettings read(SettingsReader reader, int processors, Path home) {
        SettingsSection root = reader.root();
        SettingsSection batching = root.section("batching");
        SettingsSection gpu = root.section("gpu");
        int loops = batching.integer("loops", 0, 0, 1024);
        int most = EngineSettings.AloneThreads.MOST;
        int threads = batching.integer("threads-when-idle", 0, 0, most);
        int threadsFound = Math.min(most, loops > 0 ? loops : processors);
        boolean listsModels = root.isList("models");
        return new WorkerSettings(
                root.optionalText("id"),
                root.optionalText("node"),
                HttpSettings.read(root, processors),
                new LaneOptions(
                        batching.choice("policy", LaneOptions.Batching.LENGTH_AWARE, LaneOptions.Batching.class),
                        batching.number("queue-tokens", 262_144, 512, 1L << 40),
                        // 64 MB of 32-bit floats: two dozen images of 480 x 480.
                        batching.number("queue-elements", 16L << 20, 512, 1L << 40),
                        Duration.ofMillis(batching.number("queue-ms", 10_000, 1, 86_400_000)),
                        batching.integer("batch-items", 512, 1, 65_536),
                        batching.integer("window", 256, 1, 65_536),
                        loops,
                        gpu.integer("loops", 0, 0, 8)),
                listsModels
                        ? null
                        : Optional.ofNullable(root.optionalText("models"))
                                .map(Path::of)
                                .orElse(null),
                listsModels,
                Optional.ofNullable(root.optionalText("models-dir"))
                        .map(Path::of)
                        .orElse(null),
                Duration.ofMillis(root.number("models-dir-poll-ms", 0, 0, 86_400_000)),
                root.number("models-memory-mb", 0, 0, 1L << 24) << 20,
                engines(
                        root,
                        gpu,
                        new EngineSettings.AloneThreads(threads > 0 ? threads : threadsFound, threads > 0),
                        home),
                Duration.ofMillis(root.number("drain-timeout-ms", 30_000, 0, 86_400_000)),
                Duration.ofMillis(root.number("drift-check-ms", 600_000, 0, 86_400_000)),
                MembershipSettings.read(root.section("membership"), root.section("fleet")));
    }

    /** The same of a worker that has this id. */
    WorkerSettings named(String own) {
        return new WorkerSettings(
                own,
                node,
                http,
                lane,
                models,
                listsModels,
                modelsFolder,
                modelsPoll,
                modelsMemory,
                engines,
                drain,
                driftCheck,
                membership);
    }

    private static EngineSettings engines(
            SettingsSection root, SettingsSection gpu, EngineSettings.AloneThreads alone, Path home) {
        return new EngineSettings(
                Optional.ofNullable(root.optionalText("cache"))
                        .map(Path::of)
                        .orElse(home.resolve(".cache").resolve("phi-fleet")),
                Optional.ofNullable(root.optionalText("onnxruntime-library"))
                        .map(Path::of)
                        .orElse(null),
                new EngineSettings.Gpu(
                        gpu.choice("provider", EngineSettings.GpuProvider.CUDA, EngineSettings.GpuProvider.class),
                        new Provider.GpuMemory(
                                gpu.number("memory-mb", 0, 0, 1L << 24) << 20,
                                gpu.choice("arena", Arena.DOUBLING, Arena.class) == Arena.EXACT),
                        gpu.flag("tf32", false)),
                alone);
    }

    /** What a worker is called where no id is set. */
    static String ownId() {
        String suffix = UUID.randomUUID().toString().substring(0, 8);
        try {
            return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT) + "-" + suffix;
        } catch (UnknownHostException e) {
            return "worker-" + suffix;
        }
    }
}
