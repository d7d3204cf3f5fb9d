package phifleet.benchmark.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;

/** How busy the whole machine has been: proc_stat(5). */
final class MachineLoad {
    private static final double TICKS = 100;
    /** Places of the first line: idle and iowait, which are no work; guest times are counted in user time already. */
    private static final int IDLE = 3;

    private static final int IOWAIT = 4;
    private static final int GUEST = 8;

    private MachineLoad() {}

    /** Seconds of processor time that all processes have taken since the machine's start; empty where it does not say. */
    static OptionalDouble busySeconds() {
        try {
            String line =
                    Files.readString(Path.of("/proc/stat")).lines().findFirst().orElse("");
            return OptionalDouble.of(busySeconds(line));
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }

    static double busySeconds(String line) {
        long[] ticks = Arrays.stream(line.strip().split(" +"))
                .skip(1)
                .limit(GUEST)
                .mapToLong(Long::parseLong)
                .toArray();
        long sum = Arrays.stream(ticks).sum();
        return (sum - ticks[IDLE] - ticks[IOWAIT]) / TICKS;
    }
}
