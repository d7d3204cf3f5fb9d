package phifleet.inference.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.engine.LoadedModel;
import phifleet.inference.engine.SentenceModelContract;
import phifleet.inference.engine.Specs;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.model.DeviceChoice;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Padding;
import phifleet.inference.model.Precision;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.inference.testing.Workbench;
import phifleet.inference.text.Embeddings;

/** 8-bit integers made of 32-bit floats, row by row. */
class RowInt8Test {
    @TempDir
    private Path folder;

    @BeforeAll
    static void engine() {
        assertThat(Workbench.engines()).isNotNull();
    }

    @Test
    void int8_ofTheEmbeddedModel_keepsItsKnownVectors() throws Exception {
        ModelSpec spec = Specs.inPrecision(EmbeddedModel.ALL_MINILM_L6_V2.spec(), Precision.INT8);
        LoadedModel loaded = Workbench.engines().load(spec);
        try (Model<TokenSequence, Vector> model = loaded.model()) {
            assertThat(loaded.precision()).isEqualTo(Precision.INT8);
            assertThat(loaded.reproducible()).isTrue();
            assertThat(loaded.padding()).isEqualTo(Padding.NOWHERE);
            double cosine = SentenceModelContract.golden()
                    .verify("int8", Workbench.engines().tokenizer(spec), model, 0.998);
            assertThat(cosine).isBetween(0.998, 0.9999);
        }
    }

    /** The same bits whatever else is in the batch. */
    @Test
    void int8_inRandomBatches_isBitEqualToEachTextAlone() throws Exception {
        ModelSpec spec = Specs.inPrecision(EmbeddedModel.ALL_MINILM_L6_V2.spec(), Precision.INT8);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<TokenSequence> texts = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            texts.add(new TokenSequence(IntStream.generate(() -> random.nextInt(1000, 30_000))
                    .limit(1 + random.nextInt(60))
                    .toArray()));
        }
        try (Model<TokenSequence, Vector> model = Workbench.engines().load(spec).model()) {
            List<Vector> alone = new ArrayList<>();
            for (TokenSequence text : texts) {
                alone.addAll(model.run(List.of(text)));
            }
            for (int round = 0; round < 5; round++) {
                List<Integer> order =
                        new ArrayList<>(IntStream.range(0, texts.size()).boxed().toList());
                Collections.shuffle(order, random);
                List<Integer> some = order.subList(0, 2 + random.nextInt(texts.size() - 2));
                List<Vector> together = model.run(some.stream().map(texts::get).toList());
                for (int i = 0; i < some.size(); i++) {
                    assertThat(together.get(i).values())
                            .as("seed %d", seed)
                            .isEqualTo(alone.get(some.get(i)).values());
                }
            }
        }
    }

    /** A newer graph has its reductions' axes as inputs, and biases within its products. */
    @Test
    void int8_ofAnExportedBert_givesNearlyTheSame() throws Exception {
        ModelSpec wide =
                Specs.onDevice(Specs.onnx(RandomBert.write(folder.resolve("model.onnx"), 1), 512), DeviceChoice.CPU);
        TokenSequence text = new TokenSequence(new int[] {5, 99, 7, 300, 8});
        try (OnnxSentenceModel floats = OnnxSentenceModel.load(wide, folder, Provider.PLAIN_CPU, true);
                OnnxSentenceModel integers = OnnxSentenceModel.load(
                        Specs.inPrecision(wide, Precision.INT8), folder, Provider.PLAIN_CPU, true)) {
            assertThat(integers.isByRow()).isTrue();
            assertThat(Embeddings.cosine(
                            floats.run(List.of(text)).getFirst(),
                            integers.run(List.of(text)).getFirst()))
                    .isBetween(0.99, 0.999999);
        }
    }

    @Test
    void int8_whatIsQuantisedAlready_staysAsItWasExported() throws Exception {
        try (OnnxSentenceModel model =
                OnnxSentenceModel.load(EmbeddedModel.ALL_MINILM_L6_V2_INT8.spec(), folder, Provider.PLAIN_CPU, true)) {
            assertThat(model.isByRow()).isFalse();
        }
    }

    @Test
    void int8_notOnACpu_isRefusedInWords() throws Exception {
        ModelSpec spec = Specs.inPrecision(EmbeddedModel.ALL_MINILM_L6_V2.spec(), Precision.INT8);
        assertThatThrownBy(() -> OnnxSentenceModel.load(spec, folder, Provider.PLAIN_CPU, false))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("precision int8 is made of 32-bit floats for CPUs alone");
    }
}
