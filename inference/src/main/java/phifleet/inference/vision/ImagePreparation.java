package phifleet.inference.vision;

import phifleet.inference.model.Preprocessing;
import phifleet.inference.model.Tensor;
import phifleet.inference.vision.decode.Image;
import phifleet.inference.vision.decode.ImageException;
import phifleet.inference.vision.output.Placement;

/** Prepares images for models. Several threads may at once. */
public final class ImagePreparation {
    private ImagePreparation() {}

    /**
     * What a model takes of an image.
     *
     * @param tensor a batch of one, outside of the heap
     */
    public record Prepared(Tensor tensor, Placement placement) {}

    /**
     * On the calling thread.
     *
     * @throws ImageException if the image cannot get that size, as one of 1 × 30,000 pixels cannot have its shorter side made 256
     */
    public static Prepared prepare(Preprocessing preprocessing, Image image) throws ImageException {
        Framing framing = Framing.of(preprocessing, image);
        return new Prepared(
                new TensorWriter(preprocessing.format()).write(framing.apply(image, preprocessing.filter())),
                framing.placement());
    }
}
