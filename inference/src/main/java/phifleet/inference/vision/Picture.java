package phifleet.inference.vision;

/**
 * A file that was looked through up to its end: what is in it, and what of it a decoder has to see.
 *
 * @param file that part
 * @param width of the pixels in it; these three were held against the limits
 * @param height of the same
 * @param canvas where they lie
 * @param orientation what to do with all of it
 * @param inks how its colours are stored
 */
record Picture(
        ImageFormat format, Bytes file, int width, int height, Canvas canvas, Orientation orientation, Inks inks) {

    /** How a JPEG stores its colours; for other formats their decoders know. */
    enum Inks {
        GREY,
        COLOUR,
        /** Luma and chroma, and of chroma half the rows. */
        HALF_THE_ROWS,
        CMYK,
        /** CMYK with luma and chroma in the place of the first three. */
        YCCK
    }

    /** The picture as a whole: a frame of a GIF or of a WebP may cover a part of it only. */
    record Canvas(int width, int height, int left, int top, int background) {
        static Canvas of(int width, int height) {
            return new Canvas(width, height, 0, 0, 0);
        }

        boolean covers(int frameWidth, int frameHeight) {
            return left == 0 && top == 0 && width == frameWidth && height == frameHeight;
        }

        /** The frame laid on the background; what reaches past the edge is cut off. */
        Image with(Image frame) {
            if (covers(frame.width(), frame.height())) {
                return frame;
            }
            byte[] rgb = new byte[3 * width * height];
            for (int i = 0; background != 0 && i < rgb.length; i += 3) {
                rgb[i] = (byte) (background >> 16);
                rgb[i + 1] = (byte) (background >> 8);
                rgb[i + 2] = (byte) background;
            }
            int columns = Math.min(frame.width(), width - left);
            for (int y = 0; columns > 0 && y < Math.min(frame.height(), height - top); y++) {
                System.arraycopy(frame.rgb(), 3 * y * frame.width(), rgb, 3 * ((top + y) * width + left), 3 * columns);
            }
            return new Image(width, height, rgb);
        }
    }
}
