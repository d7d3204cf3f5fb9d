package phifleet.inference.vision.ocr;

import java.nio.FloatBuffer;
import java.util.List;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorMemory;
import phifleet.inference.vision.decode.Image;

/**
 * A picture that text is looked for in. It keeps the pixels, in a size at which lines are found and read; so have few of them at once.
 * Immutable.
 */
public final class TextPage {
    private final int width;
    private final int height;
    private final Image page;
    private final PageSize size;

    private TextPage(int width, int height, Image page, PageSize size) {
        this.width = width;
        this.height = height;
        this.page = page;
        this.size = size;
    }

    /**
     * Pixels that a detector's input has of a picture: 16 bytes each is what it, its answer and the page take together, at most.
     *
     * @param width of the picture, upright
     */
    public static long inputPixels(int width, int height) {
        return PageSize.of(width, height).inputPixels();
    }

    /** The most that {@link #inputPixels} says. */
    public static long mostInputPixels() {
        return PageSize.MOST_PIXELS;
    }

    /** On the calling thread, some 10 ms a megapixel. */
    public static TextPage of(Image image) {
        PageSize size = PageSize.of(image.width(), image.height());
        Image sized = LinearResize.of(image, size.width(), size.height());
        return new TextPage(image.width(), image.height(), padded(sized, size.padding()), size);
    }

    private static Image padded(Image image, int rows) {
        if (rows == 0) {
            return image;
        }
        int stride = 3 * image.width();
        byte[] padded = new byte[stride * (image.height() + 2 * rows)];
        System.arraycopy(image.rgb(), 0, padded, rows * stride, image.height() * stride);
        return new Image(image.width(), image.height() + 2 * rows, padded);
    }

    /** What a detector of text takes: 1 x 3 x height x width, blue first, from −1 to 1. */
    public Tensor input() {
        Image sized = LinearResize.of(page, size.inputWidth(), size.inputHeight());
        Tensor tensor = TensorMemory.ofProcess()
                .tensor(ElementType.FP32, List.of(1L, 3L, (long) sized.height(), (long) sized.width()));
        FloatBuffer planes = tensor.floats();
        byte[] rgb = sized.rgb();
        for (int plane = 0; plane < 3; plane++) {
            for (int i = 2 - plane; i < sized.size(); i += 3) {
                planes.put(Level.of(rgb[i] & 0xFF));
            }
        }
        return tensor;
    }

    /**
     * The lines that a detector found, in the order in which they are read; at most 1,000.
     *
     * @param map what it gave for {@link #input}
     * @throws ModelException if that is no map of the input's size
     */
    public List<TextLine> lines(Tensor map) throws ModelException {
        List<Long> wanted = List.of(1L, 1L, (long) size.inputHeight(), (long) size.inputWidth());
        if (map.type() != ElementType.FP32 || !map.shape().equals(wanted)) {
            throw new ModelException(
                    "a detector of text gave " + map + " for an input whose map is " + ElementType.FP32 + " " + wanted);
        }
        ProbabilityMap likely = new ProbabilityMap(map.floats(), size.inputWidth(), size.inputHeight());
        return TextBoxes.of(likely, page.width(), page.height()).stream()
                .map(quad -> new TextLine(page, quad, false))
                .toList();
    }

    /** Where a line is in the picture as it was given. */
    public Quad place(TextLine line) {
        double across = (double) width / size.width();
        double down = (double) height / size.height();
        return line.quad()
                .with(corner -> new Point(
                        Math.clamp(corner.x() * across, 0, width),
                        Math.clamp((corner.y() - size.padding()) * down, 0, height)));
    }
}
