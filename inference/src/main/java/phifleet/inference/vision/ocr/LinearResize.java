package phifleet.inference.vision.ocr;

import phifleet.inference.vision.decode.Image;

/**
 * Resizes by the four nearest pixels, however much smaller an image gets: as OpenCV's {@code INTER_LINEAR}, by which networks that read text
 * were trained.
 */
final class LinearResize {
    private static final int CHANNELS = 3;

    private LinearResize() {}

    static Image of(Image image, int width, int height) {
        if (width == image.width() && height == image.height()) {
            return image;
        }
        int[] lefts = new int[width];
        float[] shares = new float[width];
        for (int x = 0; x < width; x++) {
            double place = place(x, image.width(), width);
            lefts[x] = (int) place;
            shares[x] = (float) (place - lefts[x]);
        }
        byte[] from = image.rgb();
        byte[] to = new byte[CHANNELS * width * height];
        int at = 0;
        for (int y = 0; y < height; y++) {
            double place = place(y, image.height(), height);
            int upper = (int) place;
            float down = (float) (place - upper);
            int row = CHANNELS * upper * image.width();
            int next = CHANNELS * Math.min(upper + 1, image.height() - 1) * image.width();
            for (int x = 0; x < width; x++) {
                int left = CHANNELS * lefts[x];
                int right = CHANNELS * Math.min(lefts[x] + 1, image.width() - 1);
                for (int channel = 0; channel < CHANNELS; channel++) {
                    float above = mix(from[row + left + channel], from[row + right + channel], shares[x]);
                    float below = mix(from[next + left + channel], from[next + right + channel], shares[x]);
                    to[at++] = (byte) Math.round(above + (below - above) * down);
                }
            }
        }
        return new Image(width, height, to);
    }

    /** Where the middle of a pixel lies among those of the other size. */
    static double place(int pixel, int from, int to) {
        return Math.clamp((pixel + 0.5) * from / to - 0.5, 0, from - 1);
    }

    static float mix(byte first, byte second, float share) {
        int value = first & 0xFF;
        return value + ((second & 0xFF) - value) * share;
    }
}
