package phifleet.inference.model;

import java.util.Optional;

/**
 * The way from an image to a model's input: resize, crop, numbers. Immutable.
 *
 * @param crop the part out of the middle that is taken then; black where the image is smaller
 */
public record Preprocessing(Resize resize, Filter filter, Optional<Crop> crop, PixelFormat format) {

    public Preprocessing {
        if (resize instanceof Resize.Padded && crop.isPresent()) {
            throw new IllegalArgumentException("an image that is padded is not cropped");
        }
    }

    /** A size in pixels. */
    public record Crop(int width, int height) {
        public Crop {
            if (width < 1 || height < 1 || width > Resize.MOST || height > Resize.MOST) {
                throw new IllegalArgumentException(
                        "a crop must be 1 to " + Resize.MOST + " pixels a side, not " + width + " x " + height);
            }
        }
    }

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
}
