package phifleet.inference.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.engine.LoadedModel;
import phifleet.inference.engine.Specs;
import phifleet.inference.model.DeviceChoice;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Precision;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.inference.testing.Workbench;

/** Shapes of modules, each a table of vectors that can be reckoned by hand: token i is (i, 10 i). */
@Tag("pytorch")
class TorchSentenceModelTest {
    private static final String PLAIN = """
            input_ids: Tensor,
                attention_mask: Tensor) -> Tensor:
                return torch.embedding(self.table, input_ids)""";

    @TempDir
    private Path folder;

    @Test
    void run_eachPooling_isTheSumOverRealTokensAlone() throws Exception {
        List<TokenSequence> batch = List.of(ids(1, 2, 6), ids(4), ids(5, 7));
        assertThat(run(PLAIN, Pooling.MEAN, batch)).containsExactly(vector(3, 30), vector(4, 40), vector(6, 60));
        assertThat(run(PLAIN, Pooling.CLS, batch)).containsExactly(vector(1, 10), vector(4, 40), vector(5, 50));
        assertThat(run(PLAIN, Pooling.LAST, batch)).containsExactly(vector(6, 60), vector(4, 40), vector(7, 70));
    }

    @Test
    void run_tupleOfHiddenAndPooled_takesTheOneThatThePoolingWants() throws Exception {
        String forward = """
                input_ids: Tensor,
                    attention_mask: Tensor) -> Tuple[Tensor, Tensor]:
                    hidden = torch.embedding(self.table, input_ids)
                    return (hidden, torch.neg(torch.select(hidden, 1, 0)))""";
        assertThat(run(forward, Pooling.MEAN, List.of(ids(1, 3)))).containsExactly(vector(2, 20));
        assertThat(run(forward, Pooling.NONE, List.of(ids(1, 3)))).containsExactly(vector(-1, -10));
    }

    @Test
    void run_mappingInAndOut_goesByTheNames() throws Exception {
        String forward = """
                features: Dict[str, Tensor]) -> Dict[str, Tensor]:
                    hidden = torch.embedding(self.table, features["input_ids"])
                    first = torch.select(hidden, 1, 0)
                    return {"attention_mask": features["attention_mask"], "a": first, "z": torch.neg(hidden), "token_embeddings": hidden, "sentence_embedding": torch.neg(first)}""";
        assertThat(run(forward, Pooling.MEAN, List.of(ids(1, 3)))).containsExactly(vector(2, 20));
        assertThat(run(forward, Pooling.NONE, List.of(ids(1, 3)))).containsExactly(vector(-1, -10));
    }

    @Test
    void run_inputsInAnotherOrder_reachTheirParameters() throws Exception {
        String forward = """
                attention_mask: Tensor,
                    token_type_ids: Tensor,
                    input_ids: Tensor) -> Tensor:
                    real = torch.to(torch.unsqueeze(torch.sub(attention_mask, token_type_ids), 2), 6)
                    return torch.mul(torch.embedding(self.table, input_ids), real)""";
        assertThat(run(forward, Pooling.MEAN, List.of(ids(2, 4), ids(5))))
                .containsExactly(vector(3, 30), vector(5, 50));
    }

    @Test
    void load_halfFloats_areNamedAndPooledIn32() throws Exception {
        LoadedModel loaded = Workbench.engines().load(Specs.torchScript(write(cast("5")), Pooling.MEAN));
        try (Model<TokenSequence, Vector> model = loaded.model()) {
            assertThat(loaded.precision()).isEqualTo(Precision.FP16);
            // A third of 10 has too many bits for half floats: 3.334 would be theirs.
            assertThat(model.run(List.of(ids(0, 0, 1))).getFirst().get(1)).isCloseTo(3.33333f, within(1e-5f));
        }
    }

    @Test
    void load_bfloats_areRefused() throws Exception {
        assertRefused(write(cast("15")), Pooling.MEAN, "the outputs are [of a type that cannot be read (1, 2, 2)]");
    }

    /** {@code type} is torch's number of a type. */
    private static String cast(String type) {
        return PLAIN.replace(
                "return torch.embedding(self.table, input_ids)",
                "return torch.to(torch.embedding(self.table, input_ids), " + type + ")");
    }

    @Test
    void load_outputThatThePoolingCannotTake_saysWhatThereIs() throws Exception {
        String pooled = PLAIN.replace(
                "return torch.embedding(self.table, input_ids)",
                "return torch.sum(torch.embedding(self.table, input_ids), [1])");
        assertThat(run(pooled, Pooling.NONE, List.of(ids(1, 3)))).containsExactly(vector(4, 40));
        assertRefused(
                write(pooled),
                Pooling.MEAN,
                "pooling mean wants an output of floats with 3 dimensions, but the outputs are [float32 (1, 2)]");
        assertRefused(
                write(PLAIN.replace("-> Tensor", "-> int").replaceAll("return .*", "return 7")),
                Pooling.MEAN,
                "Unsupported IValue type");
    }

    @Test
    void load_brokenArchive_saysSoInOneLine() throws Exception {
        assertRefused(
                Files.writeString(folder.resolve("a.pt"), "this is no zip"), Pooling.MEAN, "not a TorchScript archive");
        assertRefused(folder.resolve("absent.pt"), Pooling.MEAN, "absent.pt");
        assertRefused(write(PLAIN.replace("self.table", "self.chair")), Pooling.MEAN, "chair");
        byte[] whole = Files.readAllBytes(write(PLAIN));
        Path cut = Files.write(folder.resolve("cut.pt"), Arrays.copyOf(whole, whole.length - 40));
        assertRefused(cut, Pooling.MEAN, "not a TorchScript archive");
        assertRefused(write("pixels: Tensor) -> Tensor:\n    return pixels"), Pooling.MEAN, "but pixels is not known");
    }

    @Test
    void load_moduleThatFails_saysItsOwnReason() throws Exception {
        Path archive = write(PLAIN.replace(
                "return torch", "ops.prim.RaiseException(\"AssertionError: too short\")\n    return torch"));
        assertRefused(archive, Pooling.MEAN, "too short");
    }

    @Test
    void load_deviceThatIsNotThere_isRefusedWithTheReason() throws Exception {
        ModelSpec spec = Specs.onDevice(
                Specs.torchScript(write(PLAIN), Pooling.MEAN),
                new DeviceChoice.Only(new phifleet.inference.model.Device.Cuda(7)));
        assertThatThrownBy(() -> Workbench.engines().load(spec))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("m: device cuda:7 cannot be used: ")
                .hasMessageContaining("was built without CUDA");
    }

    @Test
    void load_embeddedOnnx_isRefused() {
        ModelSpec onnx = EmbeddedModel.ALL_MINILM_L6_V2.spec();
        assertThatThrownBy(() -> TorchSentenceModel.load(onnx, Device.cpu()))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("all-minilm-l6-v2.onnx is an ONNX graph");
    }

    private void assertRefused(Path archive, Pooling pooling, String reason) {
        assertThatThrownBy(() -> Workbench.engines().load(Specs.torchScript(archive, pooling)))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("m: ")
                .hasMessageContaining(archive.getFileName().toString())
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
    }

    private List<Vector> run(String forward, Pooling pooling, List<TokenSequence> batch) throws Exception {
        LoadedModel loaded = Workbench.engines().load(Specs.torchScript(write(forward), pooling));
        try (Model<TokenSequence, Vector> model = loaded.model()) {
            return model.run(batch);
        }
    }

    private Path write(String forward) throws IOException {
        float[] table = new float[16];
        for (int i = 0; i < 8; i++) {
            table[2 * i] = i;
            table[2 * i + 1] = 10 * i;
        }
        return new TorchScriptArchive(forward).tensor("table", table, 8, 2).write(folder.resolve("model.pt"));
    }

    private static TokenSequence ids(int... ids) {
        return new TokenSequence(ids);
    }

    private static Vector vector(float... values) {
        return new Vector(values);
    }
}
