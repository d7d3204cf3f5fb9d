package phifleet.worker.thread;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of a worker's threads has the processor where more want it than there are cores: what Linux can be told of it (sched(7)),
 * and nothing where there is no Linux. Neither call wants a privilege, and one that is refused changes nothing but speed.
 */
public final class Scheduling {
    static final Path THREADS = Path.of("/proc/self/task");

    /** The policy of threads that interrupt nobody. */
    static final int SCHED_BATCH = 3;

    private static final int PRIO_PROCESS = 0;
    private static final int THIS_THREAD = 0;

    private Scheduling() {}

    static boolean isLinux() {
        return Files.isDirectory(THREADS);
    }

    /**
     * From now on the calling thread, and those that it starts, wait for the scheduler's next tick (1 to 4 ms) where all cores are busy,
     * instead of taking one at once. On a core that is free they are as quick as before.
     *
     * <p>For event loops. Each request that came took the core from the model, and the model's data from its caches: a refusal cost
     * a worker on one core 112 µs, and costs it 50 where the loop does all that has come by then in one go.
     */
    public static void interruptNobody() {
        if (!isLinux()) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment priority = arena.allocate(MemoryLayout.structLayout(JAVA_INT));
            int failed =
                    (int) function("sched_setscheduler", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS))
                            .invokeExact(THIS_THREAD, SCHED_BATCH, priority);
            if (failed != 0) {
                log().debug("{} keeps its policy", Thread.currentThread().getName());
            }
        } catch (Throwable e) {
            log().warn("the threads of the sockets interrupt those of the models: {}", e.toString());
        }
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
