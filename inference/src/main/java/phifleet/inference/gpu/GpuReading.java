package phifleet.inference.gpu;

import org.jspecify.annotations.Nullable;

/**
 * One GPU at one moment. A value that the driver does not know is null: a virtual GPU, say, has no fan and no temperature.
 *
 * @param name the product's name
 * @param uuid unique for the device, {@code GPU-…}
 * @param memoryTotalBytes as the driver reports it, to the MiB
 * @param memoryUsedBytes by all processes
 * @param utilizationPercent of the time in the last sample period with a kernel running, 0 to 100
 * @param temperatureCelsius of the GPU core
 * @param powerWatts drawn by the board
 */
public record GpuReading(
        String name,
        String uuid,
        @Nullable Long memoryTotalBytes,
        @Nullable Long memoryUsedBytes,
        @Nullable Double utilizationPercent,
        @Nullable Double temperatureCelsius,
        @Nullable Double powerWatts) {}
