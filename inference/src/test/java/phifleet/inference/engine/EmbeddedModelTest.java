package phifleet.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.Padding;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;
import phifleet.inference.testing.Workbench;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.TextEncoding;
import phifleet.inference.text.golden.GoldenCheck;

/** The contract on ONNX Runtime, and what only that engine or the files in the jar promise. */
class EmbeddedModelTest implements SentenceModelContract {
    private static LoadedModel loaded;
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
        assertThat(loaded.padding()).isEqualTo(Padding.NOWHERE);
    }

    @Test
    void weights_ofEachModel_haveTheLengthThatNamesThem() throws Exception {
        for (EmbeddedModel each : EmbeddedModel.values()) {
            ModelSource.Embedded source = (ModelSource.Embedded) each.spec().source();
            try (InputStream weights =
                    Objects.requireNonNull(EmbeddedModel.class.getResourceAsStream(source.weightsResource()))) {
                assertThat(weights.transferTo(OutputStream.nullOutputStream())).isEqualTo(source.weightsBytes());
            }
        }
    }

    @Override
    public Model<TokenSequence, Vector> model() {
        return model;
    }

    @Override
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    @Test
    void run_batchOfMixedLengths_equalsSinglesBitForBit() throws Exception {
        List<TokenSequence> batch = SentenceModelContract.mixedLengths();
        List<Vector> together = model.run(batch);
        for (int i = 0; i < batch.size(); i++) {
            assertThat(model.run(List.of(batch.get(i))).getFirst().values())
                    .as("length %d", batch.get(i).length())
                    .containsExactly(together.get(i).values());
        }
    }

    @Test
    void run_randomBatches_equalSinglesBitForBit() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<TokenSequence> texts = random.ints(60, 1, 80)
                .mapToObj(length ->
                        new TokenSequence(random.ints(length, 1000, 30_000).toArray()))
                .toList();
        List<Vector> alone = new ArrayList<>();
        for (TokenSequence text : texts) {
            alone.add(model.run(List.of(text)).getFirst());
        }
        for (int round = 0; round < 25; round++) {
            int[] chosen = random.ints(1 + random.nextInt(24), 0, texts.size()).toArray();
            List<Vector> together =
                    model.run(IntStream.of(chosen).mapToObj(texts::get).toList());
            for (int i = 0; i < chosen.length; i++) {
                assertThat(together.get(i).values())
                        .as("seed %d, batch %s, text %d", seed, Arrays.toString(chosen), i)
                        .containsExactly(alone.get(chosen[i]).values());
            }
        }
    }

    @Test
    void int8_ownGoldenSentences_areNear() throws Exception {
        LoadedModel quantised = Workbench.engines().load(EmbeddedModel.ALL_MINILM_L6_V2_INT8.spec());
        try (Model<TokenSequence, Vector> int8 = quantised.model()) {
            assertThat(quantised.padding()).isEqualTo(Padding.EVERYWHERE);
            assertThat(SentenceModelContract.golden().verify("int8", tokenizer, int8, 0.97))
                    .isBetween(0.97, 0.9999);
        }
    }

    @Test
    void verify_textLongerThanTheModelTakes_isCutAsItsVectorsMakerCut() throws Exception {
        String text = "many words ".repeat(400);
        TokenSequence cut =
                new TextEncoding(tokenizer, true).cut(tokenizer.encode(text, true), 256, EncodeOptions.Direction.RIGHT);
        Vector expected = model.run(List.of(cut)).getFirst();
        String json = "[{\"text\":\"" + text + "\",\"embedding\":" + Arrays.toString(expected.values()) + "}]";
        GoldenCheck check = GoldenCheck.read(json.getBytes(StandardCharsets.UTF_8), "g.json");
        assertThat(check.cutTo(256).verify("m", tokenizer, model, 0.9999)).isGreaterThan(0.999999);
        // The whole has more tokens than the network has positions.
        assertThatThrownBy(() -> check.verify("m", tokenizer, model, 0.9999)).isInstanceOf(ModelException.class);
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
}
