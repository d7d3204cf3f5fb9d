package phifleet.inference.vision.output;

import java.util.List;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;

/** An output of one image with two axes; a batch axis of 1 before them is passed over. */
final class Matrix {
    private final int rows;
    private final int columns;
    private final float[] values;

    private Matrix(int rows, int columns, float[] values) {
        this.rows = rows;
        this.columns = columns;
        this.values = values;
    }

    static Matrix of(Tensor tensor) throws ModelException {
        List<Long> shape = ofOneImage(tensor.shape(), 2);
        if (shape.size() != 2) {
            throw new ModelException("an output of shape " + tensor.shape() + " has no rows of boxes");
        }
        return new Matrix(Math.toIntExact(shape.get(0)), Math.toIntExact(shape.get(1)), Floats.of(tensor));
    }

    /** The axes without that of the batch, where there is one more than wanted. */
    static List<Long> ofOneImage(List<Long> shape, int axes) {
        return shape.size() == axes + 1 && shape.getFirst() == 1 ? shape.subList(1, shape.size()) : shape;
    }

    /** The same with rows for columns. */
    Matrix transposed() {
        float[] turned = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                turned[column * rows + row] = values[row * columns + column];
            }
        }
        return new Matrix(columns, rows, turned);
    }

    Matrix requireColumns(int least) throws ModelException {
        if (columns < least) {
            throw new ModelException(
                    "an output of " + rows + " x " + columns + " has fewer than " + least + " columns");
        }
        return this;
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    float at(int row, int column) {
        return values[row * columns + column];
    }

    /** The column with the largest value of a row, from a column on. */
    int largest(int row, int from) {
        int best = from;
        for (int column = from + 1; column < columns; column++) {
            if (values[row * columns + column] > values[row * columns + best]) {
                best = column;
            }
        }
        return best;
    }

    /** Whether all values lie between −2 and 2, as shares of a side do and pixels do not. */
    boolean isShares() {
        for (float value : values) {
            if (Math.abs(value) > 2) {
                return false;
            }
        }
        return true;
    }
}
