package phifleet.scaler;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.settings.SettingsReader;
import phifleet.common.settings.SettingsSection;

/**
 * All settings of a scaler.
 *
 * @param service the name of the service whose replicas it sets
 * @param gateways where it asks, as {@code tasks.gateway:8080}; all addresses of a name
 * @param socket of the Docker engine of a manager
 * @param period between two looks, at most 200 ms while no worker is wanted; where it is longer than half a minute, gateways forget in between what the service has to have
 * @param manualHold how long the size that a person has set is left alone
 * @param most replicas, whatever is wanted
 * @param apiKey shown to the gateways; null for none
 */
public record ScalerSettings(
        String service,
        List<Gateway> gateways,
        Path socket,
        Duration period,
        Duration manualHold,
        int most,
        @Nullable String apiKey) {
    public ScalerSettings {
        gateways = List.copyOf(gateways);
    }

    /** A name, of which all addresses are asked. */
    public record Gateway(String host, int port) {}

    /** Reads everything; mistakes are the reader's to report. */
    public static ScalerSettings read(SettingsReader reader) {
        SettingsSection scaler = reader.root().section("scaler");
        return new ScalerSettings(
                scaler.text("service", "phi_worker"),
                gateways(scaler),
                Path.of(scaler.text("socket", "/var/run/docker.sock")),
                Duration.ofMillis(scaler.number("period-ms", 1_000, 100, 600_000)),
                Duration.ofMillis(scaler.number("manual-hold-ms", 600_000, 0, 86_400_000)),
                scaler.integer("most", 100, 1, 10_000),
                reader.root().optionalText("api-key"));
    }

    private static List<Gateway> gateways(SettingsSection scaler) {
        List<Gateway> gateways = new ArrayList<>();
        for (String address : scaler.list("gateways", List.of("tasks.gateway:8080"))) {
            int colon = address.lastIndexOf(':');
            String port = address.substring(colon + 1);
            if (colon < 1 || !port.matches("[1-9][0-9]{0,4}") || Integer.parseInt(port) > 65_535) {
                scaler.mistake("gateways", address, "must list addresses like tasks.gateway:8080");
            } else {
                gateways.add(new Gateway(address.substring(0, colon), Integer.parseInt(port)));
            }
        }
        return gateways;
    }
}
