package phifleet.inference.text.module;

import java.util.Locale;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Vector;
import phifleet.inference.model.VectorModule;

/** A linear layer with an activation: {@code activation(W x + b)}. */
public final class Dense implements VectorModule {
    private final float[] columns;
    private final float[] bias;
    private final Activation activation;
    private final int in;

    /** What a sum goes through. */
    public enum Activation {
        IDENTITY,
        TANH,
        RELU,
        GELU,
        /** GELU by its approximation with a hyperbolic tangent. */
        GELU_TANH,
        SIGMOID,
        SILU,
        LEAKY_RELU,
        ELU,
        SOFTPLUS,
        MISH;

        float of(float x) {
            return switch (this) {
                case IDENTITY -> x;
                case TANH -> (float) Math.tanh(x);
                case RELU -> Math.max(0, x);
                case GELU -> (float) (x * 0.5 * (1 + Erf.of(x / Math.sqrt(2))));
                case GELU_TANH ->
                    (float) (0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x))));
                case SIGMOID -> (float) (1 / (1 + Math.exp(-x)));
                case SILU -> (float) (x / (1 + Math.exp(-x)));
                case LEAKY_RELU -> x < 0 ? 0.01f * x : x;
                case ELU -> x < 0 ? (float) Math.expm1(x) : x;
                case SOFTPLUS -> (float) softplus(x);
                case MISH -> (float) (x * Math.tanh(softplus(x)));
            };
        }

        private static double softplus(double x) {
            return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
        }
    }

    /**
     * @param weight out × in, row by row
     * @param bias of {@code out} numbers; zeros where there is none
     */
    public Dense(float[] weight, float[] bias, Activation activation) {
        this.in = weight.length / bias.length;
        if (in * bias.length != weight.length) {
            throw new IllegalArgumentException(weight.length + " weights are no rows for " + bias.length + " sums");
        }
        this.bias = bias;
        this.activation = activation;
        // By columns, so that the sums of a column are made side by side.
        this.columns = new float[weight.length];
        for (int row = 0; row < bias.length; row++) {
            for (int column = 0; column < in; column++) {
                columns[column * bias.length + row] = weight[row * in + column];
            }
        }
    }

    @Override
    public Vector apply(Vector vector) throws ModelException {
        if (vector.dimension() != in) {
            throw new ModelException(label() + " got " + vector.dimension() + " numbers");
        }
        int out = bias.length;
        float[] sums = bias.clone();
        for (int column = 0; column < in; column++) {
            float x = vector.get(column);
            int at = column * out;
            for (int row = 0; row < out; row++) {
                sums[row] += x * columns[at + row];
            }
        }
        for (int row = 0; row < out; row++) {
            sums[row] = activation.of(sums[row]);
        }
        return new Vector(sums);
    }

    @Override
    public int width(int width) {
        return bias.length;
    }

    @Override
    public String label() {
        return "dense " + in + " to " + bias.length
                + (activation == Activation.IDENTITY
                        ? ""
                        : " " + activation.name().toLowerCase(Locale.ROOT));
    }
}
