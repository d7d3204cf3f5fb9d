package phifleet.inference.vision.decode;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What decodes HEIC: libheif with a decoder for HEVC where this machine has them, else nothing. */
public final class HeifLibrary {
    /** HEIC is refused, as a format that is not decoded. */
    public static final HeifLibrary NONE = new HeifLibrary("nothing: it is off (images.heif-library)", null);

    /** What Debian's libheif1, Fedora's libheif and Homebrew's libheif bring. */
    private static final List<String> NAMES = List.of(
            "libheif.so.1",
            "libheif.1.dylib",
            "/opt/homebrew/opt/libheif/lib/libheif.dylib",
            "/usr/local/opt/libheif/lib/libheif.dylib");

    private final String description;
    private final @Nullable Libheif library;

    private HeifLibrary(String description, @Nullable Libheif library) {
        this.description = description;
        this.library = library;
    }

    /** Where the system looks for libraries, else nothing. It stays loaded for as long as the program runs. */
    public static HeifLibrary find() {
        for (String name : NAMES) {
            try {
                return named(name);
            } catch (IllegalArgumentException e) {
                // The next one.
            }
        }
        return new HeifLibrary(
                "nothing, since there is no libheif.so.1 here that decodes HEVC (Debian: libheif1)", null);
    }

    /**
     * A file.
     *
     * @throws IllegalArgumentException if it cannot be loaded, is something else or decodes no HEVC; says why
     */
    public static HeifLibrary of(Path file) {
        return named(file.toAbsolutePath().toString());
    }

    @SuppressWarnings("restricted") // Whoever starts the program allows native calls, as for the engines.
    private static HeifLibrary named(String name) {
        try {
            Libheif library = new Libheif(SymbolLookup.libraryLookup(name, Arena.global()));
            return new HeifLibrary("libheif " + library.version() + " (" + name + ")", library);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(name + " is no libheif that can be used: " + e.getMessage(), e);
        }
    }

    /** For a line of the log: what it is, or why there is none. */
    public String description() {
        return description;
    }

    public boolean isThere() {
        return library != null;
    }

    /** @throws ImageException if there is none */
    void require() throws ImageException {
        if (library == null) {
            throw ImageException.unsupported(
                    "the file is HEIC, which is decoded here by " + description + "; " + ImageFormat.SERVED);
        }
    }

    Image decode(Picture picture) throws ImageException {
        if (library == null) {
            throw new IllegalStateException("require() was not asked");
        }
        return library.decode(picture);
    }
}
