package phifleet.inference.vision.decode;

import java.io.Serial;

/** A file that is no image to work with; the message says what of it is wrong, with the value and the bound. */
public final class ImageException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Kind {
        /** Another format, or a variant of a known one that is not decoded. */
        UNSUPPORTED,
        /** More pixels, a longer side or more passes than are allowed. */
        TOO_LARGE,
        /** Cut short, or not what its header says. */
        BROKEN
    }

    private final Kind kind;

    public ImageException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    ImageException(String message, Throwable cause) {
        super(message, cause);
        this.kind = Kind.BROKEN;
    }

    public Kind kind() {
        return kind;
    }

    public static ImageException unsupported(String message) {
        return new ImageException(Kind.UNSUPPORTED, message);
    }

    public static ImageException tooLarge(String message) {
        return new ImageException(Kind.TOO_LARGE, message);
    }

    public static ImageException broken(String message) {
        return new ImageException(Kind.BROKEN, message);
    }
}
