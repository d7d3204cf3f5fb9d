package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.testing.SharedFiles;

/** An exported sparse encoder whose weights are added up over a text's tokens, against ONNX Runtime's numbers summed by NumPy. */
class SparseSumsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How many weights there are, their sum, and the five largest. */
    private record Known(int count, double sum, Map<Integer, Double> largest) {}

    private static final Map<String, Known> KNOWN = Map.of(
            "The quick brown fox jumps over the lazy dog.",
            new Known(81, 276.779, Map.of(336, 35.51627, 242, 30.59768, 306, 15.81355, 261, 15.72347, 442, 11.17928)),
            "a",
            new Known(8, 13.802, Map.of(453, 3.74778, 632, 3.09618, 362, 2.5258, 477, 1.55591, 167, 1.29502)),
            "Anna 👩 met Peter in Paris!",
            new Known(34, 125.05, Map.of(261, 22.66119, 242, 17.0328, 336, 10.29946, 190, 10.00672, 183, 8.51993)));

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.write(target, Files.readAllBytes(file));
            }
        }
    }

    @Test
    void embedSparse_summedWeights_areTheLibrarysTogetherAndAlone(@TempDir Path folder) throws Exception {
        copy(SharedFiles.file("models/heads/splade-v3"), folder.resolve("summed"));
        Path settings = folder.resolve("summed/1_SpladePooling/config.json");
        Files.writeString(settings, Files.readString(settings).replace("\"max\"", "\"sum\""));
        List<String> texts = List.copyOf(KNOWN.keySet());
        try (HeadsUnderTest heads = HeadsUnderTest.start(folder, List.of("summed"))) {
            JsonNode together = heads.post("/embed_sparse", JSON.valueToTree(Map.of("inputs", texts)));
            for (int i = 0; i < texts.size(); i++) {
                JsonNode alone = heads.post("/embed_sparse", JSON.valueToTree(Map.of("inputs", texts.get(i))));
                assertWeights(texts.get(i), alone.get(0));
                assertWeights(texts.get(i), together.get(i));
            }
        }
    }

    private static void assertWeights(String text, JsonNode answer) {
        Known known = Objects.requireNonNull(KNOWN.get(text));
        Map<Integer, Double> weights = answer.valueStream()
                .collect(Collectors.toMap(
                        weight -> weight.get("index").asInt(),
                        weight -> weight.get("value").asDouble()));
        assertThat(weights).as(text).hasSize(known.count());
        assertThat(weights.values().stream().mapToDouble(Double::doubleValue).sum())
                .as(text)
                .isCloseTo(known.sum(), within(1e-2));
        known.largest()
                .forEach((index, value) ->
                        assertThat(weights.get(index)).as(text).isCloseTo(value, within(1e-3)));
    }
}
