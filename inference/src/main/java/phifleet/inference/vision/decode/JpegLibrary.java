package phifleet.inference.vision.decode;

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

    private static final String KIND = "libturbojpeg";

    private final String description;
    private final @Nullable TurboJpeg turbo;

    private JpegLibrary(String description, @Nullable TurboJpeg turbo) {
        this.description = description;
        this.turbo = turbo;
    }

    private JpegLibrary(NativeLibrary<TurboJpeg> found) {
        this("libjpeg-turbo (" + found.name() + ")", found.functions());
    }

    /** Where the system looks for libraries, else the JDK. It stays loaded for as long as the program runs. */
    public static JpegLibrary find() {
        return NativeLibrary.first(NAMES, KIND, TurboJpeg::new)
                .map(JpegLibrary::new)
                .orElseGet(() -> new JpegLibrary(
                        "the JDK, at several times the cost for large ones, since there is no libturbojpeg.so.0 here"
                                + " (Debian: libturbojpeg0)",
                        null));
    }

    /**
     * A file.
     *
     * @throws IllegalArgumentException if it cannot be loaded or is something else; says why
     */
    public static JpegLibrary of(Path file) {
        return new JpegLibrary(NativeLibrary.of(file, KIND, TurboJpeg::new));
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
