package phifleet.inference.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.inference.engine.LoadedModel;
import phifleet.inference.engine.SentenceModelContract;
import phifleet.inference.engine.Specs;
import phifleet.inference.engine.onnx.session.OnnxSession;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.engine.onnx.session.SessionSettings;
import phifleet.inference.graph.part.HalfFloat;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Precision;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.inference.onnx.OnnxSignature;
import phifleet.inference.testing.SharedFiles;
import phifleet.inference.testing.Workbench;
import phifleet.inference.text.golden.GoldenCheck;

class ReducedPrecisionTest {
    private static final SessionSettings CPU = SessionSettings.on(Provider.PLAIN_CPU);

    @TempDir
    private Path folder;

    @BeforeAll
    static void engine() {
        assertThat(Workbench.engines()).isNotNull();
    }

    @Test
    void fp16_embeddedModel_passesItsGoldenCheckAndIsNotTheOther() throws Exception {
        ModelSpec spec = Specs.inPrecision(EmbeddedModel.ALL_MINILM_L6_V2.spec(), Precision.FP16);
        LoadedModel loaded = Workbench.engines().load(spec);
        try (Model<TokenSequence, Vector> model = loaded.model()) {
            assertThat(loaded.precision()).isEqualTo(Precision.FP16);
            assertThat(loaded.reproducible()).isFalse();
            double cosine = SentenceModelContract.golden()
                    .verify(
                            "fp16",
                            Workbench.engines().tokenizer(spec),
                            model,
                            GoldenCheck.leastCosine(Precision.FP16));
            assertThat(cosine).isBetween(0.9999, 0.99999999);
        }
    }

    /** Convolutions, resizing, borders of several kinds; with attributes and constants that hold floats. */
    @ParameterizedTest
    @ValueSource(
            strings = {"mobilenet_v2_fp32", "yolox_nano_640_v8head", "squeezenet1_1_embed512_256", "ultraface_rfb_320"})
    void fp16_visionModels_givesNearlyTheSame(String name) throws Exception {
        Path source = SharedFiles.file("models/" + name + ".onnx");
        Path half = folder.resolve("half.onnx");
        ReducedPrecision.write(source, half, ElementType.FP16);
        assertThat(Files.size(half)).isLessThan(Files.size(source) * 6 / 10);
        try (OnnxSession wide = OnnxSession.open(source, CPU);
                OnnxSession reduced = OnnxSession.open(half, CPU)) {
            assertThat(reduced.inputs()).isEqualTo(wide.inputs());
            assertThat(reduced.outputs().stream().map(OnnxSession.Value::type)).containsOnly(ElementType.FP32);
            OnnxSession.Value input = wide.inputs().getFirst();
            List<Long> shape = new ArrayList<>();
            input.shape().forEach(size -> shape.add(size < 0 ? 1 : size));
            float[] pixels =
                    new float[(int) shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b)];
            Random random = new Random(2);
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = random.nextFloat();
            }
            Map<String, Tensor> given = Map.of(input.name(), Tensor.of(shape, pixels));
            for (OnnxSession.Value output : wide.outputs()) {
                Tensor expected = run(wide, given, output.name());
                Tensor found = run(reduced, given, output.name());
                assertThat(found.shape()).isEqualTo(expected.shape());
                assertThat(difference(expected, found)).as(output.name()).isBetween(1e-9, 2e-2);
            }
        }
    }

    @Test
    void bf16_weights_areRoundedAndBordersStayAsTheyWere() throws Exception {
        Path source = folder.resolve("source.onnx");
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/all-minilm-l6-v2.onnx"))) {
            Files.copy(in, source);
        }
        Path reduced = folder.resolve("reduced.onnx");
        assertThat(ReducedPrecision.isWide(source)).isTrue();
        ReducedPrecision.write(source, reduced, ElementType.BF16);
        assertThat(ReducedPrecision.isWide(reduced)).isFalse();
        assertThat(Files.size(reduced)).isBetween(Files.size(source) / 2 - 100_000, Files.size(source) / 2 + 100_000);
        OnnxSignature before = OnnxSignature.read(ByteBuffer.wrap(Files.readAllBytes(source)));
        assertThat(OnnxSignature.read(ByteBuffer.wrap(Files.readAllBytes(reduced))))
                .isEqualTo(before);
    }

    @Test
    void write_quantisedGraph_isRefusedWithTheReason() throws Exception {
        Path source = folder.resolve("source.onnx");
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("/all-minilm-l6-v2-q.onnx"))) {
            Files.copy(in, source);
        }
        assertThatThrownBy(() -> ReducedPrecision.write(source, folder.resolve("half.onnx"), ElementType.FP16))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("cannot be made FP16: it is quantised (");
    }

    @Test
    void round_bf16_isToTheNearestAndFiniteStaysFinite() {
        assertThat(bf16(1)).isEqualTo(1);
        assertThat(bf16(1 + 1 / 256f)).isEqualTo(1);
        assertThat(bf16(1 + 3 / 256f)).isEqualTo(1 + 4 / 256f);
        assertThat(bf16(-3.14159f)).isEqualTo(-3.140625f);
        assertThat(bf16(-Float.MAX_VALUE)).isFinite().isLessThan(-3e38f);
        assertThat(bf16(Float.NEGATIVE_INFINITY)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(bf16(Float.NaN)).isNaN();
    }

    @Test
    void round_fp16_keepsMasksFinite() {
        assertThat(Float.float16ToFloat(HalfFloat.of(-3.4e38f, ElementType.FP16)))
                .isEqualTo(-65504);
        assertThat(Float.float16ToFloat(HalfFloat.of(Float.POSITIVE_INFINITY, ElementType.FP16)))
                .isEqualTo(Float.POSITIVE_INFINITY);
        assertThat(Float.float16ToFloat(HalfFloat.of(0.1f, ElementType.FP16))).isEqualTo(0.099975586f);
    }

    private static float bf16(float value) {
        return Float.intBitsToFloat(HalfFloat.of(value, ElementType.BF16) << 16);
    }

    private static Tensor run(OnnxSession session, Map<String, Tensor> given, String output) throws ModelException {
        return Objects.requireNonNull(session.run(given, List.of(output)).get(output));
    }

    /** As a share of the length. */
    private static double difference(Tensor expected, Tensor found) {
        double difference = 0;
        double length = 0;
        for (int i = 0; i < expected.size(); i++) {
            difference += Math.pow(expected.floats().get(i) - found.floats().get(i), 2);
            length += Math.pow(expected.floats().get(i), 2);
        }
        return Math.sqrt(difference / length);
    }
}
