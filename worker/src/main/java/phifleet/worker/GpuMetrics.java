package phifleet.worker;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import phifleet.inference.gpu.GpuMonitor;
import phifleet.inference.gpu.GpuReading;

/** Gauges of what a {@link GpuMonitor} reads; they appear with the first reading. */
final class GpuMetrics implements GpuMonitor.Listener {
    private final MeterRegistry registry;

    GpuMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void found(GpuReading gpu, Supplier<Optional<GpuReading>> latest) {
        Gauges gauges = new Gauges(gpu.uuid(), latest);
        gauges.add(
                "gpu_utilization_ratio",
                "Share of the time with a kernel running",
                reading -> orNaN(reading.utilizationPercent()) / 100);
        gauges.add(
                "gpu_memory_used_bytes",
                "Device memory in use by all processes",
                reading -> orNaN(reading.memoryUsedBytes()));
        gauges.add(
                "gpu_memory_total_bytes", "Device memory, used and free", reading -> orNaN(reading.memoryTotalBytes()));
        gauges.add(
                "gpu_temperature_celsius",
                "Temperature of the GPU core",
                reading -> orNaN(reading.temperatureCelsius()));
        gauges.add("gpu_power_watts", "Power drawn by the board", reading -> orNaN(reading.powerWatts()));
    }

    private static double orNaN(@Nullable Number value) {
        return value == null ? Double.NaN : value.doubleValue();
    }

    private final class Gauges {
        private final String uuid;
        private final Supplier<Optional<GpuReading>> latest;

        private Gauges(String uuid, Supplier<Optional<GpuReading>> latest) {
            this.uuid = uuid;
            this.latest = latest;
        }

        private void add(String name, String description, ToDoubleFunction<GpuReading> value) {
            Gauge.builder(
                            name,
                            latest,
                            source -> source.get()
                                    .map(reading -> value.applyAsDouble(reading))
                                    .orElse(Double.NaN))
                    .description(description)
                    .tag("gpu", uuid)
                    // Nobody else holds the supplier, and a gauge without its source reads NaN.
                    .strongReference(true)
                    .register(registry);
        }
    }
}
