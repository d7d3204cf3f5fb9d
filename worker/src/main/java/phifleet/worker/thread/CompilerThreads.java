package phifleet.worker.thread;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
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
    private static final Path THREADS = Path.of("/proc/self/task");
    private static final int PRIO_PROCESS = 0;

    private CompilerThreads() {}

    /** Those that run now; the JVM starts more of them from these, and threads inherit it. Does nothing where there is no Linux. */
    @SuppressWarnings("restricted") // Whoever starts the program allows native calls, as for the engines.
    public static void giveWay() {
        if (!Files.isDirectory(THREADS)) {
            return;
        }
        try {
            MethodHandle setPriority = Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().findOrThrow("setpriority"),
                            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
            for (int thread : running()) {
                int failed = (int) setPriority.invokeExact(PRIO_PROCESS, thread, NICE);
                if (failed != 0) {
                    log().debug("the priority of the compiler's thread {} stays", thread);
                }
            }
        } catch (Throwable e) {
            log().warn("the JVM's compilers keep their priority: {}", e.toString());
        }
    }

    /** The ids that Linux has for them. */
    static List<Integer> running() throws IOException {
        try (Stream<Path> threads = Files.list(THREADS)) {
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

    private static Logger log() {
        return LoggerFactory.getLogger(CompilerThreads.class);
    }
}
