package phifleet.inference.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.request.EmbeddingInputType;
import dev.langchain4j.model.embedding.request.EmbeddingRequest;
import dev.langchain4j.model.embedding.response.EmbeddingResponse;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.langchain4j.model.scoring.ScoringModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.engine.onnx.TinyEncoder;
import phifleet.inference.engine.onnx.TinyHead;
import phifleet.inference.local.LocalEncoder;
import phifleet.inference.local.LocalModels;
import phifleet.inference.local.LocalSettings;
import phifleet.inference.testing.Workbench;

/** By LangChain4j's own interfaces. */
@Timeout(120)
class LangChain4jTest {
    @TempDir
    private Path folder;

    private LocalModels models;

    @BeforeEach
    void start() throws Exception {
        models = new LocalModels(LocalSettings.usual().withCache(Workbench.cache()));
    }

    @AfterEach
    void stop() {
        models.close();
    }

    @Test
    void embeddingModel_givesTheEncodersVectorsAndTokens() throws Exception {
        LocalEncoder encoder = models.encoder(TinyEncoder.write(folder));
        EmbeddingModel model = new PhiEmbeddingModel(encoder);
        Response<List<Embedding>> response =
                model.embedAll(List.of(TextSegment.from("a"), TextSegment.from("b c"), TextSegment.from("f")));
        assertThat(response.content())
                .extracting(Embedding::vector)
                .containsExactly(
                        encoder.embed("a").values(),
                        encoder.embed("b c").values(),
                        encoder.embed("f").values());
        assertThat(response.tokenUsage()).isEqualTo(new TokenUsage(3 + 4 + 3));
        assertThat(model.embed("a").content().vector())
                .isEqualTo(encoder.embed("a").values());
        assertThat(model.dimension()).isEqualTo(2);
        assertThat(model.modelName()).isEqualTo(folder.getFileName().toString());
        assertThat(model.embedAll(List.of()).content()).isEmpty();
    }

    @Test
    void request_choosesThePromptAndTheDimensions() throws Exception {
        TinyEncoder.write(folder);
        Files.writeString(folder.resolve("config_sentence_transformers.json"), """
                {"prompts": {"query": "f ", "passage": "a a "}}
                """);
        LocalEncoder encoder = models.encoder(folder);
        EmbeddingModel model = new PhiEmbeddingModel(encoder);
        EmbeddingRequest.Builder builder = EmbeddingRequest.builder().textSegment(TextSegment.from("b"));
        EmbeddingResponse plain = model.embed(builder.build());
        EmbeddingResponse query =
                model.embed(builder.inputType(EmbeddingInputType.QUERY).build());
        EmbeddingResponse document = model.embedAsync(builder.inputType(EmbeddingInputType.DOCUMENT)
                        .dimensions(1)
                        .build())
                .join();
        assertThat(plain.embeddings().getFirst().vector())
                .isEqualTo(encoder.embed("b").values());
        assertThat(query.embeddings().getFirst().vector())
                .isEqualTo(encoder.embed("f b").values());
        assertThat(document.embeddings().getFirst().vector())
                .containsExactly(encoder.embed("a a b").get(0));
        assertThat(query.modelName()).isEqualTo(encoder.model().description().id());
        assertThatThrownBy(() -> model.embed(builder.dimensions(3).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dimensions is 3")
                .hasMessageContaining("1 to 2");
    }

    @Test
    void encoderThatIsClosed_isToldInLangChain4jsException() throws Exception {
        LocalEncoder encoder = models.encoder(TinyEncoder.write(folder));
        EmbeddingModel model = new PhiEmbeddingModel(encoder);
        encoder.close();
        assertThatThrownBy(() -> model.embed("a"))
                .isInstanceOf(LangChain4jException.class)
                .hasMessage("the model is closed");
    }

    @Test
    void scoringModel_givesTheRerankersScores() throws Exception {
        ScoringModel model = new PhiScoringModel(models.reranker(TinyHead.ranker(folder)));
        Response<List<Double>> scores =
                model.scoreAll(List.of(TextSegment.from("b"), TextSegment.from("f"), TextSegment.from("d")), "a");
        assertThat(scores.content().get(1)).isGreaterThan(scores.content().get(2));
        assertThat(scores.content().get(2)).isGreaterThan(scores.content().get(0));
        assertThat(scores.tokenUsage()).isEqualTo(new TokenUsage(3 * 5));
        assertThat(model.score("f", "a").content()).isEqualTo(scores.content().get(1));
    }
}
