package phifleet.inference.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.engine.LoadedTensors;
import phifleet.inference.engine.Specs;
import phifleet.inference.engine.TensorModelContract;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.inference.testing.Workbench;

/** The contract on PyTorch, and how what the file does not say is found out. */
@Tag("pytorch")
class TorchTensorModelTest implements TensorModelContract {
    private static final Signature.Value X = floats("x", -1, 2);

    @TempDir
    private Path folder;

    @Override
    public Set<ElementType> types() {
        return EnumSet.of(
                ElementType.FP32,
                ElementType.FP64,
                ElementType.FP16,
                ElementType.UINT8,
                ElementType.INT8,
                ElementType.INT32,
                ElementType.INT64,
                ElementType.BOOL);
    }

    @Override
    public LoadedTensors load(Network network, ElementType type) throws Exception {
        return switch (network) {
            case COPY ->
                load(
                        "x: Tensor) -> Tensor:\n    return x",
                        List.of(new Signature.Value("x", type, List.of(-1L, 2L))),
                        List.of(new Signature.Value("y", type, List.of(-1L, 2L))));
            case SUM_AND_DIFFERENCE ->
                load(
                        "a: Tensor,\n    b: Tensor) -> Tuple[Tensor, Tensor]:\n"
                                + "    return (torch.add(a, b), torch.sub(a, b))",
                        List.of(floats("a", -1, 4), floats("b", -1, 4)),
                        List.of(floats("sum", -1, 4), floats("difference", -1, 4)));
            case PRODUCT ->
                load(
                        "x: Tensor) -> Tensor:\n    return torch.matmul(x, self.w)",
                        List.of(X),
                        List.of(floats("y", -1, 3)));
            case TOTAL ->
                load(
                        "x: Tensor) -> Tensor:\n    return torch.reshape(torch.sum(x), [1, 1])",
                        List.of(X),
                        List.of(floats("y", -1, -1)));
        };
    }

    @Test
    void load_namesOfOutputs_areKeysOrPlaces() throws Exception {
        String tuple = "x: Tensor) -> Tuple[Tensor, Tensor]:\n    return (x, torch.sum(x, [1]))";
        assertThat(outputs(tuple))
                .containsExactly(
                        floats("OUTPUT__0", -1, 2), new Signature.Value("OUTPUT__1", ElementType.FP32, List.of(-1L)));
        assertThat(outputs("x: Tensor) -> Dict[str, Tensor]:\n    return {\"twice\": torch.add(x, x)}"))
                .containsExactly(floats("twice", -1, 2));
        assertThat(outputs("x: Tensor) -> Tensor:\n    return torch.to(torch.select(x, 0, 0), 4)"))
                .containsExactly(new Signature.Value("OUTPUT__0", ElementType.INT64, List.of(2L)));
    }

    @Test
    void load_triton_namesOfPlaces_reachTheirParameters() throws Exception {
        LoadedTensors loaded = load(
                "first: Tensor,\n    second: Tensor) -> Tensor:\n    return torch.sub(first, second)",
                List.of(floats("INPUT__1", -1, 2), floats("INPUT__0", -1, 2)),
                List.of());
        try (Model<TensorSet, TensorSet> model = loaded.model()) {
            assertThat(loaded.signature().inputs())
                    .extracting(Signature.Value::name)
                    .containsExactly("INPUT__0", "INPUT__1");
            Map<String, Tensor> inputs = Map.of(
                    "INPUT__0", Tensor.of(List.of(1L, 2L), 5f, 6f), "INPUT__1", Tensor.of(List.of(1L, 2L), 1f, 1f));
            assertThat(TensorModelContract.floats(TensorModelContract.answer(model, inputs, "OUTPUT__0")))
                    .containsExactly(4f, 5f);
        }
    }

    @Test
    void run_mappingOrListOfTensors_getsAllThatAreNamed() throws Exception {
        List<Signature.Value> two = List.of(floats("a", -1, 2), floats("b", -1, 2));
        for (String forward : List.of(
                "parts: Dict[str, Tensor]) -> Tensor:\n    return torch.sub(parts[\"a\"], parts[\"b\"])",
                "parts: List[Tensor]) -> Tensor:\n    return torch.sub(parts[0], parts[1])")) {
            try (Model<TensorSet, TensorSet> model =
                    load(forward, two, List.of()).model()) {
                Map<String, Tensor> inputs =
                        Map.of("b", Tensor.of(List.of(1L, 2L), 1f, 1f), "a", Tensor.of(List.of(1L, 2L), 5f, 6f));
                assertThat(TensorModelContract.floats(TensorModelContract.answer(model, inputs, "OUTPUT__0")))
                        .containsExactly(4f, 5f);
            }
        }
    }

    @Test
    void run_programThatWritesIntoItsInput_leavesTheCallersAlone() throws Exception {
        try (Model<TensorSet, TensorSet> model = load(
                        "x: Tensor) -> Tensor:\n    return torch.mul_(x, 2)", List.of(X), List.of())
                .model()) {
            Tensor given = TensorModelContract.numbered(1);
            for (int i = 0; i < 2; i++) {
                assertThat(TensorModelContract.floats(
                                TensorModelContract.answer(model, Map.of("x", given), "OUTPUT__0")))
                        .containsExactly(0f, 2f);
            }
            assertThat(TensorModelContract.floats(given)).containsExactly(0f, 1f);
        }
    }

    @Test
    void run_outputThatLiesTransposed_isInRowMajorOrder() throws Exception {
        try (Model<TensorSet, TensorSet> model = load(
                        "x: Tensor) -> Tensor:\n    return torch.transpose(x, 0, 1)", List.of(X), List.of())
                .model()) {
            Tensor found = TensorModelContract.answer(model, Map.of("x", TensorModelContract.numbered(3)), "OUTPUT__0");
            assertThat(found.shape()).containsExactly(2L, 3L);
            assertThat(TensorModelContract.floats(found)).containsExactly(0f, 2f, 4f, 1f, 3f, 5f);
        }
    }

    @Test
    void load_whatIsNotSaidOrDoesNotFit_isRefusedWithTheWayToSayIt() {
        String two = "x: Tensor,\n    scale: Tensor) -> Tensor:\n    return torch.mul(x, scale)";
        assertRefused(two, List.of(), List.of(), "a TorchScript archive has neither types nor shapes");
        assertRefused(two, List.of(), List.of(), "inputs: [{name: x, datatype: FP32, shape: [-1, 3, 224, 224]}]");
        assertRefused(two, List.of(X), List.of(), "nothing is said of scale");
        assertRefused(two, List.of(X, floats("y", 1)), List.of(), "no parameter of it is 'y'");
        assertRefused(two, List.of(X, floats("INPUT__0", 1)), List.of(), "its parameter x is named twice");
        assertRefused(
                "x: Tensor,\n    rate: int) -> Tensor:\n    return torch.mul(x, rate)",
                List.of(X),
                List.of(),
                "rate is no tensor, and only tensors can be passed");
        String one = "x: Tensor) -> Tensor:\n    return torch.matmul(x, self.w)";
        assertRefused(one, List.of(floats("x", -1, 3)), List.of(), "an example of the inputs [x is FP32 [-1, 3]]");
        assertRefused(
                one, List.of(X), List.of(floats("y", -1, 7)), "models.yaml says that output y is FP32 [-1, 7], and");
        assertRefused(one, List.of(X), List.of(floats("OUTPUT__1", -1, 3)), "forward gives [OUTPUT__0]");
        assertRefused(
                one,
                List.of(new Signature.Value("x", ElementType.INT16, List.of(-1L, 2L))),
                List.of(),
                "input x is INT16; torch gets ");
        assertRefused(
                "x: Tensor) -> Tensor:\n    return torch.to(x, 15)",
                List.of(X),
                List.of(),
                "output OUTPUT__0 is of a type");
    }

    private void assertRefused(
            String forward, List<Signature.Value> inputs, List<Signature.Value> outputs, String reason) {
        assertThatThrownBy(() -> load(forward, inputs, outputs))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("m: ")
                .hasMessageContaining("model.pt")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("\n");
    }

    private List<Signature.Value> outputs(String forward) throws Exception {
        LoadedTensors loaded = load(forward, List.of(X), List.of());
        loaded.model().close();
        return loaded.signature().outputs();
    }

    private LoadedTensors load(String forward, List<Signature.Value> inputs, List<Signature.Value> outputs)
            throws Exception {
        Path archive = new TorchScriptArchive(forward)
                .tensor("w", new float[] {1, 2, 3, 4, 5, 6}, 2, 3)
                .write(folder.resolve("model.pt"));
        return Workbench.engines()
                .loadTensors(
                        Specs.tensors(new ModelSource.Program(archive, inputs, outputs), EngineKind.PYTORCH),
                        List.of());
    }

    private static Signature.Value floats(String name, long... shape) {
        return new Signature.Value(
                name, ElementType.FP32, Arrays.stream(shape).boxed().toList());
    }
}
