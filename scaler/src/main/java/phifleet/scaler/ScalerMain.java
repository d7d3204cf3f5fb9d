package phifleet.scaler;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.common.settings.SettingsException;
import phifleet.common.settings.SettingsReader;
import phifleet.logging.ProgramLog;
import phifleet.process.ExitCode;
import phifleet.process.StopSignals;

/**
 * Starts one scaler: {@code scaler [scaler.yaml]}; without a file the environment ({@code PHI_…}) and the defaults decide.
 *
 * <p>Exit codes: 0 when told to stop, 2 for wrong settings. It can be ended at any time, and there may be two.
 */
public final class ScalerMain {
    private static final Duration ENGINE_PATIENCE = Duration.ofSeconds(10);

    private ScalerMain() {}

    public static void main(String[] arguments) {
        try {
            run(arguments);
        } catch (SettingsException e) {
            ExitCode.WRONG_SETTINGS.halt(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            ExitCode.FAILED.halt("interrupted");
        }
    }

    private static void run(String[] arguments) throws InterruptedException {
        SettingsReader reader =
                SettingsReader.of(arguments.length == 0 ? null : Path.of(arguments[0]), "PHI_", System.getenv());
        ProgramLog.start(
                reader.root(),
                new ProgramLog.Source(
                        "scaler_id", "scaler-" + ProcessHandle.current().pid()),
                Map.of());
        ScalerSettings settings = ScalerSettings.read(reader);
        List<String> warnings = reader.finish();
        Logger log = LoggerFactory.getLogger(ScalerMain.class);
        warnings.forEach(log::warn);
        StopSignals.handle(signal -> {
            log.info("{}: ends", signal);
            ProgramLog.end();
            ExitCode.DONE.halt();
        });
        log.info("sets the replicas of {} by {}", settings.service(), settings.gateways());
        Scaler scaler = new Scaler(
                settings,
                new Gateways(settings.gateways(), settings.apiKey()),
                new EngineSocket(settings.socket(), ENGINE_PATIENCE),
                Clock.systemUTC());
        while (true) {
            Thread.sleep(scaler.look());
        }
    }
}
