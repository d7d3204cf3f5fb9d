package phifleet.inference.vision.output;

import java.util.List;
import java.util.Map;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;

/**
 * Two outputs, as SSD and its descendants have them once boxes are decoded: {@code [boxes, 4]}, the corners in pixels or as
 * shares of the input's sides, and {@code [boxes, classes]}, the probabilities.
 *
 * @param background whether the first class is none
 */
record SsdHead(String boxes, String scores, boolean background) implements Head {
    @Override
    public String label() {
        return "ssd";
    }

    @Override
    public boolean suppressed() {
        return false;
    }

    @Override
    public List<Detection> read(Map<String, Tensor> outputs, Placement placement, double threshold)
            throws ModelException {
        Corners corners = Corners.of(LikelyBoxes.output(outputs, boxes), placement);
        int first = background ? 1 : 0;
        Matrix classes = Matrix.of(LikelyBoxes.output(outputs, scores)).requireColumns(first + 1);
        if (classes.rows() != corners.rows()) {
            throw new ModelException(
                    "output " + boxes + " has " + corners.rows() + " boxes, " + scores + " " + classes.rows());
        }
        LikelyBoxes candidates = new LikelyBoxes(threshold);
        for (int row = 0; row < classes.rows(); row++) {
            int best = classes.largest(row, first);
            if (candidates.wants(classes.at(row, best))) {
                candidates.add(best - first, classes.at(row, best), corners.box(row));
            }
        }
        return candidates.found();
    }
}
