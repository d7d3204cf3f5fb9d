package phifleet.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.common.settings.SettingsSection;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.OcrPart;
import phifleet.inference.model.Preprocessing;
import phifleet.inference.model.Task;
import phifleet.inference.vision.Preprocessings;
import phifleet.inference.vision.PreprocessorConfig;
import phifleet.inference.vision.output.Labels;

/** What an entry of {@code models.yaml} says of a model that sees images. */
final class ImageSettings {
    /** What the setting {@code task} takes. */
    enum Kind {
        TENSORS,
        IMAGE_CLASSIFICATION,
        DETECTION,
        IMAGE_ENCODING,
        TEXT_DETECTION,
        TEXT_DIRECTION,
        TEXT_RECOGNITION
    }

    private final SettingsSection section;
    private final Path base;
    private final Path folder;

    /**
     * @param base what relative paths are relative to
     * @param folder where the model lies
     */
    ImageSettings(SettingsSection section, Path base, Path folder) {
        this.section = section;
        this.base = base;
        this.folder = folder;
    }

    Task task(Kind kind) {
        return switch (kind) {
            case TENSORS -> new Task.Tensors();
            case IMAGE_CLASSIFICATION ->
                new Task.ImageClassification(
                        preprocessing(Preprocessings.IMAGENET), labels(), section.optionalText("output"));
            case DETECTION ->
                new Task.Detection(
                        preprocessing(Preprocessings.yolo(640, 640)), labels(), section.optionalText("head"));
            case IMAGE_ENCODING ->
                new Task.ImageEncoding(
                        preprocessing(Preprocessings.UNIT),
                        section.optionalText("output"),
                        section.flag("normalize", true));
            case TEXT_DETECTION -> new Task.Ocr(OcrPart.DETECTION);
            case TEXT_DIRECTION -> new Task.Ocr(OcrPart.DIRECTION);
            case TEXT_RECOGNITION -> new Task.Ocr(OcrPart.RECOGNITION);
        };
    }

    /** A built-in list or a file; beside the graph {@code labels.txt}, or {@code config.json}, where nothing is set. */
    private List<String> labels() {
        @Nullable String text = section.optionalText("labels");
        try {
            if (text != null) {
                Optional<List<String>> known = Labels.builtIn(text);
                return known.isPresent() ? known.get() : Labels.read(base.resolve(text));
            }
            Path file = folder.resolve("labels.txt");
            if (Files.isRegularFile(file)) {
                return Labels.read(file);
            }
            Path config = folder.resolve("config.json");
            return Files.isRegularFile(config) ? Labels.ofConfig(config) : List.of();
        } catch (ModelException e) {
            section.mistake(
                    "labels",
                    text,
                    e.getMessage() + "; must be one of " + String.join(", ", Labels.BUILT_IN) + ", or a file");
        }
        return List.of();
    }

    /** Set, or as {@code preprocessor_config.json} beside the graph says, or as the task's models usually have it. */
    Preprocessing preprocessing(Preprocessing usual) {
        SettingsSection own = section.section("preprocess");
        Path file = folder.resolve("preprocessor_config.json");
        Preprocessing found = usual;
        if (own.optionalText("like") == null && Files.isRegularFile(file)) {
            try {
                found = PreprocessorConfig.read(file);
            } catch (ModelException e) {
                section.mistake("preprocess", file.toString(), String.valueOf(e.getMessage()));
            }
        }
        return new PreprocessSettings(own).read(found);
    }
}
