package phifleet.worker.index;

import phifleet.inference.model.Vector;

/** Vectors of length one, whose products are cosines. */
public final class UnitVector {
    private UnitVector() {}

    /**
     * A vector of the same direction.
     *
     * @throws IndexException if it has another length than the source's, or no direction
     */
    public static Vector of(Vector vector, VectorSource source) throws IndexException {
        if (vector.dimension() != source.dimension()) {
            throw new IndexException("the vector has " + vector.dimension() + " numbers, and those of " + source.model()
                    + " have " + source.dimension());
        }
        double squares = dot(vector.values(), vector.values());
        if (!(squares > 0) || !Double.isFinite(squares)) {
            throw new IndexException("the vector has no direction: its squares sum up to " + squares);
        }
        double scale = 1 / Math.sqrt(squares);
        float[] unit = new float[vector.dimension()];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = (float) (vector.get(i) * scale);
        }
        return new Vector(unit);
    }

    /** The sum of the products. */
    public static double dot(float[] first, float[] second) {
        double sum = 0;
        for (int i = 0; i < first.length; i++) {
            sum += (double) first[i] * second[i];
        }
        return sum;
    }
}
