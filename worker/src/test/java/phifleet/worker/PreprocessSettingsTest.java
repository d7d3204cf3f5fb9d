package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.common.settings.SettingsReader;
import phifleet.inference.model.Resize;
import phifleet.inference.model.Resize.Multiple;
import phifleet.inference.model.Resize.Rounding;
import phifleet.inference.model.Task;

class PreprocessSettingsTest {
    @TempDir
    private Path folder;

    private Resize resize(String preprocess) throws Exception {
        Files.writeString(folder.resolve("net.pt"), "PK\u0003\u0004");
        SettingsReader reader = SettingsReader.ofYaml(
                "models.yaml",
                "models: [{id: net, path: net.pt, task: detection, preprocess: " + preprocess + "}]",
                "",
                Map.of());
        ModelSettings settings = ModelSettings.read(reader, folder, (name, wishes) -> folder.resolve(name.id()));
        reader.finish();
        return ((Task.Detection) settings.models().getFirst().task())
                .preprocessing()
                .resize();
    }

    private void besideIt(String preprocessor) throws Exception {
        Files.writeString(folder.resolve("preprocessor_config.json"), preprocessor);
    }

    @Test
    void read_waysToASize_areMapped() throws Exception {
        assertThat(resize("{resize: edges, size: [800, 1333]}"))
                .isEqualTo(new Resize.Edges(800, 1333, Rounding.ROUND, Multiple.ANY));
        assertThat(resize("{resize: within, size: [640, 480]}")).isEqualTo(new Resize.Within(640, 480));
        assertThat(resize("{resize: stretch, size: [640, 480]}")).isEqualTo(new Resize.Stretch(640, 480));
        assertThat(resize("{resize: shortest-side, size: 256}"))
                .isEqualTo(new Resize.ShortestSide(256, Rounding.ROUND));
    }

    @Test
    void read_sizeAlone_changesThatOfTheFileBesideTheGraph() throws Exception {
        besideIt("""
                {"image_processor_type": "DetrImageProcessor", "do_pad": true, "pad_size": {"height": 200, "width": 200},
                 "size": {"shortest_edge": 80, "longest_edge": 133}}""");
        Resize edges = new Resize.Edges(80, 133, Rounding.ROUND, Multiple.ANY);
        assertThat(resize("{}")).isEqualTo(new Resize.Padded(edges, 200, 200));
        assertThat(resize("{size: [90, 100]}")).isEqualTo(new Resize.Edges(90, 100, Rounding.ROUND, Multiple.ANY));
    }

    @Test
    void read_cropOfWhatIsPadded_isAMistake() throws Exception {
        besideIt("""
                {"image_processor_type": "DetrImageProcessor", "do_pad": true, "pad_size": {"height": 200, "width": 200},
                 "size": {"height": 80, "width": 80}}""");
        assertThatThrownBy(() -> resize("{crop: 50}")).hasMessageContaining("an image that is padded is not cropped");
    }
}
