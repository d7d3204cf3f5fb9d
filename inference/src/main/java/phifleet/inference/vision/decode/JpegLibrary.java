package phifleet.inference.vision.decode;

import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What decodes JPEG: libjpeg-turbo where this machine has it, else the JDK. Both give the same pixels, so that a picture's hash does not
 * depend on the machine; what they would see differently is the JDK's in any case: CMYK, and red, green and blue of which some have half
 * the rows.
 */
public final class JpegLibrary {
    /** The JDK's own decoder. */
    public static final JpegLibrary JDK = new JpegLibrary("the JDK", null);

    /** What Debian's libturbojpeg0, Ubuntu's libturbojpeg, Fedora's turbojpeg and Homebrew's jpeg-turbo bring. */
    private static final List<String> NAMES = List.of(
            "libturbojpeg.so.0",
            "libturbojpeg.0.dylib",
            "/opt/homebrew/opt/jpeg-turbo/lib/libturbojpeg.dylib",
            "/usr/local/opt/jpeg-turbo/lib/libturbojpeg.dylib");

    private final String description;
    private final @Nullable TurboJpeg turbo;

    private JpegLibrary(String description, @Nullable TurboJpeg turbo) {
        this.description = description;
        this.turbo = turbo;
    }

    /** Where the system looks for libraries, else the JDK. It stays loaded for as long as the program runs. */
    public static JpegLibrary find() {
        for (String name : NAMES) {
            try {
                return named(name);
            } catch (IllegalArgumentException e) {
                // The next one.
            }
        }
        return new JpegLibrary(
                "the JDK, at several times the cost for large ones, since there is no libturbojpeg.so.0 here"
                        + " (Debian: libturbojpeg0)",
                null);
    }

    /**
     * A file.
     *
     * @throws IllegalArgumentException if it cannot be loaded or is something else; says why
     */
    public static JpegLibrary of(Path file) {
        return named(file.toAbsolutePath().toString());
    }

    @SuppressWarnings("restricted") // Whoever starts the program allows native calls, as for the engines.
    private static JpegLibrary named(String name) {
        try {
            TurboJpeg turbo = new TurboJpeg(SymbolLookup.libraryLookup(name, Arena.global()));
            return new JpegLibrary("libjpeg-turbo (" + name + ")", turbo);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(name + " is no libturbojpeg that can be used: " + e.getMessage(), e);
        }
    }

    /** For a line of the log: what it is, and where it is the JDK for want of the library, that. */
    public String description() {
        return description;
    }

    public boolean isTurbo() {
        return turbo != null;
    }

    /** What decodes this picture; null for the JDK. */
    @Nullable
    TurboJpeg turboFor(Picture picture) {
        return switch (picture.inks()) {
            case GREY, HALF_THE_ROWS -> picture.format() == ImageFormat.JPEG ? turbo : null;
            case COLOUR -> picture.format() == ImageFormat.JPEG && picture.halvedRows() == 0 ? turbo : null;
            case CMYK, YCCK -> null;
        };
    }
}
