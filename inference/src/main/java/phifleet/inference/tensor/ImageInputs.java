package phifleet.inference.tensor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.inference.vision.ImagePreparation.Prepared;
import phifleet.inference.vision.output.Placement;

/**
 * What a model of images takes: the image, and where it asks for one a mask of those pixels that are no padding, as DETR and its kin do
 * ({@code pixel_mask}: batch, height, width).
 *
 * @param mask null where the model asks for none
 */
record ImageInputs(Signature.Value image, Signature.@Nullable Value mask) {
    private static final int IMAGE_AXES = 4;
    private static final int MASK_AXES = 3;

    /** Nothing where these are other inputs. */
    static Optional<ImageInputs> of(List<Signature.Value> inputs) {
        if (inputs.size() == 1) {
            return Optional.of(new ImageInputs(inputs.getFirst(), null));
        }
        List<Signature.Value> masks = inputs.stream()
                .filter(input -> input.isMask() && input.shape().size() == MASK_AXES)
                .toList();
        List<Signature.Value> images = inputs.stream()
                .filter(input -> input.shape().size() == IMAGE_AXES)
                .toList();
        return inputs.size() == 2 && masks.size() == 1 && images.size() == 1
                ? Optional.of(new ImageInputs(images.getFirst(), masks.getFirst()))
                : Optional.empty();
    }

    /** An image with its mask. */
    TensorSet tensors(Prepared prepared) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(image.name(), prepared.tensor());
        if (mask != null) {
            tensors.put(mask.name(), mask(mask, prepared));
        }
        return new TensorSet(tensors);
    }

    /** Where the image lies in what the model tells shares of. */
    Placement placement(Prepared prepared) {
        return mask == null
                ? prepared.placement()
                : prepared.placement().ofShown(prepared.shownWidth(), prepared.shownHeight());
    }

    /** Whether the mask has a size of its own, as older exports fix it: then it can only say that all of the image counts. */
    boolean masksAll(Placement placement) {
        return mask != null
                && ((mask.shape().get(1) >= 0 && mask.shape().get(1) != placement.inputHeight())
                        || (mask.shape().get(2) >= 0 && mask.shape().get(2) != placement.inputWidth()));
    }

    private Tensor mask(Signature.Value wanted, Prepared prepared) {
        Placement placement = prepared.placement();
        if (!masksAll(placement)) {
            return MaskTensors.corner(
                    wanted.type(),
                    placement.inputHeight(),
                    placement.inputWidth(),
                    prepared.shownHeight(),
                    prepared.shownWidth());
        }
        long height = wanted.shape().get(1) < 0
                ? placement.inputHeight()
                : wanted.shape().get(1);
        long width = wanted.shape().get(2) < 0
                ? placement.inputWidth()
                : wanted.shape().get(2);
        return MaskTensors.ones(wanted.type(), List.of(1L, height, width));
    }
}
