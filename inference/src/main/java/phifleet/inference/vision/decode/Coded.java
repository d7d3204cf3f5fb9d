package phifleet.inference.vision.decode;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * What the pixels of a large JPEG are decoded from: the parts of its file that a decoder sees, and how they are turned. Files that differ in their
 * metadata alone have the same; so it stands for the pixels where all of them would be decoded only to be compared, at several times the
 * cost of those that models look at. It does not depend on the decoder, nor on how far that reduced the picture.
 */
public final class Coded {
    /**
     * The longer side, in pixels, from which on a picture is large: four times what detectors usually take, where half of each side is twice
     * as much as they need. A constant, since what is the same picture cannot be a matter of which models there are.
     */
    public static final int LEAST_SIDE = 2560;

    private final Orientation orientation;
    private final Bytes file;

    private Coded(Orientation orientation, Bytes file) {
        this.orientation = orientation;
        this.file = file;
    }

    static boolean standsFor(Picture picture) {
        return picture.format() == ImageFormat.JPEG && isLarge(picture.width(), picture.height());
    }

    static Coded of(Picture picture) {
        return new Coded(picture.orientation(), picture.file());
    }

    /** Whether a JPEG of that size is known by its code; by its pixels otherwise. */
    public static boolean isLarge(int width, int height) {
        return Math.max(width, height) >= LEAST_SIDE;
    }

    /** Feeds all of it to a digest. */
    public void feed(MessageDigest digest) {
        digest.update(orientation.name().getBytes(StandardCharsets.US_ASCII));
        digest.update(file.data());
    }
}
