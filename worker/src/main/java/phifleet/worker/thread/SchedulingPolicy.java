package phifleet.worker.thread;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** When a thread that has something to do gets a core, by Linux's names and numbers (sched(7)). */
enum SchedulingPolicy {
    /** At once, of a thread that has used its core for longer. The usual one. */
    OTHER(0),

    /** At the scheduler's next tick (1 to 4 ms) where all cores are busy; on a core that is free at once, too. */
    BATCH(3);

    private static final int THIS_THREAD = 0;

    final int number;

    SchedulingPolicy(int number) {
        this.number = number;
    }

    /** From now on for the calling thread. Wants no privilege; does nothing where there is no Linux, and where it is forbidden. */
    void take() {
        MethodHandle call = Call.SCHED_SETSCHEDULER;
        if (call == null) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment priority = arena.allocate(JAVA_INT);
            // What it says does not matter: refused, the thread is served as before.
            int _ = (int) call.invokeExact(THIS_THREAD, number, priority);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Linked once, and only where it is wanted. */
    private static final class Call {
        static final @Nullable MethodHandle SCHED_SETSCHEDULER = link();

        @SuppressWarnings("restricted") // Whoever starts the program allows native calls, as for the engines.
        private static @Nullable MethodHandle link() {
            if (!Files.isDirectory(Path.of("/proc/self/task"))) {
                return null;
            }
            try {
                Linker linker = Linker.nativeLinker();
                return linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("sched_setscheduler"),
                        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
            } catch (RuntimeException e) {
                LoggerFactory.getLogger(SchedulingPolicy.class)
                        .warn("event loops interrupt models under overload too: {}", e.toString());
                return null;
            }
        }
    }
}
