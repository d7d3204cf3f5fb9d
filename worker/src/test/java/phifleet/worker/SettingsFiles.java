package phifleet.worker;

import java.nio.file.Path;
import java.util.Map;
import phifleet.common.settings.SettingsReader;
import phifleet.inference.hub.remote.HubException;

/** A worker's settings files, read as its main does. */
public final class SettingsFiles {
    private SettingsFiles() {}

    public static void readWorker(String yaml) {
        SettingsReader reader = SettingsReader.ofYaml("worker.yaml", yaml, "PHI_", Map.of());
        WorkerSettings.read(reader, 2, Path.of("/home/x"));
        reader.finish();
    }

    /** With a hub that has nothing. */
    public static void readModels(String yaml) throws InterruptedException {
        SettingsReader reader = SettingsReader.ofYaml("models.yaml", yaml, "", Map.of());
        try {
            ModelSettings.read(reader, Path.of("/nowhere"), (name, wishes) -> Path.of("/nowhere", name.id()));
        } catch (HubException refused) {
            return;
        }
        reader.finish();
    }
}
