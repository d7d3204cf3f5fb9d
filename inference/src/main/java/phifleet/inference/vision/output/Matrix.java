package phifleet.inference.vision.output;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;

/**
 * An output of one image with two axes; a batch axis of 1 before them is passed over. A view of the output where that has numbers of 32
 * bits, which has to last as long: outputs of some megabytes are many pictures' garbage.
 */
final class Matrix {
    private final int rows;
    private final int columns;
    private final FloatBuffer values;

    /** How far from each other the values of a column are, and of a row. */
    private final int down;

    private final int across;

    private Matrix(int rows, int columns, FloatBuffer values, int down, int across) {
        this.rows = rows;
        this.columns = columns;
        this.values = values;
        this.down = down;
        this.across = across;
    }

    static Matrix of(Tensor tensor) throws ModelException {
        List<Long> shape = ofOneImage(tensor.shape(), 2);
        if (shape.size() != 2) {
            throw new ModelException("an output of shape " + tensor.shape() + " has no rows of boxes");
        }
        int columns = Math.toIntExact(shape.get(1));
        FloatBuffer values =
                tensor.type() == ElementType.FP32 ? tensor.data().asFloatBuffer() : FloatBuffer.wrap(Floats.of(tensor));
        return new Matrix(Math.toIntExact(shape.get(0)), columns, values, columns, 1);
    }

    /** The axes without that of the batch, where there is one more than wanted. */
    static List<Long> ofOneImage(List<Long> shape, int axes) {
        return shape.size() == axes + 1 && shape.getFirst() == 1 ? shape.subList(1, shape.size()) : shape;
    }

    /** The same with rows for columns. */
    Matrix transposed() {
        return new Matrix(columns, rows, values, across, down);
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
        return values.get(row * down + column * across);
    }

    /** The column with the largest value of a row, from a column on. */
    int largest(int row, int from) {
        int best = from;
        for (int column = from + 1; column < columns; column++) {
            if (at(row, column) > at(row, best)) {
                best = column;
            }
        }
        return best;
    }

    /** The largest value of each row, from a column on; of one with a value that is no number, that. */
    float[] largest(int from) {
        float[] largest = new float[rows];
        Arrays.fill(largest, Float.NEGATIVE_INFINITY);
        if (down == 1) {
            // Column by column, as they lie in memory.
            float[] column = new float[rows];
            for (int index = from; index < columns; index++) {
                values.get(index * across, column);
                for (int row = 0; row < rows; row++) {
                    largest[row] = Math.max(largest[row], column[row]);
                }
            }
        } else {
            for (int row = 0; row < rows; row++) {
                for (int index = from; index < columns; index++) {
                    largest[row] = Math.max(largest[row], at(row, index));
                }
            }
        }
        return largest;
    }

    /** Whether all values lie between −2 and 2, as shares of a side do and pixels do not. */
    boolean isShares() {
        for (int i = 0; i < values.limit(); i++) {
            if (Math.abs(values.get(i)) > 2) {
                return false;
            }
        }
        return true;
    }
}
