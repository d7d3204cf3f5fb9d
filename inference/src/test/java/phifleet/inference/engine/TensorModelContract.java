package phifleet.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.inference.tensor.ExampleCheck;
import phifleet.inference.tensor.RowBatches;
import phifleet.inference.tensor.RowProbe;

/** What every engine must do with the same networks of tensors. */
public interface TensorModelContract {

    /** The networks, which each engine has in its own form. */
    enum Network {
        /** {@code y = x}, of any type and of rows of two. */
        COPY,
        /** {@code sum = a + b}, {@code difference = a - b}, floats in rows of four. */
        SUM_AND_DIFFERENCE,
        /** {@code y = x · [[1, 2, 3], [4, 5, 6]]}, floats in rows of two. */
        PRODUCT,
        /** {@code y} is the sum of the whole of {@code x}, floats in rows of two, as one row. */
        TOTAL
    }

    /** Loads one of them; the caller closes it. */
    LoadedTensors load(Network network, ElementType type) throws Exception;

    /** The types that the engine takes. */
    Set<ElementType> types();

    @Test
    default void run_eachTypeThatTheEngineTakes_comesBackAsItWent() throws Exception {
        for (ElementType type : types()) {
            try (Model<TensorSet, TensorSet> model = load(Network.COPY, type).model()) {
                Tensor given = bits(type);
                Tensor found = answer(model, Map.of("x", given), "y");
                assertThat(found.type()).isEqualTo(type);
                assertThat(found.shape()).isEqualTo(given.shape());
                assertThat(found.data()).as(type.name()).isEqualTo(given.data());
                if (type == ElementType.STRING) {
                    assertThat(found.strings()).isEqualTo(given.strings());
                }
            }
        }
    }

    @Test
    default void load_namesTypesAndFreeSizes_areThoseOfTheNetwork() throws Exception {
        LoadedTensors loaded = load(Network.PRODUCT, ElementType.FP32);
        loaded.model().close();
        assertThat(loaded.signature().inputs())
                .containsExactly(new Signature.Value("x", ElementType.FP32, List.of(-1L, 2L)));
        assertThat(loaded.signature().outputs())
                .containsExactly(new Signature.Value("y", ElementType.FP32, List.of(-1L, 3L)));
    }

    @Test
    default void run_severalInputsAndOutputs_goByTheirNames() throws Exception {
        try (Model<TensorSet, TensorSet> model =
                load(Network.SUM_AND_DIFFERENCE, ElementType.FP32).model()) {
            Map<String, Tensor> inputs = Map.of(
                    "b",
                    Tensor.of(List.of(1L, 4L), 10f, 20f, 30f, 40f),
                    "a",
                    Tensor.of(List.of(1L, 4L), 1f, 2f, 3f, 4f));
            assertThat(floats(answer(model, inputs, "sum"))).containsExactly(11f, 22f, 33f, 44f);
            assertThat(floats(answer(model, inputs, "difference"))).containsExactly(-9f, -18f, -27f, -36f);
        }
    }

    @Test
    default void run_severalRequests_haveTheirAnswersInTheirOrder() throws Exception {
        try (Model<TensorSet, TensorSet> model =
                load(Network.PRODUCT, ElementType.FP32).model()) {
            List<TensorSet> batch = new ArrayList<>();
            for (int rows = 1; rows <= 3; rows++) {
                batch.add(new TensorSet(Map.of("x", numbered(rows))));
            }
            for (Model<TensorSet, TensorSet> way : List.of(model, new RowBatches(model, 8))) {
                List<TensorSet> answers = way.run(batch);
                for (int i = 0; i < batch.size(); i++) {
                    Tensor found = Objects.requireNonNull(answers.get(i).get("y"));
                    assertThat(found.shape()).containsExactly(i + 1L, 3L);
                    assertThat(floats(found)).isEqualTo(product(i + 1));
                }
            }
        }
    }

    @Test
    default void probe_rowByRowOrNot_isFoundOut() throws Exception {
        LoadedTensors rows = load(Network.SUM_AND_DIFFERENCE, ElementType.FP32);
        try (Model<TensorSet, TensorSet> model = rows.model()) {
            assertThat(RowProbe.run("m", model, rows.signature(), 4, System::nanoTime)
                            .units())
                    .isPositive();
        }
        LoadedTensors total = load(Network.TOTAL, ElementType.FP32);
        try (Model<TensorSet, TensorSet> model = total.model()) {
            assertThat(RowProbe.run("m", model, total.signature(), 4, System::nanoTime)
                            .units())
                    .isZero();
        }
    }

    @Test
    default void run_sizeThatDoesNotFit_isRefusedAndTheModelServesOn() throws Exception {
        try (Model<TensorSet, TensorSet> model =
                load(Network.PRODUCT, ElementType.FP32).model()) {
            TensorSet wrong = new TensorSet(Map.of("x", Tensor.of(List.of(1L, 3L), 1f, 2f, 3f)));
            assertThatThrownBy(() -> model.run(List.of(wrong)))
                    .isInstanceOf(ModelException.class)
                    .hasMessageNotContaining("\n");
            assertThat(floats(answer(model, Map.of("x", numbered(1)), "y"))).isEqualTo(product(1));
        }
    }

    @Test
    default void run_shapesThatDoNotMatch_areToldFromAModelThatIsBroken() throws Exception {
        LoadedTensors loaded = load(Network.SUM_AND_DIFFERENCE, ElementType.FP32);
        TensorSet example = RowProbe.example(loaded.signature(), 1);
        try (Model<TensorSet, TensorSet> model = new ExampleCheck("sum", loaded.model(), example, System::nanoTime)) {
            TensorSet wrong = new TensorSet(new TreeMap<>(Map.of(
                    "a", Tensor.of(List.of(2L, 4L), new float[8]), "b", Tensor.of(List.of(3L, 4L), new float[12]))));
            assertThatThrownBy(() -> model.run(List.of(wrong)))
                    .isInstanceOfSatisfying(
                            ModelException.class,
                            fault -> assertThat(fault.isOfInputs()).isTrue())
                    .hasMessageStartingWith("sum was given a [2, 4], b [3, 4]: ")
                    .hasMessageNotContaining("Error code")
                    .hasMessageNotContaining(".h:");
        }
    }

    @Test
    default void run_noRows_givesNoRows() throws Exception {
        try (Model<TensorSet, TensorSet> model =
                load(Network.PRODUCT, ElementType.FP32).model()) {
            Tensor none = Tensor.of(ElementType.FP32, List.of(0L, 2L), Tensor.allocate(ElementType.FP32, List.of(0L)));
            assertThat(answer(model, Map.of("x", none), "y").shape()).containsExactly(0L, 3L);
        }
    }

    @Test
    default void run_heapMemoryAndPartsOfTensors_areTaken() throws Exception {
        try (Model<TensorSet, TensorSet> model =
                load(Network.COPY, ElementType.FP32).model()) {
            ByteBuffer heap = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
            heap.asFloatBuffer().put(new float[] {1, 2, 3, 4});
            Tensor given = Tensor.of(ElementType.FP32, List.of(2L, 2L), heap);
            assertThat(floats(answer(model, Map.of("x", given), "y"))).containsExactly(1f, 2f, 3f, 4f);
            assertThat(floats(answer(model, Map.of("x", numbered(3).rows(1, 3)), "y")))
                    .containsExactly(2f, 3f, 4f, 5f);
        }
    }

    @Test
    default void run_severalThreadsAtOnce_giveEachItsOwn() throws Exception {
        try (Model<TensorSet, TensorSet> model =
                        load(Network.PRODUCT, ElementType.FP32).model();
                ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int task = 0; task < 24; task++) {
                int rows = 1 + task % 5;
                tasks.add(() -> {
                    assertThat(floats(answer(model, Map.of("x", numbered(rows)), "y")))
                            .isEqualTo(product(rows));
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(tasks)) {
                done.get();
            }
        }
    }

    /** Bits that differ, and the highest of each element set once: what is negative where a type has a sign. */
    static Tensor bits(ElementType type) {
        List<Long> shape = List.of(3L, 2L);
        if (type == ElementType.STRING) {
            return Tensor.ofStrings(shape, List.of("a", "", "äöü", "d", "\uD83D\uDE00", "f"));
        }
        ByteBuffer data = Tensor.allocate(type, shape);
        IntStream.range(0, data.capacity())
                .forEach(i -> data.put(i, (byte) (type == ElementType.BOOL ? i % 2 : i * 31 + 0x81)));
        return Tensor.of(type, shape, data);
    }

    /** Rows of two: 0 1, 2 3, 4 5, … */
    static Tensor numbered(int rows) {
        float[] values = new float[2 * rows];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        return Tensor.of(List.of((long) rows, 2L), values);
    }

    /** The product of those with [[1, 2, 3], [4, 5, 6]]. */
    static float[] product(int rows) {
        float[] values = new float[3 * rows];
        for (int i = 0; i < values.length; i++) {
            int row = i / 3;
            int column = i % 3;
            values[i] = 2 * row * (column + 1) + (2 * row + 1) * (column + 4);
        }
        return values;
    }

    static float[] floats(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.size())];
        tensor.floats().get(values);
        return values;
    }

    static Tensor answer(Model<TensorSet, TensorSet> model, Map<String, Tensor> inputs, String output)
            throws ModelException {
        return Objects.requireNonNull(
                model.run(List.of(new TensorSet(inputs))).getFirst().get(output));
    }
}
