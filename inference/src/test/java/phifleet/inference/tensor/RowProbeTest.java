package phifleet.inference.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;

class RowProbeTest {

    /** Whatever its type: what a row gives may not depend on the rows beside it. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "STRING")
    void run_outputOfAnyType_isHeldAgainstThatOfEachRow(ElementType type) throws ModelException {
        assertThat(probe(type, x -> x)).isEqualTo(4);
        assertThat(probe(type, RowProbeTest::backwards)).isZero();
    }

    @Test
    void mostRows_largeRows_areFew() {
        Signature.Value pixels = new Signature.Value("pixels", ElementType.FP32, List.of(-1L, 3L, 1024L, 1024L));
        Signature.Value mask = new Signature.Value("pixel_mask", ElementType.INT64, List.of(-1L, 1024L, 1024L));

        // 12 MiB and 8 MiB.
        assertThat(RowProbe.mostRows(RowProbe.example(new Signature(List.of(pixels, mask), List.of()), 1)))
                .isEqualTo(25);
    }

    /** Of nothing no detector knows where it lies. */
    @Test
    void example_mask_leavesNothingOut() {
        Signature.Value mask = new Signature.Value("pixel_mask", ElementType.INT64, List.of(-1L, 8L, 8L));
        Signature.Value ids = new Signature.Value("ids", ElementType.INT64, List.of(-1L, 8L, 8L));

        TensorSet example = RowProbe.example(new Signature(List.of(mask, ids), List.of()), 2);

        Tensor ones = Objects.requireNonNull(example.get("pixel_mask"));
        assertThat(IntStream.range(0, 128).mapToDouble(ones::number)).containsOnly(1.0);
        Tensor any = Objects.requireNonNull(example.get("ids"));
        assertThat(IntStream.range(0, 128).mapToDouble(any::number)).containsOnly(0.0, 1.0);
    }

    private static int probe(ElementType type, UnaryOperator<Tensor> function) throws ModelException {
        Signature.Value x = new Signature.Value("x", type, List.of(-1L, 16L));
        Signature.Value y = new Signature.Value("y", type, List.of(-1L, 16L));
        // The same time for any batch: a row of two is cheaper than one.
        AtomicLong clock = new AtomicLong();
        return RowProbe.run(
                        "m",
                        new Function(function),
                        new Signature(List.of(x), List.of(y)),
                        4,
                        () -> clock.addAndGet(1000))
                .units();
    }

    /** The last row first. */
    private static Tensor backwards(Tensor tensor) {
        ByteBuffer data = Tensor.allocate(tensor.type(), tensor.shape());
        for (int row = Math.toIntExact(tensor.shape().getFirst()) - 1; row >= 0; row--) {
            data.put(tensor.rows(row, row + 1).data());
        }
        return Tensor.of(tensor.type(), tensor.shape(), data.flip());
    }

    private record Function(UnaryOperator<Tensor> function) implements Model<TensorSet, TensorSet> {
        @Override
        public List<TensorSet> run(List<TensorSet> batch) {
            return batch.stream()
                    .map(set -> new TensorSet(Map.of("y", function.apply(Objects.requireNonNull(set.get("x"))))))
                    .toList();
        }

        @Override
        public void close() {}
    }
}
