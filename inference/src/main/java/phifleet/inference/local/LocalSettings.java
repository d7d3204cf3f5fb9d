package phifleet.inference.local;

import java.nio.file.Path;
import phifleet.inference.engine.EngineSettings;
import phifleet.inference.hub.remote.DownloadProgress;
import phifleet.inference.hub.remote.HubException;
import phifleet.inference.hub.remote.HubSettings;
import phifleet.inference.serving.LaneOptions;

/**
 * Where models come from and what they may take.
 *
 * @param engines with the folder for what is made once: libraries, prepared models, measured batches
 * @param lanes how much may wait, and on how many threads models run
 * @param hub where models are got by their names
 * @param progress is told of downloads
 */
public record LocalSettings(EngineSettings engines, LaneOptions lanes, HubSettings hub, DownloadProgress progress) {

    /**
     * The cache that workers of this user share, a thread a core, all that waits, and the Hub as the variables of its tools say.
     *
     * @throws HubException if these variables are wrong
     */
    public static LocalSettings usual() throws HubException {
        Path home = Path.of(System.getProperty("user.home"));
        return new LocalSettings(
                EngineSettings.of(home.resolve(".cache").resolve("phi-fleet")),
                LaneOptions.UNBOUNDED,
                HubSettings.of(System.getenv(), home),
                DownloadProgress.SILENT);
    }

    /** The same with another folder for what is made once. */
    public LocalSettings withCache(Path folder) {
        return new LocalSettings(
                new EngineSettings(folder, engines.onnxRuntime(), engines.gpu(), engines.alone()),
                lanes,
                hub,
                progress);
    }

    /** The same with another number of threads for the models on the CPU; 0 for one a core. */
    public LocalSettings withThreads(int threads) {
        return new LocalSettings(
                engines,
                new LaneOptions(
                        lanes.batching(),
                        lanes.queueTokens(),
                        lanes.queueElements(),
                        lanes.queueLimit(),
                        lanes.batchItems(),
                        lanes.window(),
                        threads,
                        lanes.gpuLoops()),
                hub,
                progress);
    }

    /** The same with another place to get models from by their names. */
    public LocalSettings withHub(HubSettings other) {
        return new LocalSettings(engines, lanes, other, progress);
    }
}
