package phifleet.scaler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phifleet.common.settings.SettingsException;
import phifleet.common.settings.SettingsReader;

class ScalerSettingsTest {
    private static ScalerSettings read(String yaml) {
        SettingsReader reader = SettingsReader.ofYaml("test.yaml", yaml, "PHI_", Map.of());
        ScalerSettings settings = ScalerSettings.read(reader);
        reader.finish();
        return settings;
    }

    @Test
    void read_nothingSet_hasTheDefaults() {
        assertThat(read(""))
                .isEqualTo(new ScalerSettings(
                        "phi_worker",
                        List.of(new ScalerSettings.Gateway("tasks.gateway", 8080)),
                        Path.of("/var/run/docker.sock"),
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(10),
                        100,
                        null));
    }

    @Test
    void read_everySetting_isMapped() {
        assertThat(read("""
                api-key: k
                scaler:
                  service: other_worker
                  gateways: ["10.0.0.1:90", "g:8080"]
                  socket: /run/d.sock
                  period-ms: 2000
                  manual-hold-ms: 3000
                  most: 7
                """))
                .isEqualTo(new ScalerSettings(
                        "other_worker",
                        List.of(new ScalerSettings.Gateway("10.0.0.1", 90), new ScalerSettings.Gateway("g", 8080)),
                        Path.of("/run/d.sock"),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        7,
                        "k"));
    }

    @Test
    void read_severalMistakes_comeTogether() {
        SettingsException mistakes = catchThrowableOfType(
                SettingsException.class, () -> read("{scaler: {gateways: ['g', 'h:99999'], most: 0}}"));

        assertThat(mistakes.mistakes()).hasSize(3);
    }
}
