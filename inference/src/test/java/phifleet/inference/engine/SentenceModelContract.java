package phifleet.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;
import phifleet.inference.testing.SharedFiles;
import phifleet.inference.text.Embeddings;
import phifleet.inference.text.golden.GoldenCheck;

/** What every engine must do with one and the same network: all-MiniLM-L6-v2 in 32-bit floats, mean pooling. */
public interface SentenceModelContract {

    Model<TokenSequence, Vector> model();

    Tokenizer tokenizer();

    @Test
    default void run_ownGoldenSentences_haveTheirVectors() throws Exception {
        assertThat(golden().verify("m", tokenizer(), model(), 0.9999)).isGreaterThan(0.99999);
    }

    @Test
    default void run_sentencesOfAnotherServer_haveItsVectors() throws Exception {
        List<Vector> expected = snapshot("data/text/test_bert__bert_batch.snap");
        List<TokenSequence> batch = List.of(
                tokenizer().encode("What is Deep Learning?", true),
                tokenizer().encode("Deep Learning is...", true),
                tokenizer().encode("What is Deep Learning?", true));
        List<Vector> actual = model().run(batch);
        assertThat(expected).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(Embeddings.cosine(actual.get(i), expected.get(i))).isGreaterThan(0.9999);
        }
    }

    @Test
    default void run_batchOfMixedLengths_hasTheVectorsOfItsTextsInTheirOrder() throws Exception {
        List<TokenSequence> batch = mixedLengths();
        List<Vector> together = model().run(batch);
        assertThat(together).hasSameSizeAs(batch);
        for (int i = 0; i < batch.size(); i++) {
            assertNear(together.get(i), model().run(List.of(batch.get(i))).getFirst());
        }
    }

    @Test
    default void run_severalThreadsAtOnce_giveEachItsOwn() throws Exception {
        List<TokenSequence> texts = mixedLengths();
        List<Vector> expected = model().run(texts);
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int task = 0; task < 24; task++) {
            int at = task % texts.size();
            tasks.add(() -> {
                List<TokenSequence> batch = List.of(texts.get(at), texts.get((at + 5) % texts.size()));
                List<Vector> actual = model().run(batch);
                assertNear(actual.getFirst(), expected.get(at));
                assertNear(actual.getLast(), expected.get((at + 5) % texts.size()));
                return null;
            });
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        }
    }

    @Test
    default void run_idOutsideTheVocabulary_isRefusedAndTheModelServesOn() throws Exception {
        assertThatThrownBy(() -> model().run(List.of(new TokenSequence(new int[] {101, 99_999, 102}))))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("1 x 3 tokens");
        assertThat(model().run(List.of(new TokenSequence(new int[] {101, 102}))))
                .hasSize(1);
    }

    /** Texts of 1 to 256 tokens. */
    static List<TokenSequence> mixedLengths() {
        Random random = new Random(7);
        List<TokenSequence> batch = new ArrayList<>();
        for (int length : new int[] {3, 8, 11, 16, 29, 64, 65, 100, 128, 200, 256, 5, 2, 1}) {
            int[] ids = random.ints(length, 1000, 30_000).toArray();
            ids[length - 1] = 102;
            ids[0] = 101;
            batch.add(new TokenSequence(ids));
        }
        return batch;
    }

    static GoldenCheck golden() throws IOException, ModelException {
        try (InputStream in = SentenceModelContract.class.getResourceAsStream("/golden/all-minilm-l6-v2.json")) {
            return GoldenCheck.read(in.readAllBytes(), "golden");
        }
    }

    private static void assertNear(Vector actual, Vector expected) {
        assertThat(actual.dimension()).isEqualTo(expected.dimension());
        for (int i = 0; i < actual.dimension(); i++) {
            // Pooled but not normalised: values of about 0.3.
            assertThat(Math.abs(actual.get(i) - expected.get(i)))
                    .as("value %d", i)
                    .isLessThan(1e-5f);
        }
    }

    private static List<Vector> snapshot(String name) throws IOException {
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
