package phifleet.worker.thread;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * The threads of the JVM's compilers, which give way to those that answer requests.
 *
 * <p>The first seconds of an overload are new to the compilers too. With the same priority they took two fifths of a worker's only
 * core from its model just when its queue filled, so that all that was promised then came late. The JVM's own flag for it
 * (CompilerThreadPriority) warns at each start of whoever is not root.
 */
public final class CompilerThreads {
    /** A third of the weight of a thread that answers requests (Linux, sched(7)). */
    static final int NICE = 5;

    private static final Pattern NAME = Pattern.compile("C[12] Compiler.*");

    private CompilerThreads() {}

    /** Those that run now; the JVM starts more of them from these, and threads inherit it. Does nothing where there is no Linux. */
    public static void giveWay() {
        if (!Scheduling.isLinux()) {
            return;
        }
        try {
            running().forEach(thread -> Scheduling.nice(thread, NICE));
        } catch (IOException e) {
            LoggerFactory.getLogger(CompilerThreads.class)
                    .warn("the JVM's compilers keep their priority: {}", e.toString());
        }
    }

    /** The ids that Linux has for them. */
    static List<Integer> running() throws IOException {
        try (Stream<Path> threads = Files.list(Scheduling.THREADS)) {
            return threads.filter(thread -> NAME.matcher(name(thread)).matches())
                    .map(thread -> Integer.valueOf(String.valueOf(thread.getFileName())))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Empty for one that has ended. */
    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
