package phifleet.inference.vision;

import java.util.Optional;
import phifleet.inference.model.Tensor;

/**
 * The way from an image to a model's input: resize, crop, numbers. Immutable; several threads may prepare at once.
 *
 * @param crop the part out of the middle that is taken then; black where the image is smaller
 */
public record Preprocessing(Resize resize, Filter filter, Optional<Crop> crop, PixelFormat format) {

    /** A size in pixels. */
    public record Crop(int width, int height) {
        public Crop {
            if (width < 1 || height < 1 || width > Resize.MOST || height > Resize.MOST) {
                throw new IllegalArgumentException(
                        "a crop must be 1 to " + Resize.MOST + " pixels a side, not " + width + " x " + height);
            }
        }
    }

    /**
     * What a model takes of an image.
     *
     * @param tensor a batch of one, outside of the heap
     */
    public record Prepared(Tensor tensor, Placement placement) {}

    public Preprocessing with(Resize other) {
        return new Preprocessing(other, filter, crop, format);
    }

    public Preprocessing with(Filter other) {
        return new Preprocessing(resize, other, crop, format);
    }

    public Preprocessing with(Optional<Crop> other) {
        return new Preprocessing(resize, filter, other, format);
    }

    public Preprocessing with(PixelFormat other) {
        return new Preprocessing(resize, filter, crop, other);
    }

    /**
     * Resizes, crops and converts.
     *
     * @throws ImageException if the image cannot get that size, as one of 1 × 30,000 pixels cannot have its shorter side made 256
     */
    public Prepared prepare(Image image) throws ImageException {
        Framing framing = Framing.of(this, image);
        return new Prepared(new TensorWriter(format).write(framing.apply(image, filter)), framing.placement());
    }
}
