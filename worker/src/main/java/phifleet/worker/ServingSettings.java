package phifleet.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.common.settings.SettingsSection;
import phifleet.inference.model.DeviceChoice;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Residency;

/** What an entry of {@code models} says of where and how a model runs, whatever it does. */
final class ServingSettings {
    private ServingSettings() {}

    static ModelSpec.Scheduling scheduling(SettingsSection section, ModelSpec.Scheduling found) {
        return new ModelSpec.Scheduling(
                section.decimal("weight", found.weight(), 0.01, 1000),
                section.integer("batch-tokens", found.batchUnits(), 0, 1_000_000),
                section.integer("batch-size", found.batchItems(), 0, 65_536),
                Duration.ofMillis(
                        section.number("batch-timeout-ms", found.company().toMillis(), 0, 60_000)),
                section.integer("instances", found.instances(), 0, 1024),
                section.integer("warmup", found.warmup(), 0, 10_000));
    }

    /**
     * In which form its weights are in memory: as its files are mapped at first, where somebody waits for its load.
     *
     * @param onDemand whether it is loaded when a request names it
     */
    static Residency residency(SettingsSection section, boolean onDemand) {
        Resident usual = onDemand ? Resident.SOON : Resident.FAST;
        return switch (section.choice("resident", usual, Resident.class)) {
            case FAST -> Residency.PREPARED;
            case SOON -> Residency.MAPPED_FIRST;
            case SMALL -> Residency.MAPPED;
        };
    }

    /** As settings have it. */
    private enum Resident {
        FAST,
        SOON,
        SMALL
    }

    static DeviceChoice device(SettingsSection section, DeviceChoice usual) {
        String device = section.optionalText("device");
        Optional<DeviceChoice> choice = device == null ? Optional.of(usual) : DeviceChoice.read(device);
        if (choice.isEmpty()) {
            section.mistake("device", device, "must be auto, cpu, cuda, cuda:N, openvino or openvino:CPU, GPU or NPU");
        }
        return choice.orElse(usual);
    }

    /** A file that a key names, which must be there; null where the key is absent. */
    static @Nullable Path file(SettingsSection section, String key, Path base) {
        String text = section.optionalText(key);
        if (text == null) {
            return null;
        }
        Path file = base.resolve(text);
        if (!Files.isRegularFile(file)) {
            section.mistake(key, text, "there is no such file");
        }
        return file;
    }
}
