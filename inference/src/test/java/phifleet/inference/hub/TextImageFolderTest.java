package phifleet.inference.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.model.Activation;
import phifleet.inference.model.MatchScores;
import phifleet.inference.model.ModelException;
import phifleet.inference.testing.SharedFiles;

class TextImageFolderTest {
    @TempDir
    private Path folder;

    private void config(String json) throws Exception {
        Files.writeString(folder.resolve("config.json"), json);
    }

    private TextImageFolder copy(String model, String... without) throws Exception {
        Path source = SharedFiles.file("models/heads/" + model);
        Files.createDirectories(folder.resolve("onnx"));
        for (String name : new String[] {
            "config.json",
            "tokenizer.json",
            "tokenizer_config.json",
            "onnx/text_model.onnx",
            "onnx/vision_model.onnx",
            "onnx/model.onnx"
        }) {
            if (!List.of(without).contains(name)) {
                Files.copy(source.resolve(name), folder.resolve(name));
            }
        }
        return TextImageFolder.read(folder, FolderWishes.NONE);
    }

    @Test
    void isAt_bothConfigurations_ofAKnownFamilyOrWithBothGraphs() throws Exception {
        assertThat(TextImageFolder.isAt(folder)).isFalse();
        config("{\"model_type\":\"clip\",\"text_config\":{},\"vision_config\":{}}");
        assertThat(TextImageFolder.isAt(folder)).isTrue();
        config("{\"model_type\":\"gemma3\",\"text_config\":{},\"vision_config\":{}}");
        assertThat(TextImageFolder.isAt(folder)).isFalse();
        Files.createDirectories(folder.resolve("onnx"));
        Files.createFile(folder.resolve("onnx/text_model.onnx"));
        Files.createFile(folder.resolve("onnx/vision_model_quantized.onnx"));
        assertThat(TextImageFolder.isAt(folder)).isTrue();
        config("{\"model_type\":\"clip\",\"text_config\":{}}");
        assertThat(TextImageFolder.isAt(folder)).isFalse();
        config("no JSON");
        assertThat(TextImageFolder.isAt(folder)).isFalse();
    }

    @Test
    void read_graphMissing_namesIt() throws Exception {
        config("{\"model_type\":\"clip\",\"text_config\":{},\"vision_config\":{}}");
        assertThatThrownBy(() -> TextImageFolder.read(folder, FolderWishes.NONE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("has no onnx/text_model.onnx");
    }

    @Test
    void read_siglip_fillsTextsUpWithItsPadding() throws Exception {
        TextImageFolder siglip = copy("siglip-base");
        assertThat(siglip.texts().input().filled()).isTrue();
        assertThat(siglip.texts().input().maxTokens()).isEqualTo(64);
        assertThat(siglip.texts().input().padId()).isEqualTo(1);
        assertThat(siglip.imageOutput()).isEqualTo("pooler_output");
    }

    @Test
    void match_whatIsSet_comesBeforeTheGraph() throws Exception {
        TextImageFolder clip = copy("clip-vit-b32");
        assertThat(clip.match(50.0, null)).isEqualTo(new MatchScores(50, 0, Activation.SOFTMAX));
        assertThat(clip.match(null, 2.0)).extracting("bias").isEqualTo(2.0);
    }

    @Test
    void match_noJointGraph_isKnownWhereItIsSet() throws Exception {
        TextImageFolder siglip = copy("siglip-base", "onnx/model.onnx");
        assertThat(siglip.match(null, -3.0)).isNull();
        assertThat(siglip.match(20.0, -3.0)).isEqualTo(new MatchScores(20, -3, Activation.SIGMOID));
        assertThat(siglip.texts().recipe().decisions()).anyMatch(decision -> decision.contains("logit-scale"));
    }
}
