package phifleet.inference.model;

import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/** What makes scores of the numbers that a network's head gives. */
public enum Activation {
    /** The numbers themselves. */
    IDENTITY,
    /** Each by itself, to between 0 and 1. */
    SIGMOID,
    /** All together, to a sum of 1. */
    SOFTMAX,
    /** Each by itself, to between −1 and 1. */
    TANH,
    /** Each by itself; what is below 0 is 0. */
    RELU;

    /** The name in answers. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** New numbers; the given ones stay as they are. */
    public float[] apply(float[] values) {
        return switch (this) {
            case IDENTITY -> values.clone();
            case SIGMOID -> each(values, Activation::sigmoid);
            case SOFTMAX -> softmax(values);
            case TANH -> each(values, Math::tanh);
            case RELU -> each(values, value -> Math.max(0, value));
        };
    }

    private static float[] each(float[] values, DoubleUnaryOperator score) {
        float[] scores = new float[values.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) score.applyAsDouble(values[i]);
        }
        return scores;
    }

    private static double sigmoid(double value) {
        return 1 / (1 + Math.exp(-value));
    }

    private static float[] softmax(float[] values) {
        double most = Double.NEGATIVE_INFINITY;
        for (float value : values) {
            most = Math.max(most, value);
        }
        double[] parts = new double[values.length];
        double sum = 0;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = Math.exp(values[i] - most);
            sum += parts[i];
        }
        float[] scores = new float[parts.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = (float) (parts[i] / sum);
        }
        return scores;
    }
}
