package phifleet.inference.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An embedding: a fixed number of 32-bit floats. The array is not copied: whoever makes a vector hands the array over. */
public final class Vector {
    private final float[] values;

    public Vector(float[] values) {
        this.values = values;
    }

    /**
     * Cuts a batch's values into one vector a row.
     *
     * @throws ModelException if a value is not finite
     */
    public static List<Vector> rows(float[] values, int rows) throws ModelException {
        int width = values.length / rows;
        List<Vector> vectors = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            vectors.add(part(values, row * width, width).finite());
        }
        return vectors;
    }

    /** Some of a batch's values. */
    public static Vector part(float[] values, int offset, int width) {
        return new Vector(Arrays.copyOfRange(values, offset, offset + width));
    }

    /**
     * This vector.
     *
     * @throws ModelException if a value is not finite
     */
    public Vector finite() throws ModelException {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new ModelException("the model gave " + value + " for an input");
            }
        }
        return this;
    }

    public int dimension() {
        return values.length;
    }

    public float get(int index) {
        return values[index];
    }

    /** The values themselves, for writers on the hot path: read, never write. */
    public float[] values() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Vector vector && Arrays.equals(values, vector.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Vector[" + values.length + "]";
    }
}
