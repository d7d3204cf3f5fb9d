package phifleet.inference.vision.decode;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The C library's memory, which is as it was left: an arena's is zeroed, which for megabytes of pixels that are all written takes a good
 * part of what decoding them does. Thread-safe.
 */
final class NativeHeap {
    private final MethodHandle allocate;
    private final MethodHandle free;

    NativeHeap(Linker linker) {
        this.allocate = function(linker, "malloc", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
        this.free = function(linker, "free", FunctionDescriptor.ofVoid(ValueLayout.ADDRESS));
    }

    @SuppressWarnings("restricted") // Whoever starts the program allows native calls, as for the engines.
    private static MethodHandle function(Linker linker, String name, FunctionDescriptor shape) {
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape);
    }

    /**
     * Memory until it is closed; what is in it is anything.
     *
     * @throws OutOfMemoryError if there is none
     */
    @SuppressWarnings("restricted") // As large as was asked for.
    NativeMemory take(long bytes) {
        try {
            MemorySegment found = (MemorySegment) allocate.invokeExact(bytes);
            if (found.address() == 0) {
                throw new OutOfMemoryError("no " + bytes + " bytes outside of the heap");
            }
            return new NativeMemory(found.reinterpret(bytes), this);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("malloc", e);
        }
    }

    void give(MemorySegment bytes) {
        try {
            free.invokeExact(bytes);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("free", e);
        }
    }
}
