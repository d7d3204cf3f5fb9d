package phifleet.inference.text.module;

import phifleet.inference.model.ModelException;
import phifleet.inference.model.Vector;
import phifleet.inference.model.VectorModule;

/** Moves a vector's numbers to mean 0 and variance 1, then scales and moves each by its own weights (PyTorch's LayerNorm). */
public final class LayerNorm implements VectorModule {
    /** PyTorch's default, where folders do not tell. */
    public static final double USUAL_EPSILON = 1e-5;

    private final float[] scale;
    private final float[] shift;
    private final double epsilon;

    /**
     * Two rows of the vectors' width; they are not copied.
     *
     * @param epsilon added to the variance
     */
    public LayerNorm(float[] scale, float[] shift, double epsilon) {
        this.epsilon = epsilon;
        if (scale.length != shift.length) {
            throw new IllegalArgumentException("widths " + scale.length + " and " + shift.length);
        }
        this.scale = scale;
        this.shift = shift;
    }

    @Override
    public Vector apply(Vector vector) throws ModelException {
        if (vector.dimension() != scale.length) {
            throw new ModelException(label() + " got " + vector.dimension() + " numbers");
        }
        double sum = 0;
        for (float value : vector.values()) {
            sum += value;
        }
        double mean = sum / scale.length;
        double squares = 0;
        for (float value : vector.values()) {
            squares += (value - mean) * (value - mean);
        }
        double factor = 1 / Math.sqrt(squares / scale.length + epsilon);
        float[] result = new float[scale.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) ((vector.get(i) - mean) * factor * scale[i] + shift[i]);
        }
        return new Vector(result);
    }

    @Override
    public int width(int width) {
        return width;
    }

    @Override
    public String label() {
        return "layer norm " + scale.length;
    }
}
