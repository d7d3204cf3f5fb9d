package phifleet.benchmark.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import phifleet.benchmark.plan.Lengths;
import phifleet.benchmark.targets.Sample;

/**
 * Texts in {@code texts-LENGTHS.json}, and their known vectors beside them in {@code texts-LENGTHS.f32} (little-endian, row by row),
 * which {@code benchmark/convert/golden.py} computes from the original model, a text at a time.
 */
public final class Golden {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path folder;

    public Golden(Path folder) {
        this.folder = folder;
    }

    /** Puts the texts there; vectors of other texts go. */
    public void texts(String label, List<String> texts) throws IOException {
        Path file = folder.resolve("texts-" + label + ".json");
        String json = JSON.writeValueAsString(texts);
        if (!Files.exists(file) || !Files.readString(file).equals(json)) {
            Files.createDirectories(folder);
            Files.deleteIfExists(vectors(label));
            Files.writeString(file, json);
        }
    }

    private Path vectors(String label) {
        return folder.resolve("texts-" + label + ".f32");
    }

    List<Sample> samples(Lengths lengths, List<String> texts, int dimension) throws IOException {
        Path file = vectors(lengths.label());
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.capacity() != texts.size() * dimension * Float.BYTES) {
            throw new IOException(file + " has " + bytes.capacity() + " bytes, and must have " + dimension
                    + " floats for each of " + texts.size() + " texts");
        }
        List<Sample> samples = new ArrayList<>();
        for (String text : texts) {
            float[] vector = new float[dimension];
            bytes.asFloatBuffer().get(vector);
            bytes.position(bytes.position() + dimension * Float.BYTES);
            samples.add(new Sample(text, vector));
        }
        return samples;
    }
}
