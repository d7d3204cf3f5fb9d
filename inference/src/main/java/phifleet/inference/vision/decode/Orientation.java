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
        int width = image.width();
        int height = image.height();
        int right = width - 1;
        int bottom = height - 1;
        // The pixel of the stored picture that comes first, and how far its neighbours lie to the right and below.
        return switch (this) {
            case UPRIGHT -> image;
            case MIRRORED -> turn(image, width, height, right, -1, width);
            case UPSIDE_DOWN -> turn(image, width, height, bottom * width + right, -1, -width);
            case MIRRORED_UPSIDE_DOWN -> turn(image, width, height, bottom * width, 1, -width);
            case TRANSPOSED -> turn(image, height, width, 0, width, 1);
            case TURNED_LEFT -> turn(image, height, width, bottom * width, -width, 1);
            case TRANSVERSED -> turn(image, height, width, bottom * width + right, -width, -1);
            case TURNED_RIGHT -> turn(image, height, width, right, width, -1);
        };
    }

    /** Steps to the left or upwards in the stored picture begin at its far edge, past which a reduced one may reach. */
    private Source source(Image image, int width, int height, int right, int below) {
        Source stored = image.source();
        boolean turned = turns();
        double across = turned ? stored.down() : stored.across();
        double down = turned ? stored.across() : stored.down();
        return new Source(
                turned ? stored.height() : stored.width(),
                turned ? stored.width() : stored.height(),
                right < 0 ? width - across : 0,
                below < 0 ? height - down : 0,
                across,
                down);
    }

    private Image turn(Image image, int width, int height, int first, int right, int below) {
        byte[] from = image.rgb();
        byte[] to = new byte[from.length];
        int at = 0;
        for (int y = 0; y < height; y++) {
            int pixel = 3 * (first + y * below);
            for (int x = 0; x < width; x++) {
                to[at++] = from[pixel];
                to[at++] = from[pixel + 1];
                to[at++] = from[pixel + 2];
                pixel += 3 * right;
            }
        }
        return new Image(width, height, to, source(image, width, height, right, below));
    }
}
