package phifleet.inference.gpu;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The latest readings of the GPUs, taken on a thread of its own. Where the first reading finds none, no further one is taken.
 */
public final class GpuMonitor implements AutoCloseable {
    /** Is told of each GPU once, with the first reading. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Called on the monitor's thread.
         *
         * @param gpu the first reading of it
         * @param latest its latest reading, for any thread at any time; empty where a later reading no longer names it
         */
        void found(GpuReading gpu, Supplier<Optional<GpuReading>> latest);
    }

    private final Supplier<List<GpuReading>> source;
    private final Duration interval;
    private final Listener listener;
    private final Thread thread;
    private volatile List<GpuReading> latest = List.of();

    /**
     * Starts to read, at once and then at every interval.
     *
     * @param source may block; what it returns is empty where there is no GPU or no answer
     */
    public GpuMonitor(Supplier<List<GpuReading>> source, Duration interval, Listener listener) {
        this.source = source;
        this.interval = interval;
        this.listener = listener;
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
        latest.forEach(gpu -> listener.found(gpu, () -> latestOf(gpu.uuid())));
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

    private Optional<GpuReading> latestOf(String uuid) {
        return latest.stream().filter(reading -> reading.uuid().equals(uuid)).findFirst();
    }
}
