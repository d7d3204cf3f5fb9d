package phifleet.inference.vision;

import java.util.List;
import phifleet.inference.model.Filter;
import phifleet.inference.model.Preprocessing;
import phifleet.inference.model.Tensor;
import phifleet.inference.vision.decode.Detail;
import phifleet.inference.vision.decode.Image;
import phifleet.inference.vision.decode.ImageException;
import phifleet.inference.vision.decode.PixelArrays;
import phifleet.inference.vision.output.Placement;

/** Prepares images for models. Several threads may at once. */
public final class ImagePreparation {
    /**
     * How many times larger a reduced picture is than what it is resized to: as Pillow's {@code reducing_gap} has it. At it boxes move by
     * less than a pixel of the model's; at 1 they would move by 18.
     */
    private static final double MARGIN = 2;

    /** What is between an image and its numbers, for the next one: some megabytes, which each image would leave to the collector. */
    private static final PixelArrays ARRAYS = new PixelArrays(16 << 20);

    private ImagePreparation() {}

    /**
     * What a model takes of an image.
     *
     * @param tensor a batch of one, outside of the heap
     * @param shownWidth pixels of it that are not padding, from the left
     * @param shownHeight the same, from the top
     */
    public record Prepared(Tensor tensor, Placement placement, int shownWidth, int shownHeight) {}

    /**
     * As much of a picture as these need, whose one decoding serves them all: the size that the largest of them gives it,
     * twice. What of it is more is left to the resampling, which sees each pixel.
     */
    public static Detail detail(List<Preprocessing> preprocessings) {
        return (width, height) -> {
            double part = 0;
            for (Preprocessing preprocessing : preprocessings) {
                if (preprocessing.filter() == Filter.NEAREST) {
                    // It picks pixels, and of others.
                    return 1;
                }
                ImagePlan framing = ImagePlan.of(preprocessing, new ImagePlan.Size(width, height));
                part = Math.max(part, MARGIN * framing.width() / width);
                part = Math.max(part, MARGIN * framing.height() / height);
            }
            return part;
        };
    }

    /**
     * On the calling thread.
     *
     * @throws ImageException if the image cannot get that size, as one of 1 × 30,000 pixels cannot have its shorter side made 256
     */
    public static Prepared prepare(Preprocessing preprocessing, Image image) throws ImageException {
        ImagePlan framing = ImagePlan.of(preprocessing, ImagePlan.Size.of(image));
        Placement placement = framing.placement();
        try (Scratch scratch = new Scratch(ARRAYS)) {
            Image part = framing.apply(image, preprocessing.filter(), scratch);
            Tensor tensor = new TensorWriter(preprocessing.format())
                    .write(part, placement.inputWidth(), placement.inputHeight());
            return new Prepared(tensor, placement, part.width(), part.height());
        }
    }
}
