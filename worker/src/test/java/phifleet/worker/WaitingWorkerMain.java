package phifleet.worker;

import java.nio.file.Path;
import phifleet.common.settings.SettingsReader;

/**
 * A worker as {@link WorkerMain} starts it, with {@link WaitingModels} in place of its models: {@code worker [worker.yaml]}, with the
 * curve in the variable {@code WAITING_CURVE}.
 */
public final class WaitingWorkerMain {
    private WaitingWorkerMain() {}

    public static void main(String[] arguments) {
        WaitingModels.Curve curve =
                WaitingModels.Curve.of(System.getenv().getOrDefault("WAITING_CURVE", "0.04,0.02,8"));
        Path file = arguments.length == 0 ? null : Path.of(arguments[0]);
        WorkerSettings settings = WorkerSettings.read(
                SettingsReader.of(file, "PHI_", System.getenv()), 1, Path.of(System.getProperty("user.home")));
        WorkerMain.run(arguments, usual -> new WaitingModels(settings.lane(), curve));
    }
}
