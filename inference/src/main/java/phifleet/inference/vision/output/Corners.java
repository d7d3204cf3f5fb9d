package phifleet.inference.vision.output;

import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;

/** Boxes by their left upper and right lower corners, in pixels; or as shares of the input's sides, told by their values. */
record Corners(Matrix corners, double scaleX, double scaleY) {
    static Corners of(Tensor tensor, Placement placement) throws ModelException {
        Matrix corners = Matrix.of(tensor).requireColumns(4);
        boolean shares = corners.isShares();
        return new Corners(corners, shares ? placement.inputWidth() : 1, shares ? placement.inputHeight() : 1);
    }

    int rows() {
        return corners.rows();
    }

    Box box(int row) {
        return new Box(
                corners.at(row, 0) * scaleX,
                corners.at(row, 1) * scaleY,
                corners.at(row, 2) * scaleX,
                corners.at(row, 3) * scaleY);
    }
}
