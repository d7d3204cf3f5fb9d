package phifleet.inference.vision.ocr;

import java.nio.FloatBuffer;

/** How likely each pixel of a detector's input belongs to text, row after row; what is no number counts as none. */
final class ProbabilityMap {
    /** From it on a pixel is text's: RapidOCR's {@code thresh}. */
    private static final float TEXT = 0.3f;

    private final FloatBuffer values;
    private final int width;
    private final int height;

    ProbabilityMap(FloatBuffer values, int width, int height) {
        if (values.remaining() != (long) width * height) {
            throw new IllegalArgumentException(
                    width + " x " + height + " pixels are not " + values.remaining() + " values");
        }
        this.values = values.slice();
        this.width = width;
        this.height = height;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Whether it, or the one to the left of it, above it or above that, is text's: small gaps close so. */
    boolean isText(int x, int y) {
        return isLikely(x, y) || isLikely(x - 1, y) || isLikely(x, y - 1) || isLikely(x - 1, y - 1);
    }

    private boolean isLikely(int x, int y) {
        return x >= 0 && y >= 0 && values.get(y * width + x) > TEXT;
    }

    /** The mean within four corners, their border included; 0 for those that lie outside. */
    double mean(Quad quad) {
        int[] xs = new int[4];
        int[] ys = new int[4];
        int top = Integer.MAX_VALUE;
        int bottom = Integer.MIN_VALUE;
        for (int i = 0; i < 4; i++) {
            xs[i] = (int) quad.corners().get(i).x();
            ys[i] = (int) quad.corners().get(i).y();
            top = Math.min(top, ys[i]);
            bottom = Math.max(bottom, ys[i]);
        }
        double sum = 0;
        long count = 0;
        for (int y = Math.max(0, top); y <= Math.min(height - 1, bottom); y++) {
            double left = Double.POSITIVE_INFINITY;
            double right = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < 4; i++) {
                int next = (i + 1) % 4;
                if (y < Math.min(ys[i], ys[next]) || y > Math.max(ys[i], ys[next])) {
                    continue;
                }
                double part = ys[i] == ys[next] ? 0 : (double) (y - ys[i]) / (ys[next] - ys[i]);
                double x = xs[i] + part * (xs[next] - xs[i]);
                left = Math.min(left, ys[i] == ys[next] ? Math.min(x, xs[next]) : x);
                right = Math.max(right, ys[i] == ys[next] ? Math.max(x, xs[next]) : x);
            }
            int end = (int) Math.min(width - 1, Math.round(right));
            for (int x = (int) Math.max(0, Math.round(left)); x <= end; x++) {
                float value = values.get(y * width + x);
                sum += value > 0 ? value : 0;
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }
}
