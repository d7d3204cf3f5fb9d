package phifleet.inference.vision.ocr;

import java.nio.FloatBuffer;
import java.util.List;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorMemory;
import phifleet.inference.vision.decode.Image;

/**
 * A line of text where it stands in a page. It is seen straight, and from the side where it is much higher than wide.
 *
 * @param turned whether it is seen upside down
 */
public record TextLine(Image page, Quad quad, boolean turned) {
    /** Rows of what networks take of a line. */
    public static final int HEIGHT = 48;

    /** Columns of what a network takes that tells which way up a line is. */
    public static final int DIRECTION_WIDTH = 192;

    /** Columns of what a network takes that reads a line, at least. */
    public static final int LEAST_WIDTH = 320;

    /** At most: what is longer is squeezed. */
    public static final int MOST_WIDTH = 2560;

    /** Widths between the two: lines of one width run together. */
    private static final int WIDTH_STEP = 64;

    /** From so much higher than wide on. */
    private static final double UPENDED = 1.5;

    /** The same the other way up. */
    public TextLine upsideDown() {
        return new TextLine(page, quad, !turned);
    }

    /** Columns of {@link #forReading}. */
    public int width() {
        int steps = Math.ceilDiv(ownWidth() - LEAST_WIDTH, WIDTH_STEP);
        return Math.clamp(LEAST_WIDTH + (long) WIDTH_STEP * Math.max(0, steps), LEAST_WIDTH, MOST_WIDTH);
    }

    /** 1 x 3 x {@value #HEIGHT} x {@link #width}, blue first, from −1 to 1, and 0 behind the line's end. */
    public Tensor forReading() {
        return tensor(width());
    }

    /** 1 x 3 x {@value #HEIGHT} x {@value #DIRECTION_WIDTH}, likewise. */
    public Tensor forDirection() {
        return tensor(DIRECTION_WIDTH);
    }

    private boolean isUpended() {
        return (double) quad.height() / quad.width() >= UPENDED;
    }

    /** Of a line of that height in the same proportions. */
    private int ownWidth() {
        double ratio = isUpended() ? (double) quad.height() / quad.width() : (double) quad.width() / quad.height();
        return (int) Math.ceil(HEIGHT * ratio);
    }

    private Tensor tensor(int columns) {
        Tensor tensor =
                TensorMemory.ofProcess().tensor(ElementType.FP32, List.of(1L, 3L, (long) HEIGHT, (long) columns));
        FloatBuffer planes = tensor.floats();
        for (int i = 0; i < planes.limit(); i++) {
            planes.put(i, 0);
        }
        int own = Math.min(columns, ownWidth());
        int width = quad.width();
        int height = quad.height();
        boolean upended = isUpended();
        Homography onto = Homography.onto(quad, width, height);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < own; x++) {
                double along = place(x, own, upended ? height : width);
                double across = place(y, HEIGHT, upended ? width : height);
                Point seen = upended ? onto.of(width - 1 - across, along) : onto.of(along, across);
                put(planes, y * columns + x, HEIGHT * columns, seen);
            }
        }
        return tensor;
    }

    /** Where the middle of a pixel lies among so many others. */
    private double place(int pixel, int of, int others) {
        double place = LinearResize.place(pixel, others, of);
        return turned ? others - 1 - place : place;
    }

    /** By the four nearest pixels; those of the border go on beyond it. */
    private void put(FloatBuffer planes, int at, int plane, Point seen) {
        double x = Double.isFinite(seen.x()) ? Math.clamp(seen.x(), 0, page.width() - 1) : 0;
        double y = Double.isFinite(seen.y()) ? Math.clamp(seen.y(), 0, page.height() - 1) : 0;
        int left = (int) x;
        int upper = (int) y;
        int right = Math.min(left + 1, page.width() - 1);
        int lower = Math.min(upper + 1, page.height() - 1);
        float across = (float) (x - left);
        float down = (float) (y - upper);
        byte[] rgb = page.rgb();
        for (int channel = 0; channel < 3; channel++) {
            int of = 2 - channel;
            float above = mix(rgb, upper, left, right, of, across);
            float below = mix(rgb, lower, left, right, of, across);
            planes.put(channel * plane + at, Level.of(above + (below - above) * down));
        }
    }

    private float mix(byte[] rgb, int row, int left, int right, int channel, float share) {
        int start = row * page.width();
        return LinearResize.mix(rgb[3 * (start + left) + channel], rgb[3 * (start + right) + channel], share);
    }
}
