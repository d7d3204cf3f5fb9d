package phifleet.inference.vision.output;

import java.util.List;
import java.util.Map;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;

/**
 * YOLO v8 and its descendants without anchors: {@code [4 + classes, boxes]}, of each box centre, width and height in pixels and
 * a score a class.
 *
 * @param transposed whether boxes are the first axis
 */
record YoloV8Head(String output, boolean transposed) implements Head {
    private static final int BOX = 4;

    @Override
    public String label() {
        return "yolov8";
    }

    @Override
    public boolean suppressed() {
        return false;
    }

    @Override
    public List<Detection> read(Map<String, Tensor> outputs, Placement placement, double threshold)
            throws ModelException {
        Matrix given = Matrix.of(LikelyBoxes.output(outputs, output));
        Matrix boxes = (transposed ? given : given.transposed()).requireColumns(BOX + 1);
        LikelyBoxes candidates = new LikelyBoxes(threshold);
        float[] scores = boxes.largest(BOX);
        for (int row = 0; row < boxes.rows(); row++) {
            float score = scores[row];
            if (candidates.wants(score)) {
                int best = boxes.largest(row, BOX);
                Box box = Box.ofCenter(boxes.at(row, 0), boxes.at(row, 1), boxes.at(row, 2), boxes.at(row, 3));
                candidates.add(best - BOX, score, box);
            }
        }
        return candidates.found();
    }
}
