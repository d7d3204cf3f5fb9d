package phifleet.inference.vision.decode;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A library of this machine's, which stays loaded for as long as the program runs.
 *
 * @param name as it was found, or its file
 * @param functions those of it that are called
 */
record NativeLibrary<T>(String name, T functions) {
    /**
     * The first of these that can be used, where the system looks for libraries.
     *
     * @param kind what it is to be, for messages
     */
    static <T> Optional<NativeLibrary<T>> first(List<String> names, String kind, Function<SymbolLookup, T> functions) {
        for (String name : names) {
            try {
                return Optional.of(named(name, kind, functions));
            } catch (IllegalArgumentException e) {
                // The next one.
            }
        }
        return Optional.empty();
    }

    /** @throws IllegalArgumentException if the file cannot be loaded or is something else; says why */
    static <T> NativeLibrary<T> of(Path file, String kind, Function<SymbolLookup, T> functions) {
        return named(file.toAbsolutePath().toString(), kind, functions);
    }

    @SuppressWarnings("restricted") // Whoever starts the program allows native calls, as for the engines.
    private static <T> NativeLibrary<T> named(String name, String kind, Function<SymbolLookup, T> functions) {
        try {
            return new NativeLibrary<>(name, functions.apply(SymbolLookup.libraryLookup(name, Arena.global())));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(name + " is no " + kind + " that can be used: " + e.getMessage(), e);
        }
    }
}
