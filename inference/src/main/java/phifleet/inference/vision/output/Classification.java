package phifleet.inference.vision.output;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;

/** From a classifier's output for one image to its likeliest classes. */
public final class Classification {
    /** How far from 1 the sum of values may be that are probabilities already. */
    private static final double SUM_TOLERANCE = 1e-3;

    private Classification() {}

    /**
     * A class.
     *
     * @param index among the labels, from 0
     * @param score a probability
     */
    public record Prediction(int index, float score) {}

    /**
     * The classes with the highest scores, the highest first, equal ones by index. Values that are not negative and sum to 1
     * are taken as they are; of others the softmax is taken.
     *
     * @param scores of one image, in any shape
     * @param most how many at most
     * @param threshold what a score must reach
     * @throws ModelException if a value is not a finite number
     */
    public static List<Prediction> top(Tensor scores, int most, double threshold) throws ModelException {
        float[] values = Floats.of(scores);
        double[] probabilities = probabilities(values);
        List<Prediction> found = new ArrayList<>();
        for (int i = 0; i < probabilities.length; i++) {
            if (probabilities[i] >= threshold) {
                found.add(new Prediction(i, (float) probabilities[i]));
            }
        }
        found.sort(Comparator.comparingDouble(Prediction::score).reversed().thenComparingInt(Prediction::index));
        return List.copyOf(found.subList(0, Math.clamp(most, 0, found.size())));
    }

    private static double[] probabilities(float[] values) throws ModelException {
        double[] result = new double[values.length];
        double sum = 0;
        double largest = Double.NEGATIVE_INFINITY;
        boolean positive = true;
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new ModelException("the model's score " + i + " is " + values[i] + ", not a finite number");
            }
            result[i] = values[i];
            sum += values[i];
            largest = Math.max(largest, values[i]);
            positive &= values[i] >= 0;
        }
        if (positive && Math.abs(sum - 1) <= SUM_TOLERANCE) {
            return result;
        }
        double total = 0;
        for (int i = 0; i < result.length; i++) {
            result[i] = Math.exp(result[i] - largest);
            total += result[i];
        }
        for (int i = 0; i < result.length; i++) {
            result[i] /= total;
        }
        return result;
    }
}
