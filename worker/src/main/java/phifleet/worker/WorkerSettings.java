package phifleet.worker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.common.settings.SettingsReader;
import phifleet.common.settings.SettingsSection;
import phifleet.inference.engine.EngineSettings;
import phifleet.inference.engine.onnx.Provider;
import phifleet.inference.lane.ArrivalOrderPolicy;
import phifleet.inference.lane.BatchLimits;
import phifleet.inference.lane.BatchPolicy;
import phifleet.inference.lane.LaneSettings;
import phifleet.inference.lane.LengthAwarePolicy;
import phifleet.inference.model.ModelSpec;
import phifleet.membership.MembershipSettings;
import phifleet.worker.http.HttpSettings;

/**
 * What a worker can be told.
 *
 * @param id unique in the fleet; null to make one of the host's name
 * @param models the file that lists the models; null for the embedded one, unless there is a folder of models
 * @param listsModels whether these settings' own file lists them
 * @param modelsFolder whose sub-folders are models too; null for none
 * @param modelsPoll how often that folder is looked at for changes; zero for never
 * @param engines what runs the models
 * @param drain the longest that a stopping worker waits for its work in hand
 * @param driftCheck how often the golden sentences are run again; zero for never
 */
record WorkerSettings(
        @Nullable String id,
        HttpSettings http,
        LaneOptions lane,
        @Nullable Path models,
        boolean listsModels,
        @Nullable Path modelsFolder,
        Duration modelsPoll,
        EngineSettings engines,
        Duration drain,
        Duration driftCheck,
        MembershipSettings membership) {

    /** How batches are formed. */
    enum Batching {
        /** Inputs of similar length together. */
        LENGTH_AWARE,
        /** First come, first served: the baseline that others use. */
        ARRIVAL_ORDER
    }

    /** How a GPU's arena grows: to the next power of two, or by what is asked for, which leaves more to others. */
    enum Arena {
        DOUBLING,
        EXACT
    }

    /**
     * @param queueTokens tokens that may wait or run for one model; over it requests are refused
     * @param queueElements elements of tensors that may wait or run for one model; over it requests are refused
     * @param queueLimit how long other work may delay a request; past it requests are refused
     * @param batchItems the most texts of one batch
     * @param window how many waiting texts a batch is chosen from
     * @param loops threads that run models on the CPU; 0 for one a core
     * @param gpuLoops threads that run models on each GPU; 0 for one or two, as is found to be faster
     */
    record LaneOptions(
            Batching batching,
            long queueTokens,
            long queueElements,
            Duration queueLimit,
            int batchItems,
            int window,
            int loops,
            int gpuLoops) {

        /** The most inputs of one batch of a model. */
        int batchItems(ModelSpec.Scheduling scheduling) {
            return scheduling.batchItems() > 0 ? scheduling.batchItems() : batchItems;
        }

        BatchPolicy policy() {
            return switch (batching) {
                case LENGTH_AWARE -> new LengthAwarePolicy();
                case ARRIVAL_ORDER -> new ArrivalOrderPolicy();
            };
        }

        /**
         * For the lane of one model.
         *
         * @param limitUnits of work that may wait or run
         * @param nanosPerUnit as probed; 0 where it is not known yet
         */
        LaneSettings laneSettings(
                long limitUnits, BatchLimits batch, ModelSpec.Scheduling scheduling, double nanosPerUnit) {
            return new LaneSettings(
                    limitUnits,
                    queueLimit,
                    batch,
                    window,
                    scheduling.weight(),
                    scheduling.company(),
                    scheduling.instances() > 0 ? scheduling.instances() : Integer.MAX_VALUE,
                    nanosPerUnit);
        }
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
                HttpSettings.read(root, processors),
                new LaneOptions(
                        batching.choice("policy", Batching.LENGTH_AWARE, Batching.class),
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
                engines(
                        root,
                        gpu,
                        new EngineSettings.AloneThreads(threads > 0 ? threads : threadsFound, threads > 0),
                        home),
                Duration.ofMillis(root.number("drain-timeout-ms", 30_000, 0, 86_400_000)),
                Duration.ofMillis(root.number("drift-check-ms", 600_000, 0, 86_400_000)),
                MembershipSettings.read(root.section("membership"), root.section("fleet")));
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
}
