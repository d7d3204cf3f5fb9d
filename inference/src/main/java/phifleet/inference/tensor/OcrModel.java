package phifleet.inference.tensor;

import java.util.Map;
import phifleet.inference.model.OcrPart;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.inference.vision.ocr.Characters;

/**
 * A model of tensors that does a part of reading the text in images: one input, one output.
 *
 * @param characters that it tells apart; none where it reads nothing
 */
public record OcrModel(TensorModel tensors, OcrPart part, Characters characters) implements InterpretedModel {

    /** Its input. */
    public TensorSet given(Tensor input) {
        return new TensorSet(Map.of(signature().inputs().getFirst().name(), input));
    }

    /** Its output. */
    public static Tensor found(TensorSet outputs) {
        return outputs.tensors().values().iterator().next();
    }
}
