package phifleet.inference.vision.decode;

/**
 * How a camera was held, and so how a stored picture has to be turned: tag 0x0112 of EXIF (CIPA DC-008, 4.6.5.1.6). The numbers
 * are those of the standard.
 */
enum Orientation {
    UPRIGHT,
    MIRRORED,
    UPSIDE_DOWN,
    MIRRORED_UPSIDE_DOWN,
    TRANSPOSED,
    TURNED_LEFT,
    TRANSVERSED,
    TURNED_RIGHT;

    private static final int TAG = 0x0112;

    /** Of the directory that begins at a byte of the file; upright where it says nothing, or nothing that makes sense. */
    static Orientation ofExif(Bytes file, int from, int to) {
        // JPEG has the name before it; PNG has not; WebP has it or not.
        int tiff = file.has(from, 'E', 'x', 'i', 'f', 0, 0) ? from + 6 : from;
        boolean little = file.has(tiff, 'I', 'I', 42, 0);
        if (to - tiff < 14 || (!little && !file.has(tiff, 'M', 'M', 0, 42))) {
            return UPRIGHT;
        }
        long directory = tiff + (little ? file.u32le(tiff + 4) : file.u32(tiff + 4));
        if (directory + 2 > to) {
            return UPRIGHT;
        }
        int entries = little ? file.u16le((int) directory) : file.u16((int) directory);
        for (int i = 0; i < entries && directory + 14 + 12L * i <= to; i++) {
            int at = (int) directory + 2 + 12 * i;
            if ((little ? file.u16le(at) : file.u16(at)) == TAG) {
                int value = little ? file.u16le(at + 8) : file.u16(at + 8);
                return value >= 1 && value <= 8 ? values()[value - 1] : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    /** Whether width and height change places. */
    boolean turns() {
        return switch (this) {
            case UPRIGHT, MIRRORED, UPSIDE_DOWN, MIRRORED_UPSIDE_DOWN -> false;
            case TRANSPOSED, TURNED_LEFT, TRANSVERSED, TURNED_RIGHT -> true;
        };
    }

    /** The picture as it was seen. */
    Image upright(Image image) {
        return this == UPRIGHT ? image : turned(new UprightCopy(this, image.width(), image.height()), image);
    }

    private static Image turned(UprightCopy copy, Image image) {
        byte[] rgb = image.rgb();
        return copy.of(
                image.source(),
                (from, length, into) -> System.arraycopy(rgb, from, into, 0, length),
                new byte[image.size()]);
    }
}
