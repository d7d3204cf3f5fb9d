package phifleet.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TensorMemoryTest {
    private static final int ROW = 8 * 1024;
    private static final List<Long> SHAPE = List.of(2L, (long) ROW);

    private final TensorMemory memory = new TensorMemory(1 << 20);

    private Tensor filled(float value) {
        Tensor tensor = memory.tensor(ElementType.FP32, SHAPE);
        for (int i = 0; i < 2 * ROW; i++) {
            tensor.floats().put(i, value);
        }
        return tensor;
    }

    @Test
    void release_memoryIsTheNextTensors() {
        filled(7).release();
        assertThat(memory.idleBytes()).isGreaterThanOrEqualTo(2 * ROW * 4);
        Tensor next = memory.tensor(ElementType.INT32, SHAPE);
        assertThat(Float.intBitsToFloat(next.data().getInt(0))).isEqualTo(7);
        assertThat(memory.idleBytes()).isZero();
    }

    @Test
    void release_partIsInUse_memoryIsKept() {
        Tensor whole = filled(7);
        Tensor part = whole.rows(1, 2);
        whole.release();
        filled(8);
        assertThat(part.floats().get(ROW - 1)).isEqualTo(7);
        part.release();
        assertThat(memory.tensor(ElementType.FP32, SHAPE).floats().get(0)).isEqualTo(7);
    }

    @Test
    void release_twice_givesOnce() {
        Tensor tensor = filled(7);
        tensor.release();
        tensor.release();
        Tensor one = filled(1);
        Tensor two = filled(2);
        assertThat(one.floats().get(0)).isEqualTo(1);
        assertThat(two.floats().get(0)).isEqualTo(2);
    }

    @Test
    void data_afterRelease_isRefused() {
        Tensor tensor = filled(7);
        tensor.release();
        assertThatThrownBy(tensor::data).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> tensor.rows(0, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void release_ofOtherMemory_changesNothing() {
        Tensor own = Tensor.of(List.of(2L), 1f, 2f);
        own.release();
        assertThat(own.floats().get(1)).isEqualTo(2);
        Tensor small = memory.tensor(ElementType.FP32, List.of(4L));
        small.release();
        assertThat(memory.idleBytes()).isZero();
    }

    @Test
    void release_beyondBound_othersOfAnotherSizeMakeRoom() {
        List<Tensor> many = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            many.add(filled(i));
        }
        many.forEach(Tensor::release);
        assertThat(memory.idleBytes()).isLessThanOrEqualTo(1 << 20).isGreaterThan(900_000);
        Tensor large = memory.tensor(ElementType.UINT8, List.of(600_000L));
        large.data().put(0, (byte) 5);
        large.release();
        assertThat(memory.idleBytes()).isLessThanOrEqualTo(1 << 20);
        assertThat(memory.tensor(ElementType.UINT8, List.of(600_000L)).data().get(0))
                .as("it was kept")
                .isEqualTo((byte) 5);
        Tensor hugest = memory.tensor(ElementType.UINT8, List.of(2_000_000L));
        hugest.release();
        assertThat(memory.idleBytes()).as("too large to keep").isLessThanOrEqualTo(1 << 20);
    }

    @Test
    void size_ofAnyTensor_isAtMostAQuarterMore() {
        SplittableRandom random = new SplittableRandom(13);
        for (int i = 0; i < 10_000; i++) {
            int bytes = random.nextInt(TensorMemory.LEAST_BYTES, Integer.MAX_VALUE);
            assertThat((long) TensorMemory.size(bytes))
                    .isGreaterThanOrEqualTo(bytes)
                    .isLessThanOrEqualTo(bytes + bytes / 4L);
        }
        assertThat(TensorMemory.size(1 << 20)).isEqualTo(1 << 20);
        assertThat(TensorMemory.size((1 << 20) + 1)).isEqualTo((1 << 20) + (1 << 18));
    }

    @Test
    void tensors_ofManyThreads_areNobodyElses() {
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            int number = t;
            threads.add(CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 200; i++) {
                    Tensor tensor = memory.tensor(ElementType.INT64, List.of(4096L));
                    long own = number * 1000L + i;
                    tensor.longs().put(0, own).put(4095, own);
                    assertThat(tensor.longs().get(0)).isEqualTo(own);
                    assertThat(tensor.longs().get(4095)).isEqualTo(own);
                    tensor.release();
                }
            }));
        }
        threads.forEach(CompletableFuture::join);
    }
}
