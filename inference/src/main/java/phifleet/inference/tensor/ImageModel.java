package phifleet.inference.tensor;

import phifleet.inference.model.Preprocessing;
import phifleet.inference.model.TensorSet;
import phifleet.inference.vision.ImagePreparation;
import phifleet.inference.vision.ImagePreparation.Prepared;
import phifleet.inference.vision.decode.Image;
import phifleet.inference.vision.decode.ImageException;
import phifleet.inference.vision.output.Placement;

/**
 * A model of tensors whose input is an image, and perhaps a mask of its pixels.
 *
 * @param preprocessing the way from an image to that input
 * @param reading what the outputs mean
 * @param checksum of its files and of the preprocessing, by which what it made is told from what another did; empty where nobody asks
 */
public record ImageModel(TensorModel tensors, Preprocessing preprocessing, ImageReading reading, String checksum)
        implements InterpretedModel {

    /** One whose answers nobody keeps. */
    public ImageModel(TensorModel tensors, Preprocessing preprocessing, ImageReading reading) {
        this(tensors, preprocessing, reading, "");
    }

    /** The same with a checksum. */
    public ImageModel with(String sum) {
        return new ImageModel(tensors, preprocessing, reading, sum);
    }

    /**
     * An image as the model takes it.
     *
     * @param placement where it lies in there, by which boxes find back
     */
    public record Given(TensorSet tensors, Placement placement) {}

    /**
     * Makes the inputs of an image, on the calling thread.
     *
     * @throws ImageException if it cannot get the size that the model takes
     */
    public Given prepare(Image image) throws ImageException {
        Prepared prepared = ImagePreparation.prepare(preprocessing, image);
        ImageInputs inputs = ImageInputs.of(signature().inputs()).orElseThrow();
        return new Given(inputs.tensors(prepared), inputs.placement(prepared));
    }
}
