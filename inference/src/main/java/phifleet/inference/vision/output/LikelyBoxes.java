package phifleet.inference.vision.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;

/** Boxes that are likely enough; what is no number is none of them. */
final class LikelyBoxes {
    private final double threshold;
    private final List<Detection> found = new ArrayList<>();

    LikelyBoxes(double threshold) {
        this.threshold = threshold;
    }

    /** Asked before a box is computed. */
    boolean wants(float score) {
        return score > 0 && score >= threshold;
    }

    void add(int index, float score, Box box) {
        if (wants(score) && index >= 0 && box.isFinite()) {
            found.add(new Detection(index, score, box));
        }
    }

    List<Detection> found() {
        return found;
    }

    static Tensor output(Map<String, Tensor> outputs, String name) throws ModelException {
        Tensor output = outputs.get(name);
        if (output == null) {
            throw new ModelException("the model gave no output " + name + ", only " + outputs.keySet());
        }
        return output;
    }
}
