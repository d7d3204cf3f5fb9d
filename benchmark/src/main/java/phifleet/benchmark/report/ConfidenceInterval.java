package phifleet.benchmark.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A mean over rounds and where it lies with 95 % confidence, by the percentile bootstrap (Efron and Tibshirani, An Introduction to
 * the Bootstrap, 1993, chapter 13): rounds are drawn with replacement, as many as there are. With few rounds it is too narrow; with
 * one it says nothing, and low and high are not numbers.
 */
record ConfidenceInterval(double low, double mean, double high) {
    private static final int RESAMPLES = 2000;
    private static final double TAIL = 0.025;
    private static final int SEED = 16;

    /** Whether it is of single rounds, of which no noise is known. */
    boolean isOfOne() {
        return Double.isNaN(low);
    }

    /** Without what is not known. */
    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("mean", mean);
        return isOfOne() ? json : json.put("low", low).put("high", high);
    }

    static ConfidenceInterval ofMean(List<Double> values) {
        if (values.size() < 2) {
            return new ConfidenceInterval(Double.NaN, mean(values), Double.NaN);
        }
        Random random = new Random(SEED);
        double[] means = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            means[i] = mean(drawn(values, random));
        }
        return within(means, mean(values));
    }

    /** Of the ratio of two means, both sides drawn anew. */
    static ConfidenceInterval ofRatio(List<Double> above, List<Double> below) {
        double ratio = mean(above) / mean(below);
        if (above.size() < 2 || below.size() < 2) {
            return new ConfidenceInterval(Double.NaN, ratio, Double.NaN);
        }
        Random random = new Random(SEED);
        double[] ratios = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            ratios[i] = mean(drawn(above, random)) / mean(drawn(below, random));
        }
        return within(ratios, ratio);
    }

    private static ConfidenceInterval within(double[] figures, double found) {
        Arrays.sort(figures);
        return new ConfidenceInterval(
                figures[(int) (TAIL * RESAMPLES)], found, figures[(int) ((1 - TAIL) * RESAMPLES) - 1]);
    }

    private static List<Double> drawn(List<Double> values, Random random) {
        return random.ints(values.size(), 0, values.size())
                .mapToObj(values::get)
                .toList();
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
}
