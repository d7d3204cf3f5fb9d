package phifleet.worker.thread;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of a worker's threads has the processor where more want it than there are cores: what Linux can be told of it (sched(7)),
 * and nothing where there is no Linux. What is asked wants no privilege, and where it is refused nothing changes but speed.
 */
final class Scheduling {
    static final Path THREADS = Path.of("/proc/self/task");

    private static final int PRIO_PROCESS = 0;

    private Scheduling() {}

    static boolean isLinux() {
        return Files.isDirectory(THREADS);
    }

    /**
     * Sets what weight a thread has against others.
     *
     * @param thread its id in Linux
     * @param nice from -20, the greatest, to 19; a lower one than it has wants a privilege
     */
    static void nice(int thread, int nice) {
        try {
            int failed = (int) function("setpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT))
                    .invokeExact(PRIO_PROCESS, thread, nice);
            if (failed != 0) {
                log().debug("the priority of thread {} stays", thread);
            }
        } catch (Throwable e) {
            log().warn("thread {} keeps its priority: {}", thread, e.toString());
        }
    }

    @SuppressWarnings("restricted") // Whoever starts the program allows native calls, as for the engines.
    private static MethodHandle function(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
    }

    private static Logger log() {
        return LoggerFactory.getLogger(Scheduling.class);
    }
}
