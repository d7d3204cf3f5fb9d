package phifleet.worker;

import java.nio.file.Path;
import java.util.Map;
import phifleet.common.settings.SettingsReader;

/** A worker's settings files, read as its main does. */
public final class SettingsFiles {
    private SettingsFiles() {}

    public static void readWorker(String yaml) {
        SettingsReader reader = SettingsReader.ofYaml("worker.yaml", yaml, "PHI_", Map.of());
        WorkerSettings.read(reader, 2, Path.of("/home/x"));
        reader.finish();
    }

    public static void readModels(String yaml) {
        SettingsReader reader = SettingsReader.ofYaml("models.yaml", yaml, "", Map.of());
        ModelSettings.read(reader, Path.of("/nowhere"));
        reader.finish();
    }
}
