package phifleet.inference.hub.remote;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * flock(2) of the C library: one lock an open file, which ends with it, and so with its process. JDK 25 has no other way to it.
 */
final class Flock implements AutoCloseable {
    private static final int READ_WRITE = 2;
    private static final int EXCLUSIVE_AT_ONCE = 2 | 4;
    private static final int EINTR = 4;

    /** EAGAIN is 11 on Linux, 35 on macOS and BSD; EACCES is 13, which some network file systems give. */
    private static final int[] TAKEN = {11, 13, 35};

    private static final @Nullable Functions FUNCTIONS = Functions.find();

    private final int descriptor;

    private Flock(int descriptor) {
        this.descriptor = descriptor;
    }

    private record Functions(MethodHandle open, MethodHandle flock, MethodHandle close) {
        static final StructLayout STATE = Linker.Option.captureStateLayout();
        static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));

        @SuppressWarnings("restricted") // Whoever starts the program allows native calls, as for the engines.
        static @Nullable Functions find() {
            Linker linker = Linker.nativeLinker();
            SymbolLookup symbols = linker.defaultLookup();
            if (symbols.find("flock").isEmpty()
                    || symbols.find("open").isEmpty()
                    || symbols.find("close").isEmpty()) {
                return null;
            }
            FunctionDescriptor open =
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
            FunctionDescriptor flock =
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
            FunctionDescriptor close = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
            return new Functions(
                    // Its third argument, which is not given, is the first of a variable number.
                    linker.downcallHandle(symbols.findOrThrow("open"), open, Linker.Option.firstVariadicArg(2)),
                    linker.downcallHandle(symbols.findOrThrow("flock"), flock, Linker.Option.captureCallState("errno")),
                    linker.downcallHandle(symbols.findOrThrow("close"), close));
        }
    }

    static boolean exists() {
        return FUNCTIONS != null;
    }

    /** Opens a file that is there. */
    static Flock open(Path file) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = (int) functions().open().invokeExact(arena.allocateFrom(file.toString()), READ_WRITE);
            if (descriptor < 0) {
                throw new IOException(file + " cannot be opened");
            }
            return new Flock(descriptor);
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether the lock is this one's now. True too where the file system has none. */
    boolean tryLock() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Functions.STATE);
            while ((int) functions().flock().invokeExact(state, descriptor, EXCLUSIVE_AT_ONCE) != 0) {
                int error = (int) Functions.ERRNO.get(state, 0L);
                for (int taken : TAKEN) {
                    if (error == taken) {
                        return false;
                    }
                }
                if (error != EINTR) {
                    return true;
                }
            }
            return true;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            int ignored = (int) functions().close().invokeExact(descriptor);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static Functions functions() {
        if (FUNCTIONS == null) {
            throw new IllegalStateException("this system has no flock");
        }
        return FUNCTIONS;
    }
}
