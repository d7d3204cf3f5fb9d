package phifleet.inference.vision.output;

import java.util.List;
import java.util.Map;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;

/**
 * Two outputs, as DETR and its descendants have them (YOLOS, RT-DETR): {@code [boxes, 4]}, the centre and the sides as shares of the
 * input's, and {@code [boxes, classes]}, logits. Each thing has one box, so none lie upon each other.
 *
 * @param nothing whether the last class is none, and a softmax over all makes probabilities; else a sigmoid of each does
 */
record DetrHead(String boxes, String logits, boolean nothing) implements Head {
    @Override
    public String label() {
        return nothing ? "detr" : "rt-detr";
    }

    @Override
    public boolean suppressed() {
        return true;
    }

    @Override
    public List<Detection> read(Map<String, Tensor> outputs, Placement placement, double threshold)
            throws ModelException {
        Matrix places = Matrix.of(LikelyBoxes.output(outputs, boxes)).requireColumns(4);
        Matrix classes = Matrix.of(LikelyBoxes.output(outputs, logits)).requireColumns(nothing ? 2 : 1);
        if (classes.rows() != places.rows()) {
            throw new ModelException(
                    "output " + boxes + " has " + places.rows() + " boxes, " + logits + " " + classes.rows());
        }
        int count = classes.columns() - (nothing ? 1 : 0);
        LikelyBoxes candidates = new LikelyBoxes(threshold);
        for (int row = 0; row < places.rows(); row++) {
            int best = 0;
            for (int index = 1; index < count; index++) {
                if (classes.at(row, index) > classes.at(row, best)) {
                    best = index;
                }
            }
            float score = nothing ? share(classes, row, best) : sigmoid(classes.at(row, best));
            if (candidates.wants(score)) {
                candidates.add(
                        best,
                        score,
                        Box.ofCenter(
                                (double) places.at(row, 0) * placement.inputWidth(),
                                (double) places.at(row, 1) * placement.inputHeight(),
                                (double) places.at(row, 2) * placement.inputWidth(),
                                (double) places.at(row, 3) * placement.inputHeight()));
            }
        }
        return candidates.found();
    }

    /** The softmax of one of a row. */
    private static float share(Matrix classes, int row, int index) {
        double sum = 0;
        for (int other = 0; other < classes.columns(); other++) {
            sum += Math.exp((double) classes.at(row, other) - classes.at(row, index));
        }
        return (float) (1 / sum);
    }

    private static float sigmoid(float logit) {
        return (float) (1 / (1 + Math.exp(-logit)));
    }
}
