package phifleet.worker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import phifleet.worker.model.EmbeddedModel;
import phifleet.worker.model.Model;
import phifleet.worker.model.ModelException;
import phifleet.worker.model.TokenSequence;
import phifleet.worker.model.Tokenizer;
import phifleet.worker.model.Vector;
import phifleet.worker.testing.SharedFiles;
import phifleet.worker.testing.Workbench;
import phifleet.worker.text.Embeddings;
import phifleet.worker.text.GoldenCheck;

class EmbeddedModelTest {
    private static Engines.LoadedModel loaded;
    private static Model<TokenSequence, Vector> model;
    private static Tokenizer tokenizer;

    @BeforeAll
    static void load() throws ModelException {
        loaded = Workbench.engines().load(EmbeddedModel.ALL_MINILM_L6_V2.spec());
        model = loaded.model();
        tokenizer = Workbench.engines().tokenizer(EmbeddedModel.ALL_MINILM_L6_V2.spec());
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void load_linearLayersOfWeights_computeNoPadding() {
        assertThat(loaded.padded()).isFalse();
    }

    @Test
    void run_ownGoldenSentences_haveTheirVectors() throws Exception {
        assertThat(golden().verify("m", tokenizer, model, 0.9999)).isGreaterThan(0.99999);
    }

    @Test
    void run_sentencesOfAnotherServer_haveItsVectors() throws Exception {
        List<Vector> expected = snapshot("data/text/test_bert__bert_batch.snap");
        List<TokenSequence> batch = List.of(
                tokenizer.encode("What is Deep Learning?", true),
                tokenizer.encode("Deep Learning is...", true),
                tokenizer.encode("What is Deep Learning?", true));
        List<Vector> actual = model.run(batch);
        assertThat(expected).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(Embeddings.cosine(actual.get(i), expected.get(i))).isGreaterThan(0.9999);
        }
    }

    @Test
    void run_batchOfMixedLengths_equalsSinglesBitForBit() throws Exception {
        Random random = new Random(7);
        List<TokenSequence> batch = new ArrayList<>();
        for (int length : new int[] {3, 8, 11, 16, 29, 64, 65, 100, 128, 200, 256, 5, 2, 1}) {
            int[] ids = random.ints(length, 1000, 30_000).toArray();
            ids[length - 1] = 102;
            ids[0] = 101;
            batch.add(new TokenSequence(ids));
        }
        List<Vector> together = model.run(batch);
        for (int i = 0; i < batch.size(); i++) {
            assertThat(model.run(List.of(batch.get(i))).getFirst().values())
                    .as("length %d", batch.get(i).length())
                    .containsExactly(together.get(i).values());
        }
    }

    @Test
    void run_idOutsideTheVocabulary_isRefused() {
        assertThatThrownBy(() -> model.run(List.of(new TokenSequence(new int[] {101, 99_999, 102}))))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("1 x 3 tokens");
    }

    @Test
    void int8_ownGoldenSentences_areNear() throws Exception {
        Engines.LoadedModel quantised = Workbench.engines().load(EmbeddedModel.ALL_MINILM_L6_V2_INT8.spec());
        try (Model<TokenSequence, Vector> int8 = quantised.model()) {
            assertThat(quantised.padded()).isTrue();
            assertThat(golden().verify("int8", tokenizer, int8, 0.97)).isBetween(0.97, 0.9999);
        }
    }

    @Test
    void verify_wrongVectors_saysWhichValueDiffers() throws Exception {
        String wrong = "[{\"text\":\"a\",\"embedding\":7}]";
        assertThatThrownBy(() -> GoldenCheck.read(wrong.getBytes(StandardCharsets.UTF_8), "g.json"))
                .hasMessageContaining("g.json");
        Vector other =
                model.run(List.of(tokenizer.encode("something else", true))).getFirst();
        String json = "[{\"text\":\"a\",\"embedding\":" + Arrays.toString(other.values()) + "}]";
        GoldenCheck check = GoldenCheck.read(json.getBytes(StandardCharsets.UTF_8), "g.json");
        assertThatThrownBy(() -> check.verify("m", tokenizer, model, 0.9999))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("m fails its golden check: \"a\"")
                .hasMessageContaining("differs most");
    }

    private static GoldenCheck golden() throws Exception {
        try (var in = EmbeddedModelTest.class.getResourceAsStream("/golden/all-minilm-l6-v2.json")) {
            return GoldenCheck.read(in.readAllBytes(), "golden");
        }
    }

    private static List<Vector> snapshot(String name) throws Exception {
        List<List<Float>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(SharedFiles.file(name))) {
            if (line.startsWith("- - ")) {
                rows.add(new ArrayList<>());
            }
            if (line.startsWith("- - ") || line.startsWith("  - ")) {
                rows.getLast().add(Float.parseFloat(line.substring(4)));
            }
        }
        return rows.stream()
                .map(row -> {
                    float[] values = new float[row.size()];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = row.get(i);
                    }
                    return new Vector(values);
                })
                .toList();
    }
}
