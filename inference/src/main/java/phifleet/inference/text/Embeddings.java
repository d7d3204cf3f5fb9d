package phifleet.inference.text;

import phifleet.inference.model.Vector;

/** What is done to a pooled vector on its way out. */
public final class Embeddings {
    private Embeddings() {}

    /**
     * The first {@code dimensions} values (Matryoshka representations), scaled to length one if asked.
     *
     * @param dimensions 1 to the vector's dimension
     * @return a new vector; the argument stays as it is
     */
    public static Vector finish(Vector pooled, int dimensions, boolean normalize) {
        float[] source = pooled.values();
        float[] target = new float[dimensions];
        System.arraycopy(source, 0, target, 0, dimensions);
        if (normalize) {
            double sum = 0;
            for (float value : target) {
                sum += (double) value * value;
            }
            // The bound that PyTorch's normalize uses, so that a zero vector stays zero.
            double scale = 1 / Math.max(Math.sqrt(sum), 1e-12);
            for (int i = 0; i < target.length; i++) {
                target[i] = (float) (target[i] * scale);
            }
        }
        return new Vector(target);
    }

    /**
     * As the model gives a vector of itself: scaled first, where its own modules do, and cut then, so that it is not scaled again.
     *
     * @param dimensions how many of its numbers are kept
     */
    public static Vector usual(Vector pooled, int dimensions, boolean normalize) {
        Vector whole = normalize ? finish(pooled, pooled.dimension(), true) : pooled;
        return dimensions == whole.dimension() ? whole : finish(whole, dimensions, false);
    }

    /** Cosine of the angle between two vectors of the same dimension; 0 where one is zero. */
    public static double cosine(Vector left, Vector right) {
        double dot = 0;
        double leftSquares = 0;
        double rightSquares = 0;
        for (int i = 0; i < left.dimension(); i++) {
            double a = left.get(i);
            double b = right.get(i);
            dot += a * b;
            leftSquares += a * a;
            rightSquares += b * b;
        }
        double lengths = Math.sqrt(leftSquares) * Math.sqrt(rightSquares);
        return lengths == 0 ? 0 : dot / lengths;
    }
}
