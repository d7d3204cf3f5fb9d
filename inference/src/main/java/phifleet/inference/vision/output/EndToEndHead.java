package phifleet.inference.vision.output;

import java.util.List;
import java.util.Map;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;

/** Graphs that choose among boxes themselves, as YOLO v10: {@code [boxes, 6]}, two corners in pixels, score and class. */
record EndToEndHead(String output) implements Head {
    static final int COLUMNS = 6;

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
        Matrix boxes = Matrix.of(LikelyBoxes.output(outputs, output)).requireColumns(COLUMNS);
        LikelyBoxes candidates = new LikelyBoxes(threshold);
        for (int row = 0; row < boxes.rows(); row++) {
            Box box = new Box(boxes.at(row, 0), boxes.at(row, 1), boxes.at(row, 2), boxes.at(row, 3));
            candidates.add((int) boxes.at(row, 5), boxes.at(row, 4), box);
        }
        return candidates.found();
    }
}
