package phifleet.worker.model;

import java.util.Arrays;

/** An embedding: a fixed number of 32-bit floats. The array is not copied: whoever makes a vector hands the array over. */
public final class Vector {
    private final float[] values;

    public Vector(float[] values) {
        this.values = values;
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
