package phifleet.worker.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import phifleet.inference.testing.SafetensorsFile;
import phifleet.inference.testing.SharedFiles;

/** A static model with random numbers, as many a vector as the best known ones have. */
final class StaticFolder {
    private static final int DIMENSION = 256;

    /** As many as the tokeniser of the folder that is imitated knows. */
    private static final int ROWS = 900;

    private StaticFolder() {}

    static Path write(Path folder) throws IOException {
        Path like = SharedFiles.file("models/encoders/potion");
        Files.createDirectories(folder);
        for (String file : List.of("tokenizer.json", "modules.json", "config.json")) {
            Files.writeString(folder.resolve(file), Files.readString(like.resolve(file)));
        }
        Random random = new Random(1);
        float[] numbers = new float[ROWS * DIMENSION];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        new SafetensorsFile().add("embeddings", numbers, ROWS, DIMENSION).write(folder.resolve("model.safetensors"));
        return folder;
    }
}
