package phifleet.worker.residence;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** What this process takes of the machine, and may take. */
public final class ProcessMemory {
    /** Of the machine's memory, what is left to the program itself, its libraries and its threads. */
    private static final double OTHERS = 0.1;

    /** However large the heap is, models have so much. */
    private static final double LEAST = 0.25;

    private ProcessMemory() {}

    /** What models may take where nothing is set: the container's or the machine's memory, less the heap and a tenth. */
    public static long forModels() {
        long all =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        return forModels(all, limit(), Runtime.getRuntime().maxMemory());
    }

    /**
     * The same of given numbers.
     *
     * @param limit of the container; empty where there is none
     */
    static long forModels(long machine, OptionalLong limit, long heap) {
        long most = Math.min(machine, limit.orElse(machine));
        return (long) Math.max(LEAST * most, most - OTHERS * most - heap);
    }

    /** The limit of its control group, of either version. */
    private static OptionalLong limit() {
        for (Path file :
                List.of(Path.of("/sys/fs/cgroup/memory.max"), Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes"))) {
            try {
                return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
            } catch (IOException | NumberFormatException e) {
                // There is no such group, or it has no limit and says "max".
            }
        }
        return OptionalLong.empty();
    }
}
