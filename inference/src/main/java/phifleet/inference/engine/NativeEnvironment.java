package phifleet.inference.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * The environment variables as native libraries see them. What is set here, {@link System#getenv} does not show: Java keeps those
 * of the process's start.
 */
final class NativeEnvironment {
    private static final Linker LINKER = Linker.nativeLinker();

    private NativeEnvironment() {}

    /** Sets a variable, whatever it was. For the time before other native threads read it: the C library guards it by no lock. */
    @SuppressWarnings("restricted") // Whoever starts the program allows native calls, as for the engines.
    static void set(String name, String value) {
        SymbolLookup symbols = LINKER.defaultLookup();
        Optional<MemorySegment> setenv = symbols.find("setenv");
        if (setenv.isEmpty()) {
            return;
        }
        FunctionDescriptor shape = FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
        try (Arena arena = Arena.ofConfined()) {
            int failed = (int) LINKER.downcallHandle(setenv.get(), shape)
                    .invokeExact(arena.allocateFrom(name), arena.allocateFrom(value), 1);
            if (failed != 0) {
                throw new IllegalStateException(name + " could not be set to " + value);
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("setenv", e);
        }
    }
}
