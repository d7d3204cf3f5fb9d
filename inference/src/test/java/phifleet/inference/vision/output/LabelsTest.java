package phifleet.inference.vision.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.inference.model.ModelException;

class LabelsTest {
    @TempDir
    Path folder;

    @Test
    void builtIn_haveTheirClasses() {
        List<String> imagenet = Labels.builtIn("imagenet-1k").orElseThrow();
        List<String> coco = Labels.builtIn("coco-80").orElseThrow();

        assertThat(imagenet).hasSize(1000).startsWith("tench").endsWith("toilet tissue");
        assertThat(imagenet.get(285)).isEqualTo("Egyptian cat");
        assertThat(coco).hasSize(80).startsWith("person").endsWith("toothbrush");
        assertThat(coco.get(16)).isEqualTo("dog");
        assertThat(Labels.builtIn("../secret")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat\ndog\r\nowl\n",
                "[\"cat\", \"dog\", \"owl\"]",
                "{\"2\": \"owl\", \"0\": \"cat\", \"1\": \"dog\"}",
                "{\"model_type\": \"vit\", \"id2label\": {\"0\": \"cat\", \"1\": \"dog\", \"2\": \"owl\"}}",
                "{\"0\": [\"n01\", \"cat\"], \"1\": [\"n02\", \"dog\"], \"2\": [\"n03\", \"owl\"]}"
            })
    void read_anyForm_givesLabelsInOrder(String text) throws Exception {
        assertThat(Labels.read(file(text))).containsExactly("cat", "dog", "owl");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"0\": \"cat\", \"2\": \"owl\"} | key 2 is no index of 0 to 1",
                "{\"0\": \"cat\", \"00\": \"owl\"} | key 00",
                "{\"zero\": \"cat\"} | key zero",
                "[\"cat\", 5] | 5 is no label",
                "[\"cat\" | no valid JSON"
            })
    void read_whatIsNoList_isRefused(String text, String message) {
        assertThatThrownBy(() -> Labels.read(file(text)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message);
    }

    @Test
    void read_noFile_isNamed() {
        assertThatThrownBy(() -> Labels.read(folder.resolve("none.txt")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("none.txt");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("labels"), text);
    }
}
