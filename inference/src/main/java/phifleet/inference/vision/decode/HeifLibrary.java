package phifleet.inference.vision.decode;

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

    private static final String KIND = "libheif";

    private final String description;
    private final @Nullable Libheif library;

    private HeifLibrary(String description, @Nullable Libheif library) {
        this.description = description;
        this.library = library;
    }

    private HeifLibrary(NativeLibrary<Libheif> found) {
        this("libheif " + found.functions().version() + " (" + found.name() + ")", found.functions());
    }

    /** Where the system looks for libraries, else nothing. It stays loaded for as long as the program runs. */
    public static HeifLibrary find() {
        return NativeLibrary.first(NAMES, KIND, Libheif::new)
                .map(HeifLibrary::new)
                .orElseGet(() -> new HeifLibrary(
                        "nothing, since there is no libheif.so.1 here that decodes HEVC (Debian: libheif1)", null));
    }

    /**
     * A file.
     *
     * @throws IllegalArgumentException if it cannot be loaded, is something else or decodes no HEVC; says why
     */
    public static HeifLibrary of(Path file) {
        return new HeifLibrary(NativeLibrary.of(file, KIND, Libheif::new));
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
