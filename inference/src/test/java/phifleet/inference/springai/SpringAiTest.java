package phifleet.inference.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.document.Document;
import org.springframework.ai.document.MetadataMode;
import org.springframework.ai.embedding.Embedding;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import phifleet.inference.engine.onnx.TinyEncoder;
import phifleet.inference.local.LocalEncoder;
import phifleet.inference.local.LocalModels;
import phifleet.inference.local.LocalSettings;
import phifleet.inference.testing.Workbench;

/** By Spring AI's own interface. */
@Timeout(120)
class SpringAiTest {
    @TempDir
    private Path folder;

    private LocalModels models;
    private LocalEncoder encoder;
    private EmbeddingModel model;

    @BeforeEach
    void start() throws Exception {
        models = new LocalModels(LocalSettings.usual().withCache(Workbench.cache()));
        encoder = models.encoder(TinyEncoder.write(folder));
        model = new PhiEmbeddingModel(encoder);
    }

    @AfterEach
    void stop() {
        models.close();
    }

    @Test
    void embeddingModel_givesTheEncodersVectorsAndTokens() throws Exception {
        EmbeddingResponse response = model.embedForResponse(List.of("a", "b c"));
        assertThat(response.getResults())
                .extracting(Embedding::getOutput)
                .containsExactly(
                        encoder.embed("a").values(), encoder.embed("b c").values());
        assertThat(response.getResults()).extracting(Embedding::getIndex).containsExactly(0, 1);
        assertThat(response.getMetadata().getUsage().getPromptTokens()).isEqualTo(3 + 4);
        assertThat(response.getMetadata().getModel())
                .isEqualTo(encoder.model().description().id());
        assertThat(model.embed("a")).isEqualTo(encoder.embed("a").values());
        assertThat(model.embed(List.of("f"))).containsExactly(encoder.embed("f").values());
        assertThat(model.dimensions()).isEqualTo(2);
    }

    @Test
    void document_isItsText_orWhatItsMetadataPutsBefore() throws Exception {
        Document document = new Document("b", Map.of("c", "d"));
        assertThat(model.embed(document)).isEqualTo(encoder.embed("b").values());
        EmbeddingModel all = new PhiEmbeddingModel(encoder, MetadataMode.ALL);
        assertThat(all.embed(document))
                .isEqualTo(encoder.embed("c: d\n\nb").values())
                .isNotEqualTo(encoder.embed("b").values());
    }

    @Test
    void options_cutTheVectors_withinTheModels() throws Exception {
        EmbeddingOptions one = EmbeddingOptions.builder().dimensions(1).build();
        assertThat(model.call(new EmbeddingRequest(List.of("a"), one))
                        .getResult()
                        .getOutput())
                .containsExactly(encoder.embed("a").get(0));
        EmbeddingOptions three = EmbeddingOptions.builder().dimensions(3).build();
        assertThatThrownBy(() -> model.call(new EmbeddingRequest(List.of("a"), three)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dimensions is 3");
    }

    @Test
    void encoderThatIsClosed_isTold() {
        encoder.close();
        assertThatThrownBy(() -> model.embed("a"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the model is closed");
    }
}
