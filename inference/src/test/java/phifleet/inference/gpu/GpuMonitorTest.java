package phifleet.inference.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GpuMonitorTest {
    private static GpuReading reading(long used, @Nullable Double utilization) {
        return new GpuReading("T4", "GPU-1", 100L, used, utilization, 30.0, 9.0);
    }

    @Test
    void readings_follow_andAFailedOneLeavesTheLast() throws Exception {
        BlockingQueue<List<GpuReading>> next = new LinkedBlockingQueue<>();
        AtomicReference<Supplier<Optional<GpuReading>>> found = new AtomicReference<>();
        try (GpuMonitor monitor = new GpuMonitor(
                () -> take(next),
                Duration.ofMillis(1),
                (gpu, latest) -> assertThat(found.getAndSet(latest)).isNull())) {
            assertThat(monitor.first()).isEmpty();
            next.add(List.of(reading(5L, 50.0)));
            next.add(List.of());
            next.add(List.of(reading(7L, null)));
            next.add(List.of());
            while (!next.isEmpty()) {
                Thread.sleep(1);
            }
            // The reader waits for a fifth reading: the fourth, a failed one, has been seen.
            assertThat(monitor.first()).contains(reading(7L, null));
            assertThat(found.get().get()).contains(reading(7L, null));
        }
    }

    @Test
    void noGpu_isAskedForOnce() throws Exception {
        CountDownLatch asked = new CountDownLatch(2);
        try (GpuMonitor monitor = new GpuMonitor(
                () -> {
                    asked.countDown();
                    return List.of();
                },
                Duration.ofMillis(1),
                (gpu, latest) -> {})) {
            assertThat(asked.await(50, TimeUnit.MILLISECONDS)).isFalse();
            assertThat(monitor.first()).isEmpty();
        }
    }

    private static List<GpuReading> take(BlockingQueue<List<GpuReading>> next) {
        try {
            return next.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
