package phifleet.inference.vision.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import phifleet.inference.vision.ImageFiles;

class PixelBudgetTest {
    private static final int UNIT = 4096;

    @Test
    void take_whatIsThere_isGivenBackOnce() throws ImageException {
        PixelBudget budget = new PixelBudget(10 * UNIT);
        try (PixelBudget.Lease lease = budget.take(ImageFormat.JPEG, 1, 1, UNIT + 1, UNIT)) {
            assertThat(lease.units()).isEqualTo(3);
            assertThat(budget.free()).isEqualTo(7 * UNIT);
        }
        assertThat(budget.free()).isEqualTo(budget.bytes());
    }

    @Test
    void take_moreOfTheHeapThanThereEverIs_isRefused() {
        PixelBudget budget = new PixelBudget(10 * UNIT);

        assertThatExceptionOfType(ImageException.class)
                .isThrownBy(() -> budget.take(ImageFormat.PNG, 7, 8, 10 * UNIT + 1, 0))
                .withMessageContaining("PNG of 7 x 8 pixels takes 40961 bytes")
                .withMessageContaining("at most 40960");
        assertThat(budget.free()).isEqualTo(budget.bytes());
    }

    @Test
    void take_moreOutsideOfTheHeap_takesAllThereIs() throws ImageException {
        PixelBudget budget = new PixelBudget(10 * UNIT);
        try (PixelBudget.Lease lease = budget.take(ImageFormat.JPEG, 1, 1, UNIT, 100L * UNIT)) {
            assertThat(lease.units()).isEqualTo(10);
            assertThat(budget.free()).isZero();
        }
    }

    @Test
    void decode_whileOthersHoldTheMemory_waitsForIt() throws Exception {
        PixelBudget budget = new PixelBudget(2 * UNIT);
        ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT, JpegLibrary.JDK, budget);
        byte[] file = ImageFiles.bytes("rgb.png");
        CountDownLatch inside = new CountDownLatch(2);
        CountDownLatch leave = new CountDownLatch(1);
        Runnable held = () -> {
            try {
                decoder.decode(file, Detail.ALL, image -> {
                    inside.countDown();
                    await(leave);
                    return image;
                });
            } catch (ImageException e) {
                throw new AssertionError(e);
            }
        };
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            Future<?> one = threads.submit(held);
            Future<?> other = threads.submit(held);
            await(inside);
            assertThat(budget.free()).isZero();

            Future<?> third = threads.submit(held);
            assertThat(third).isNotDone();
            leave.countDown();

            one.get();
            other.get();
            third.get();
        }
        assertThat(budget.free()).isEqualTo(budget.bytes());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void new_nothing_isRefused() {
        assertThatThrownBy(() -> new PixelBudget(1)).hasMessageContaining("at least 4096");
    }
}
