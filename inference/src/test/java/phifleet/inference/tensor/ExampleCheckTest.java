package phifleet.inference.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;

class ExampleCheckTest {
    private static final TensorSet EXAMPLE = x(1, 2);
    private static final TensorSet MISFIT = x(1, 3);

    private final AtomicLong clock = new AtomicLong();
    private final RowsOfTwo rowsOfTwo = new RowsOfTwo();
    private final ExampleCheck model = new ExampleCheck("pairs", rowsOfTwo, EXAMPLE, clock::get);

    @BeforeEach
    void forgetTheExampleAtLoad() {
        rowsOfTwo.runs = 0;
    }

    @Test
    void run_shapesThatDoNotFit_areTheInputsFault() {
        ModelException fault = fault(MISFIT);
        assertThat(fault.isOfInputs()).isTrue();
        assertThat(fault).hasMessage("pairs was given x [1, 3]: no rows of two");
    }

    @Test
    void run_deviceThatIsSick_isNotTheInputsFault() {
        rowsOfTwo.sick = true;
        ModelException fault = fault(MISFIT);
        assertThat(fault.isOfInputs()).isFalse();
        assertThat(fault).hasMessage("no device any more");
    }

    @Test
    void run_shapesOfTheExampleButValuesThatAreNoneOfTheModels_areTheInputsFault() {
        rowsOfTwo.refused = 7;
        assertThat(fault(x(1, 2, 7)).isOfInputs()).isTrue();
        rowsOfTwo.sick = true;
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(fault(x(1, 2, 7)).isOfInputs()).isFalse();
    }

    @Test
    void run_exampleThatNeverRan_isReplacedByTheFirstRequestThatDoes() throws Exception {
        ExampleCheck blind = new ExampleCheck("pairs", rowsOfTwo, MISFIT, clock::get);
        rowsOfTwo.runs = 0;
        TensorSet first = x(1, 2, 5);
        blind.run(List.of(first));
        Objects.requireNonNull(first.get("x")).data().putFloat(0, 9);
        blind.run(List.of(x(1, 2, 6)));

        assertThat(fault(blind, MISFIT).isOfInputs()).isTrue();
        assertThat(rowsOfTwo.runs).isEqualTo(2 + 2);
        assertThat(Objects.requireNonNull(Objects.requireNonNull(rowsOfTwo.last).get("x"))
                        .floats()
                        .get(0))
                .as("what was kept is a copy")
                .isEqualTo(5);
        rowsOfTwo.sick = true;
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        assertThat(fault(blind, MISFIT).isOfInputs()).isFalse();
        assertThat(fault(blind, x(1, 2)).isOfInputs()).isFalse();
    }

    @Test
    void run_nothingThatEverRan_isTheInputsFaultUnlessTheDeviceIsNamed() {
        ExampleCheck blind = new ExampleCheck("pairs", rowsOfTwo, MISFIT, clock::get);
        assertThat(fault(blind, MISFIT).isOfInputs()).isTrue();
        rowsOfTwo.sick = true;
        rowsOfTwo.complaint = "CUDA failure 700: an illegal memory access was encountered";
        assertThat(fault(blind, MISFIT).isOfInputs()).isFalse();
    }

    @Test
    void run_requestThatIsTooLargeToKeep_isNotKept() throws Exception {
        ExampleCheck blind = new ExampleCheck("pairs", rowsOfTwo, MISFIT, clock::get);
        blind.run(List.of(x((16 << 20) / 8 + 1, 2)));
        rowsOfTwo.sick = true;
        assertThat(fault(blind, MISFIT).isOfInputs()).isTrue();
        rowsOfTwo.sick = false;
        blind.run(List.of(x((16 << 20) / 8, 2)));
        rowsOfTwo.sick = true;
        assertThat(fault(blind, MISFIT).isOfInputs()).isFalse();
    }

    @Test
    void run_faultThatIsClear_asksNoExample() {
        rowsOfTwo.clear = new ModelException("the graph has no output z");
        assertThat(fault(MISFIT)).isSameAs(rowsOfTwo.clear);
        rowsOfTwo.clear = ModelException.unclear("Failed to allocate memory", new IllegalStateException());
        assertThat(fault(MISFIT)).isSameAs(rowsOfTwo.clear);
        assertThat(rowsOfTwo.runs).isEqualTo(2);
    }

    @Test
    void run_severalThatFailTogether_areJudgedOnlyOnceEachIsAlone() {
        assertThat(fault(MISFIT, MISFIT).isOfInputs()).isFalse();
        assertThat(rowsOfTwo.runs).isEqualTo(1);
    }

    @Test
    void run_oneMisfitAfterAnother_checksOnceASecond() {
        for (int i = 0; i < 100; i++) {
            assertThat(fault(MISFIT).isOfInputs()).isTrue();
        }
        assertThat(rowsOfTwo.runs).isEqualTo(100 + 1);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
        // A second later the last result no longer stands.
        rowsOfTwo.sick = true;
        assertThat(fault(MISFIT).isOfInputs()).isFalse();
        assertThat(rowsOfTwo.runs).isEqualTo(101 + 2);
    }

    @Test
    void run_exampleThatTakesLong_isRunTheMoreSeldom() {
        rowsOfTwo.takes = TimeUnit.SECONDS.toNanos(3);
        fault(MISFIT);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(20));
        fault(MISFIT);
        assertThat(rowsOfTwo.runs).isEqualTo(2 + 1);
        clock.addAndGet(TimeUnit.SECONDS.toNanos(10));
        fault(MISFIT);
        assertThat(rowsOfTwo.runs).isEqualTo(3 + 2);
    }

    private ModelException fault(TensorSet... batch) {
        return fault(model, batch);
    }

    private static ModelException fault(ExampleCheck model, TensorSet... batch) {
        return Objects.requireNonNull(
                catchThrowableOfType(ModelException.class, () -> model.run(Arrays.asList(batch))));
    }

    private static TensorSet x(long rows, long columns) {
        return x(rows, columns, 0);
    }

    private static TensorSet x(long rows, long columns, float first) {
        float[] values = new float[(int) (rows * columns)];
        values[0] = first;
        return new TensorSet(Map.of("x", Tensor.of(List.of(rows, columns), values)));
    }

    /** Fails like an engine that does not say why. */
    private final class RowsOfTwo implements Model<TensorSet, TensorSet> {
        private boolean sick;
        private String complaint = "no device any more";
        private float refused = -1;
        private @Nullable TensorSet last;
        private @Nullable ModelException clear;
        private long takes;
        private int runs;

        @Override
        public List<TensorSet> run(List<TensorSet> batch) throws ModelException {
            runs++;
            clock.addAndGet(takes);
            if (clear != null) {
                throw clear;
            }
            if (sick) {
                throw ModelException.unclear(complaint, new IllegalStateException());
            }
            for (TensorSet set : batch) {
                last = set;
                if (Objects.requireNonNull(set.get("x")).floats().get(0) == refused) {
                    throw ModelException.unclear("no such value", new IllegalStateException());
                }
                if (Objects.requireNonNull(set.get("x")).shape().getLast() != 2) {
                    throw ModelException.unclear("no rows of two", new IllegalStateException());
                }
            }
            return batch;
        }

        @Override
        public void close() {}
    }
}
