package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import phifleet.inference.gpu.GpuReading;

class GpuMetricsTest {
    @Test
    void gauges_followTheLatestReading_andAreNotANumberWhereItIsSilent() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        GpuReading first = new GpuReading("T4", "GPU-1", 100L, 5L, 50.0, 30.0, 9.0);
        AtomicReference<Optional<GpuReading>> latest = new AtomicReference<>(Optional.of(first));
        new GpuMetrics(registry).found(first, latest::get);
        assertThat(gauge(registry, "gpu_utilization_ratio")).isEqualTo(0.5);

        latest.set(Optional.of(new GpuReading("T4", "GPU-1", 100L, 7L, null, 30.0, 9.0)));
        assertThat(gauge(registry, "gpu_memory_used_bytes")).isEqualTo(7);
        assertThat(gauge(registry, "gpu_utilization_ratio")).isNaN();
        assertThat(gauge(registry, "gpu_memory_total_bytes")).isEqualTo(100);
        assertThat(gauge(registry, "gpu_temperature_celsius")).isEqualTo(30);
        assertThat(gauge(registry, "gpu_power_watts")).isEqualTo(9);

        latest.set(Optional.empty());
        assertThat(gauge(registry, "gpu_power_watts")).isNaN();
    }

    private static double gauge(SimpleMeterRegistry registry, String name) {
        return registry.get(name).tag("gpu", "GPU-1").gauge().value();
    }
}
