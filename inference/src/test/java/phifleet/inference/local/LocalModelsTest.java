package phifleet.inference.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.engine.onnx.TinyEncoder;
import phifleet.inference.engine.onnx.TinyHead;
import phifleet.inference.hub.remote.HubException;
import phifleet.inference.hub.remote.HubSettings;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Vector;
import phifleet.inference.testing.HubServer;
import phifleet.inference.testing.Workbench;

/** Of {@link TinyEncoder}'s words a to f are 4 to 9, between 2 and 3; a vector is the mean of ids, and 1, scaled to length one. */
@Timeout(120)
class LocalModelsTest {
    private static final List<String> WORDS = List.of("a", "b", "c", "d", "e", "f");

    @TempDir
    private Path folder;

    @TempDir
    private Path cache;

    private HubServer hub;
    private LocalModels models;

    @BeforeEach
    void start() throws IOException, HubException {
        hub = new HubServer();
        LocalSettings settings = LocalSettings.usual()
                .withCache(Workbench.cache())
                .withThreads(2)
                .withHub(new HubSettings(hub.endpoint(), cache, null, false));
        models = new LocalModels(settings, Workbench.engines());
    }

    @AfterEach
    void stop() {
        models.close();
        hub.close();
    }

    @Test
    void folder_givesItsModelsVectors() throws Exception {
        LocalEncoder encoder = models.encoder(TinyEncoder.write(folder));
        assertThat(encoder.dimension()).isEqualTo(2);
        List<Vector> vectors = encoder.embed(List.of("a", "f f f", ""));
        assertThat(first(vectors.get(0))).isEqualTo(scaled(3), within(1e-5));
        assertThat(first(vectors.get(1))).isEqualTo(scaled(32.0 / 5), within(1e-5));
        assertThat(first(vectors.get(2))).isEqualTo(scaled(2.5), within(1e-5));
        assertThat(encoder.embed("a")).isEqualTo(vectors.getFirst());
        assertThat(encoder.embed(List.of())).isEmpty();
    }

    @Test
    void name_isGotFromTheHub() throws Exception {
        hub.add("owner/tiny", TinyEncoder.write(folder));
        LocalEncoder encoder = models.encoder("owner/tiny");
        assertThat(encoder.model().description().id()).isEqualTo("owner/tiny");
        assertThat(first(encoder.embed("a"))).isEqualTo(scaled(3), within(1e-5));
        assertThatThrownBy(() -> models.encoder("owner/other")).isInstanceOf(HubException.class);
    }

    @Test
    void longList_comesBackInItsOrder_inBatches() throws Exception {
        LocalEncoder encoder = models.encoder(TinyEncoder.write(folder));
        List<String> texts = IntStream.range(0, 1500)
                .mapToObj(i -> (WORDS.get(i % 6) + " ").repeat(1 + i % 5).strip())
                .toList();
        List<Vector> vectors = encoder.embed(texts);
        for (int i = 0; i < texts.size(); i++) {
            int words = 1 + i % 5;
            assertThat(first(vectors.get(i)))
                    .isEqualTo(scaled((5.0 + words * (4 + i % 6)) / (words + 2)), within(1e-5));
        }
        assertThat(encoder.model().statistics().batches()).isLessThan(1000);
    }

    @Test
    void textsOfManyThreads_eachGetTheirOwn() throws Exception {
        LocalEncoder encoder = models.encoder(TinyEncoder.write(folder));
        List<CompletableFuture<LocalAnswer<Vector>>> answers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            answers.add(encoder.submit(List.of(WORDS.get(i % 6)), LocalEncoder.options(null)));
        }
        for (int i = 0; i < 300; i++) {
            LocalAnswer<Vector> answer = answers.get(i).join();
            assertThat(answer.tokens()).isEqualTo(3);
            assertThat(first(answer.outputs().getFirst())).isEqualTo(scaled((9.0 + i % 6) / 3), within(1e-5));
        }
    }

    @Test
    void textThatCannotBeTaken_isNamed() throws Exception {
        LocalEncoder encoder = models.encoder(TinyEncoder.write(folder));
        List<String> texts =
                new ArrayList<>(IntStream.range(0, 400).mapToObj(i -> "a").toList());
        texts.set(300, "a\ud83d");
        assertThatThrownBy(() -> encoder.embed(texts))
                .isInstanceOf(ModelException.class)
                .hasMessage("text 300 has a lone surrogate at character 1");
        texts.set(300, "a\ud83d\ude00");
        assertThat(encoder.embed(texts)).hasSize(400);
        assertThatThrownBy(() -> encoder.submit(List.of("a"), LocalEncoder.options("query"))
                        .get())
                .hasMessageContaining("text 0: the model has no prompt 'query'; it has []");
    }

    @Test
    void closedModel_saysSo() throws Exception {
        LocalEncoder encoder = models.encoder(TinyEncoder.write(folder));
        encoder.close();
        encoder.close();
        assertThatThrownBy(() -> encoder.embed("a"))
                .isInstanceOf(ModelException.class)
                .hasMessage("the model is closed");
    }

    @Test
    void crossEncoder_scoresTexts_andIsNoSentenceEncoder() throws Exception {
        TinyHead.ranker(folder);
        LocalReranker reranker = models.reranker(folder);
        List<Float> scores = reranker.score("a", List.of("b", "f", "c d"));
        assertThat(scores.get(1)).isGreaterThan(scores.get(2));
        assertThat(scores.get(2)).isGreaterThan(scores.get(0));
        assertThat(reranker.score("a", List.of())).isEmpty();
        assertThatThrownBy(() -> reranker.score("\udc00", List.of("b")))
                .hasMessage("the query has a lone surrogate at character 0");
        assertThatThrownBy(() -> models.encoder(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("which is no sentence encoder");
    }

    private static double first(Vector vector) {
        return vector.get(0);
    }

    /** The first number of (mean, 1) at length one. */
    private static double scaled(double mean) {
        return mean / Math.sqrt(mean * mean + 1);
    }
}
