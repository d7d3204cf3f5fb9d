package phifleet.inference.vision.output;

import java.util.List;
import java.util.Map;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;

/**
 * YOLO v5, and what decodes its boxes in the graph as that does: {@code [boxes, 5 + classes]}, of each box centre, width and
 * height in pixels, how likely there is a thing, and how likely it is of each class.
 */
record YoloV5Head(String output) implements Head {
    static final int BOX = 5;

    @Override
    public String label() {
        return "yolov5";
    }

    @Override
    public boolean suppressed() {
        return false;
    }

    @Override
    public List<Detection> read(Map<String, Tensor> outputs, Placement placement, double threshold)
            throws ModelException {
        Matrix boxes = Matrix.of(LikelyBoxes.output(outputs, output)).requireColumns(BOX + 1);
        LikelyBoxes candidates = new LikelyBoxes(threshold);
        for (int row = 0; row < boxes.rows(); row++) {
            int best = boxes.largest(row, BOX);
            float score = boxes.at(row, 4) * boxes.at(row, best);
            if (candidates.wants(score)) {
                Box box = Box.ofCenter(boxes.at(row, 0), boxes.at(row, 1), boxes.at(row, 2), boxes.at(row, 3));
                candidates.add(best - BOX, score, box);
            }
        }
        return candidates.found();
    }
}
