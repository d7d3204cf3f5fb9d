package phifleet.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads Linux's {@code /proc} of a process and its descendants (proc_pid_stat(5), proc_pid_smaps(5)). */
public final class ProcessTree {
    /** Ticks a second of the times in {@code stat}: USER_HZ, which Linux has at 100 on all usual machines. */
    private static final double TICKS = 100;

    /** Places in {@code stat} behind the command: utime, stime, cutime, cstime. */
    private static final int FIRST_TIME = 11;

    private static final int TIMES = 4;

    private ProcessTree() {}

    /** Empty where the process has ended, or where there is no {@code /proc}. */
    public static Optional<Usage> usage(long pid) {
        List<Long> pids = Stream.concat(
                        Stream.of(pid),
                        ProcessHandle.of(pid).stream()
                                .flatMap(ProcessHandle::descendants)
                                .map(ProcessHandle::pid))
                .toList();
        double seconds = 0;
        long bytes = 0;
        boolean seen = false;
        for (long one : pids) {
            try {
                seconds +=
                        ticks(Files.readString(Path.of("/proc/" + one + "/stat"), StandardCharsets.ISO_8859_1)) / TICKS;
                bytes += memory(one);
                seen = true;
            } catch (IOException e) {
                // It has ended meanwhile; its parent's cutime has its time.
            }
        }
        return seen ? Optional.of(new Usage(seconds, bytes)) : Optional.empty();
    }

    /** The command is in brackets, and may have any character in it. */
    static long ticks(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Arrays.stream(fields)
                .skip(FIRST_TIME)
                .limit(TIMES)
                .mapToLong(Long::parseLong)
                .sum();
    }

    private static long memory(long pid) throws IOException {
        Path rollup = Path.of("/proc/" + pid + "/smaps_rollup");
        if (Files.isReadable(rollup)) {
            return kilobytes(rollup, "Pss:");
        }
        return kilobytes(Path.of("/proc/" + pid + "/status"), "VmRSS:");
    }

    private static long kilobytes(Path file, String key) throws IOException {
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith(key)) {
                return 1024 * Long.parseLong(line.substring(key.length()).replaceAll("[^0-9]", ""));
            }
        }
        return 0;
    }
}
