package phifleet.worker.thread;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says of a thread (proc_pid_stat(5)). */
final class ThreadStat {
    /** Where they stand behind the thread's name. */
    private static final int NICE_FIELD = 16;

    private static final int POLICY_FIELD = 38;

    private static final Path THREADS = Path.of("/proc/self/task");

    private ThreadStat() {}

    static int thisThread() throws IOException {
        return Integer.parseInt(
                String.valueOf(Path.of("/proc/thread-self").toRealPath().getFileName()));
    }

    static int nice(int thread) throws IOException {
        return field(thread, NICE_FIELD);
    }

    static int policy(int thread) throws IOException {
        return field(thread, POLICY_FIELD);
    }

    private static int field(int thread, int place) throws IOException {
        String stat = Files.readString(THREADS.resolve(thread + "/stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[place]);
    }
}
