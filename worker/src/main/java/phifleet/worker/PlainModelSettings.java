package phifleet.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phifleet.common.settings.SettingsSection;
import phifleet.inference.hub.FolderWishes;
import phifleet.inference.hub.ImageTask;
import phifleet.inference.hub.PlainGraph;
import phifleet.inference.hub.TextTask;
import phifleet.inference.model.DeviceChoice;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Precision;
import phifleet.inference.model.Task;

/** An entry of {@code models.yaml} that is a graph or a TorchScript program alone. */
final class PlainModelSettings {
    private PlainModelSettings() {}

    /** Whether the entry is of this kind: it says so by its task, or by its path. */
    static boolean isFor(SettingsSection section, Path path) {
        return section.optionalText("task") == null ? PlainGraph.isAt(path) : !TextModelSettings.hasTask(section);
    }

    /** What its file says; another one that is set is a mistake. */
    private static EngineKind engine(SettingsSection section, Path network, EngineKind found) {
        String said = section.optionalText("engine");
        for (EngineKind kind : EngineKind.values()) {
            if (kind != found && SettingsSection.label(kind).equals(said)) {
                section.mistake(
                        "engine",
                        said,
                        "must be " + SettingsSection.label(found) + ", which runs " + network.getFileName());
            }
        }
        return found;
    }

    private static ImageSettings.Kind kind(SettingsSection section, Path path) {
        String text = section.optionalText("task");
        if (text == null) {
            return ImageTask.of(path).map(PlainModelSettings::kind).orElse(ImageSettings.Kind.TENSORS);
        }
        for (ImageSettings.Kind kind : ImageSettings.Kind.values()) {
            if (SettingsSection.label(kind).equals(text)) {
                return kind;
            }
        }
        section.mistake(
                "task",
                text,
                "must be one of "
                        + Stream.concat(
                                        Stream.of(ImageSettings.Kind.values(), TextTask.values())
                                                .flatMap(Arrays::stream)
                                                .map(SettingsSection::label),
                                        Stream.of(TextImageSettings.TASK))
                                .collect(Collectors.joining(", ")));
        return ImageSettings.Kind.TENSORS;
    }

    private static ImageSettings.Kind kind(ImageTask task) {
        return switch (task) {
            case IMAGE_CLASSIFICATION -> ImageSettings.Kind.IMAGE_CLASSIFICATION;
            case DETECTION -> ImageSettings.Kind.DETECTION;
        };
    }

    /**
     * Reads it.
     *
     * @param base what relative paths are relative to
     */
    static @Nullable ModelSpec read(SettingsSection section, String id, Path path, Path base) {
        Path folder = Files.isDirectory(path) ? path : path.toAbsolutePath().resolveSibling("");
        ImageSettings.Kind kind = kind(section, path);
        Task task = new ImageSettings(section, base, folder).task(kind);
        Path golden = ServingSettings.file(section, "golden", base);
        try {
            PlainGraph network = PlainGraph.find(path, wishes(section, folder));
            return new ModelSpec(
                    id,
                    section.list("aliases", List.of()),
                    network.isProgram()
                            ? new ModelSource.Program(
                                    network.file(),
                                    TensorSettings.read(section, "inputs"),
                                    TensorSettings.read(section, "outputs"))
                            : new ModelSource.Graph(network.file()),
                    engine(section, network.file(), network.isProgram() ? EngineKind.PYTORCH : EngineKind.ONNXRUNTIME),
                    ServingSettings.device(section, DeviceChoice.AUTO),
                    section.choice("precision", network.precision(), Precision.class),
                    golden == null ? null : new ModelSpec.Golden.File(golden),
                    ServingSettings.scheduling(section, ModelSpec.Scheduling.DEFAULT),
                    task);
        } catch (ModelException e) {
            section.mistake("path", path.toString(), String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static FolderWishes wishes(SettingsSection section, Path folder) {
        return new FolderWishes(
                null,
                ServingSettings.file(section, "weights", folder),
                null,
                section.optionalText("precision"),
                null,
                null,
                OptionalInt.empty());
    }
}
