package phifleet.inference.engine.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import phifleet.inference.graph.RowInt8;
import phifleet.inference.graph.safetensors.StoredTensor;
import phifleet.inference.model.ElementType;

/** Matrices of weights made 8-bit integers, each column by its greatest number, and written to a file. */
final class RowInt8Weights {
    /** How much of an outlier goes into the weights: the half that SmoothQuant takes too. */
    private static final double MOVED = 0.5;

    private static final double LEAST = 1e-5;
    private static final double LEAST_DIVISOR = 1e-4;
    private static final double MOST_DIVISOR = 1e4;

    private final WeightFile file;
    private final int most;

    /**
     * @param most the greatest integer
     */
    RowInt8Weights(WeightFile file, int most) {
        this.file = file;
        this.most = most;
    }

    /**
     * A matrix as it lies in a graph.
     *
     * @param values its numbers
     * @param transposed whether it is out × in
     */
    record Matrix(FloatBuffer values, boolean transposed, int in, int out) {
        float at(int row, int column) {
            return values.get(transposed ? column * in + row : row * out + column);
        }
    }

    /**
     * What each number of a row is divided by before it is made an integer.
     *
     * @param largest absolute number of each column of the rows
     * @param matrices all that the rows are multiplied with
     */
    static float[] divisors(float[] largest, List<Matrix> matrices) {
        float[] divisors = new float[largest.length];
        for (int row = 0; row < divisors.length; row++) {
            double weight = LEAST;
            for (Matrix matrix : matrices) {
                for (int column = 0; column < matrix.out(); column++) {
                    weight = Math.max(weight, Math.abs(matrix.at(row, column)));
                }
            }
            double divisor = Math.pow(Math.max(largest[row], LEAST), MOVED) / Math.pow(weight, 1 - MOVED);
            divisors[row] = (float) Math.clamp(divisor, LEAST_DIVISOR, MOST_DIVISOR);
        }
        return divisors;
    }

    /** Writes what rows are multiplied by. */
    StoredTensor inverse(String name, float[] divisors) throws IOException {
        float[] inverse = new float[divisors.length];
        for (int i = 0; i < inverse.length; i++) {
            inverse[i] = 1 / divisors[i];
        }
        return floats(name + "/divisors", inverse, inverse.length);
    }

    /** Writes a matrix. */
    RowInt8.Weights write(String name, Matrix matrix, float[] divisors) throws IOException {
        int in = matrix.in();
        int out = matrix.out();
        float[] steps = new float[out];
        for (int row = 0; row < in; row++) {
            for (int column = 0; column < out; column++) {
                steps[column] = Math.max(steps[column], Math.abs(matrix.at(row, column) * divisors[row]));
            }
        }
        for (int column = 0; column < out; column++) {
            steps[column] = Math.max(steps[column] / most, Float.MIN_NORMAL);
        }
        ByteBuffer values = ByteBuffer.allocate(in * out);
        float[] sums = new float[out];
        for (int row = 0; row < in; row++) {
            for (int column = 0; column < out; column++) {
                int value = Math.clamp(Math.round(matrix.at(row, column) * divisors[row] / steps[column]), -most, most);
                values.put((byte) value);
                sums[column] -= value;
            }
        }
        for (int column = 0; column < out; column++) {
            sums[column] *= steps[column];
        }
        return new RowInt8.Weights(
                file.add(name + "/int8", ElementType.INT8, List.of((long) in, (long) out), values.flip()),
                floats(name + "/steps", steps, out),
                floats(name + "/sums", sums, 1, out));
    }

    private StoredTensor floats(String name, float[] numbers, long... shape) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return file.add(name, ElementType.FP32, Arrays.stream(shape).boxed().toList(), bytes);
    }
}
