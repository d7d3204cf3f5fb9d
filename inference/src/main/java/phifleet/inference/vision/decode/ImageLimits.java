package phifleet.inference.vision.decode;

/**
 * What a file may claim in its header. Beside a copy of the file decoding takes 3 bytes of heap a pixel for a usual JPEG or PNG, 4 to 7
 * for most others, 11 for PNG of 16 bits with alpha; and 3 more while a picture is turned.
 *
 * @param pixels width times height
 * @param side the longer one, in pixels
 */
public record ImageLimits(long pixels, int side) {
    public static final ImageLimits DEFAULT = new ImageLimits(50_000_000, 30_000);

    /** The most pixels whose bytes fit into one array. */
    private static final long MOST = (Integer.MAX_VALUE - 8) / 4;

    public ImageLimits {
        if (pixels < 1 || pixels > MOST) {
            throw new IllegalArgumentException("pixels must be 1 to " + MOST + ", not " + pixels);
        }
        if (side < 1) {
            throw new IllegalArgumentException("side must be at least 1, not " + side);
        }
    }

    /** Called with what a header says, before there is memory for a pixel. */
    void check(ImageFormat format, long width, long height) throws ImageException {
        if (width < 1 || height < 1) {
            throw ImageException.broken(format.label() + " of " + width + " x " + height + " pixels has none");
        }
        if (width > side || height > side) {
            throw ImageException.tooLarge(
                    format.label() + " of " + width + " x " + height + " pixels: a side may have at most " + side);
        }
        if (width * height > pixels) {
            throw ImageException.tooLarge(format.label() + " of " + width + " x " + height + " = " + width * height
                    + " pixels: at most " + pixels + " are allowed");
        }
    }
}
