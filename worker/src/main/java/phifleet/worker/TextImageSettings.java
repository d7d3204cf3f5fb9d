package phifleet.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.settings.SettingsSection;
import phifleet.inference.hub.FolderWishes;
import phifleet.inference.hub.TextImageFolder;
import phifleet.inference.model.DeviceChoice;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Precision;
import phifleet.inference.model.Task;
import phifleet.inference.vision.Preprocessings;

/** An entry of {@code models.yaml} whose folder has a graph of texts and one of images. */
final class TextImageSettings {
    /** What the setting {@code task} calls it. */
    static final String TASK = "text-image-encoding";

    private TextImageSettings() {}

    /** Whether the entry is of this kind: it says so by its task, or by its path. */
    static boolean isFor(SettingsSection section, Path path) {
        String task = section.optionalText("task");
        return task == null ? TextImageFolder.isAt(path) : task.equals(TASK);
    }

    /**
     * Reads it; null where it is mistaken.
     *
     * @param base what relative paths are relative to
     */
    static @Nullable ModelSpec read(SettingsSection section, String id, Path path, Path base) {
        ImageSettings images = new ImageSettings(section, base, path);
        if (!Files.isRegularFile(path.resolve("preprocessor_config.json"))
                && section.section("preprocess").optionalText("like") == null) {
            section.mistake(
                    "preprocess",
                    null,
                    path + " has no preprocessor_config.json; say with like: how images are prepared");
            return null;
        }
        FolderWishes wishes = new FolderSettings(section).of(path);
        for (String key : List.of("weights", "pooling", "output")) {
            if (section.optionalText(key) != null) {
                section.mistake(
                        key,
                        section.optionalText(key),
                        "a model of texts and images has two graphs that pool"
                                + " by themselves; precision: chooses among those of each");
            }
        }
        if (wishes.engine() == EngineKind.PYTORCH) {
            section.mistake("engine", "pytorch", "must be onnxruntime, which runs both graphs");
        }
        try {
            TextImageFolder folder = TextImageFolder.read(path, wishes);
            Task.SentenceEncoding texts =
                    new TextModelSettings(section, base).encoding(folder.source(), folder.texts());
            if (texts.input().filled()
                    && texts.input().maxTokens() != folder.texts().input().maxTokens()) {
                section.mistake(
                        "max-tokens",
                        Integer.toString(texts.input().maxTokens()),
                        "must be " + folder.texts().input().maxTokens()
                                + ", to which this model's texts are filled up");
            }
            return new ModelSpec(
                    id,
                    section.list("aliases", List.of()),
                    folder.source(),
                    EngineKind.ONNXRUNTIME,
                    ServingSettings.device(section, DeviceChoice.AUTO),
                    section.choice("precision", folder.precision(), Precision.class),
                    null,
                    ServingSettings.scheduling(section, ModelSpec.Scheduling.DEFAULT),
                    new Task.TextImageEncoding(
                            texts,
                            new Task.ImageEncoding(
                                    images.preprocessing(Preprocessings.CLIP), folder.imageOutput(), texts.normalize()),
                            folder.match(number(section, "logit-scale", 1e-6), number(section, "logit-bias", -1e6))));
        } catch (ModelException e) {
            section.mistake("path", path.toString(), String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static @Nullable Double number(SettingsSection section, String key, double least) {
        return section.optionalText(key) == null ? null : section.decimal(key, 0, least, 1e6);
    }
}
