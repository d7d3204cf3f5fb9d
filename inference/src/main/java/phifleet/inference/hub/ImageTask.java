package phifleet.inference.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import phifleet.inference.model.ModelException;

/** What a folder's model does with images, as the architecture in its {@code config.json} says. */
public enum ImageTask {
    IMAGE_CLASSIFICATION("ForImageClassification"),
    DETECTION("ForObjectDetection");

    private final String architecture;

    ImageTask(String architecture) {
        this.architecture = architecture;
    }

    /** Empty for what is no folder, or says something else, or nothing. */
    public static Optional<ImageTask> of(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try {
            JsonNode architectures =
                    JsonFile.read(folder.resolve("config.json")).at("architectures");
            for (ImageTask task : values()) {
                // Some have a word behind it: DeiTForImageClassificationWithTeacher.
                if (architectures.valueStream().anyMatch(name -> name.asText().contains(task.architecture))) {
                    return Optional.of(task);
                }
            }
        } catch (ModelException e) {
            // Whoever reads the folder says what is wrong with it.
        }
        return Optional.empty();
    }
}
