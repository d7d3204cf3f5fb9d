package phifleet.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phifleet.common.settings.SettingsSection;
import phifleet.inference.hub.PlainGraph;
import phifleet.inference.hub.TextTask;
import phifleet.inference.model.DeviceChoice;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Precision;
import phifleet.inference.model.Task;

/** An entry of {@code models.yaml} that is a graph alone. */
final class PlainModelSettings {
    private PlainModelSettings() {}

    /** Whether the entry is of this kind: it says so by its task, or by its path. */
    static boolean isFor(SettingsSection section, Path path) {
        return section.optionalText("task") == null ? PlainGraph.isAt(path) : !TextModelSettings.hasTask(section);
    }

    private static ImageSettings.Kind kind(SettingsSection section) {
        String text = section.optionalText("task");
        for (ImageSettings.Kind kind : ImageSettings.Kind.values()) {
            if (SettingsSection.label(kind).equals(text)) {
                return kind;
            }
        }
        if (text != null) {
            section.mistake(
                    "task",
                    text,
                    "must be one of "
                            + Stream.of(ImageSettings.Kind.values(), TextTask.values())
                                    .flatMap(Arrays::stream)
                                    .map(SettingsSection::label)
                                    .collect(Collectors.joining(", ")));
        }
        return ImageSettings.Kind.TENSORS;
    }

    /**
     * Reads it.
     *
     * @param base what relative paths are relative to
     */
    static @Nullable ModelSpec read(SettingsSection section, String id, Path path, Path base) {
        Path folder = Files.isDirectory(path) ? path : path.toAbsolutePath().resolveSibling("");
        ImageSettings.Kind kind = kind(section);
        Task task = new ImageSettings(section, base, folder).task(kind);
        try {
            return new ModelSpec(
                    id,
                    section.list("aliases", List.of()),
                    new ModelSource.Graph(PlainGraph.find(path)),
                    EngineKind.ONNXRUNTIME,
                    ServingSettings.device(section, DeviceChoice.AUTO),
                    Precision.FP32,
                    null,
                    ServingSettings.scheduling(section, ModelSpec.Scheduling.DEFAULT),
                    task);
        } catch (ModelException e) {
            section.mistake("path", path.toString(), String.valueOf(e.getMessage()));
            return null;
        }
    }
}
