package phifleet.inference.vision.decode;

import java.util.Arrays;
import java.util.function.IntFunction;

/** The picture as a whole: a frame of a GIF or of a WebP may cover a part of it only. */
public record Canvas(int width, int height, int left, int top, int background) {
    public static Canvas of(int width, int height) {
        return new Canvas(width, height, 0, 0, 0);
    }

    public boolean covers(int frameWidth, int frameHeight) {
        return left == 0 && top == 0 && width == frameWidth && height == frameHeight;
    }

    /** The frame laid on the background; what reaches past the edge is cut off. */
    Image with(Image frame) {
        return with(frame, byte[]::new);
    }

    /**
     * The same.
     *
     * @param arrays where the image's memory comes from: an array of at least so many bytes, whatever is in them
     */
    public Image with(Image frame, IntFunction<byte[]> arrays) {
        if (covers(frame.width(), frame.height())) {
            return frame;
        }
        int size = 3 * width * height;
        byte[] rgb = arrays.apply(size);
        if (background % 0x010101 == 0) {
            Arrays.fill(rgb, 0, size, (byte) background);
        } else {
            for (int i = 0; i < size; i += 3) {
                rgb[i] = (byte) (background >> 16);
                rgb[i + 1] = (byte) (background >> 8);
                rgb[i + 2] = (byte) background;
            }
        }
        int columns = Math.min(frame.width(), width - left);
        for (int y = 0; columns > 0 && y < Math.min(frame.height(), height - top); y++) {
            System.arraycopy(frame.rgb(), 3 * y * frame.width(), rgb, 3 * ((top + y) * width + left), 3 * columns);
        }
        return new Image(width, height, rgb);
    }
}
