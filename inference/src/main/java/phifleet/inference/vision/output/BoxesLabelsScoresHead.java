package phifleet.inference.vision.output;

import java.util.List;
import java.util.Map;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;

/** The same in three outputs, as torchvision exports its detectors: {@code [boxes, 4]}, {@code [boxes]} and {@code [boxes]}. */
record BoxesLabelsScoresHead(String boxes, String labels, String scores) implements Head {
    @Override
    public String label() {
        return "end-to-end";
    }

    @Override
    public boolean suppressed() {
        return true;
    }

    @Override
    public List<Detection> read(Map<String, Tensor> outputs, Placement placement, double threshold)
            throws ModelException {
        Corners corners = Corners.of(LikelyBoxes.output(outputs, boxes), placement);
        float[] classes = Floats.of(LikelyBoxes.output(outputs, labels));
        float[] likely = Floats.of(LikelyBoxes.output(outputs, scores));
        if (classes.length != corners.rows() || likely.length != corners.rows()) {
            throw new ModelException("outputs " + boxes + ", " + labels + " and " + scores + " have " + corners.rows()
                    + ", " + classes.length + " and " + likely.length + " boxes");
        }
        LikelyBoxes candidates = new LikelyBoxes(threshold);
        for (int row = 0; row < likely.length; row++) {
            candidates.add((int) classes[row], likely[row], corners.box(row));
        }
        return candidates.found();
    }
}
