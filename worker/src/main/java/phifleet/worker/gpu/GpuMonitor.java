package phifleet.worker.gpu;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The latest readings of the GPUs, taken on a thread of its own. Where the first reading finds none, no further one is taken.
 */
public final class GpuMonitor implements AutoCloseable {
    private final Supplier<List<GpuReading>> source;
    private final Duration interval;
    private final MeterRegistry registry;
    private final Thread thread;
    private volatile List<GpuReading> latest = List.of();

    /**
     * Starts to read, at once and then at every interval; gauges appear with the first reading.
     *
     * @param source may block; what it returns is empty where there is no GPU or no answer
     */
    public GpuMonitor(Supplier<List<GpuReading>> source, Duration interval, MeterRegistry registry) {
        this.source = source;
        this.interval = interval;
        this.registry = registry;
        this.thread = Thread.ofPlatform().daemon().name("gpu-monitor").unstarted(this::watch);
        thread.start();
    }

    /** The device that this worker uses, the first that it can see; empty on a machine without any. */
    public Optional<GpuReading> first() {
        return latest.stream().findFirst();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        latest = source.get();
        latest.forEach(this::register);
        try {
            while (!latest.isEmpty()) {
                Thread.sleep(interval);
                List<GpuReading> readings = source.get();
                // A reading that fails leaves the last one in place.
                latest = readings.isEmpty() ? latest : readings;
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void register(GpuReading gpu) {
        gauge(
                "gpu_utilization_ratio",
                "Share of the time with a kernel running",
                gpu.uuid(),
                reading -> orNaN(reading.utilizationPercent()) / 100);
        gauge(
                "gpu_memory_used_bytes",
                "Device memory in use by all processes",
                gpu.uuid(),
                reading -> orNaN(reading.memoryUsedBytes()));
        gauge(
                "gpu_memory_total_bytes",
                "Device memory, used and free",
                gpu.uuid(),
                reading -> orNaN(reading.memoryTotalBytes()));
        gauge(
                "gpu_temperature_celsius",
                "Temperature of the GPU core",
                gpu.uuid(),
                reading -> orNaN(reading.temperatureCelsius()));
        gauge("gpu_power_watts", "Power drawn by the board", gpu.uuid(), reading -> orNaN(reading.powerWatts()));
    }

    private void gauge(String name, String description, String uuid, ToDoubleFunction<GpuReading> value) {
        Gauge.builder(
                        name,
                        this,
                        monitor -> monitor.latest.stream()
                                .filter(reading -> reading.uuid().equals(uuid))
                                .mapToDouble(value)
                                .findFirst()
                                .orElse(Double.NaN))
                .description(description)
                .tag("gpu", uuid)
                .register(registry);
    }

    private static double orNaN(@Nullable Number value) {
        return value == null ? Double.NaN : value.doubleValue();
    }
}
