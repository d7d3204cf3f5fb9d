package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.model.ModelSource;

class ModelChecksumTest {
    @TempDir
    Path folder;

    private String sum(Path graph) throws Exception {
        return ModelChecksum.of(new ModelSource.Graph(graph), "resized");
    }

    @Test
    void weightsThatTheGraphNames_areInIt_whateverTheyAreCalled() throws Exception {
        Path graph = Files.write(folder.resolve("model.onnx"), TinyGraph.withWeightsIn("encoder.bin"));
        Path weights = Files.write(folder.resolve("encoder.bin"), new byte[] {1, 2, 3, 4});
        String before = sum(graph);
        Files.write(weights, new byte[] {1, 2, 3, 5});
        assertThat(sum(graph)).isNotEqualTo(before);
    }

    @Test
    void fileBesideThatIsNoneOfIts_isNot() throws Exception {
        Path graph = TinyGraph.write(folder.resolve("model.onnx"), 1);
        String alone = sum(graph);
        Files.write(folder.resolve("model.onnx.bak"), new byte[] {1});
        assertThat(sum(graph)).isEqualTo(alone);
        assertThat(ModelChecksum.of(new ModelSource.Graph(graph), "cropped")).isNotEqualTo(alone);
    }
}
