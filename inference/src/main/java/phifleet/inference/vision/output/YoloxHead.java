package phifleet.inference.vision.output;

import java.util.List;
import java.util.Map;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;

/**
 * YOLOX as it is exported by default: {@code [cells, 5 + classes]}, where a box is told relative to its cell: the centre's
 * distance from the cell's corner in cells, and the logarithms of width and height in cells. Cells of 8 pixels come first, then
 * of 16, then of 32, each row by row. (Ge et al. 2021, and the project's demo_utils.py.)
 */
record YoloxHead(String output) implements Head {
    private static final int[] STRIDES = {8, 16, 32};

    @Override
    public String label() {
        return "yolox";
    }

    @Override
    public boolean suppressed() {
        return false;
    }

    /** How many cells an input of that size has. */
    static long cells(int width, int height) {
        long cells = 0;
        for (int stride : STRIDES) {
            cells += (long) (width / stride) * (height / stride);
        }
        return cells;
    }

    @Override
    public List<Detection> read(Map<String, Tensor> outputs, Placement placement, double threshold)
            throws ModelException {
        Matrix boxes = Matrix.of(LikelyBoxes.output(outputs, output)).requireColumns(YoloV5Head.BOX + 1);
        int inputWidth = placement.inputWidth();
        int inputHeight = placement.inputHeight();
        if (boxes.rows() != cells(inputWidth, inputHeight)) {
            throw new ModelException("output " + output + " has " + boxes.rows() + " rows, an input of " + inputWidth
                    + " x " + inputHeight + " has " + cells(inputWidth, inputHeight) + " cells");
        }
        LikelyBoxes candidates = new LikelyBoxes(threshold);
        int row = 0;
        for (int stride : STRIDES) {
            for (int y = 0; y < inputHeight / stride; y++) {
                for (int x = 0; x < inputWidth / stride; x++) {
                    cell(boxes, row++, x, y, stride, candidates);
                }
            }
        }
        return candidates.found();
    }

    private static void cell(Matrix boxes, int row, int x, int y, int stride, LikelyBoxes candidates) {
        int best = boxes.largest(row, YoloV5Head.BOX);
        float score = boxes.at(row, 4) * boxes.at(row, best);
        if (candidates.wants(score)) {
            double centerX = (boxes.at(row, 0) + x) * stride;
            double centerY = (boxes.at(row, 1) + y) * stride;
            double width = Math.exp(boxes.at(row, 2)) * stride;
            double height = Math.exp(boxes.at(row, 3)) * stride;
            candidates.add(best - YoloV5Head.BOX, score, Box.ofCenter(centerX, centerY, width, height));
        }
    }
}
