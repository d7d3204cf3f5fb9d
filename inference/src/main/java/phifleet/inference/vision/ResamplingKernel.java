package phifleet.inference.vision;

import phifleet.inference.model.Filter;

/**
 * For each place along one axis of the new image: which pixels of the old one it is made of, and with what weights, as fixed-point
 * numbers. A filter is stretched where the image gets smaller, so that every old pixel counts.
 */
final class ResamplingKernel {
    /** 32 bits, less 8 of a sample, less 2 for sums that pass beyond it: what Pillow leaves to the fraction. */
    static final int FRACTION_BITS = 22;

    /** What a sum begins with, so that cutting off its fraction rounds. */
    static final int HALF = 1 << (FRACTION_BITS - 1);

    private final int[] first;
    private final int[] count;
    private final int[] weights;
    private final int width;

    /**
     * @param from pixels along the axis
     * @param edge where the part of them begins that is resized
     * @param extent how long that is
     * @param to pixels that it becomes
     * @param start the first of those that is wanted
     * @param length how many are wanted
     */
    ResamplingKernel(int from, double edge, double extent, int to, int start, int length, Filter filter) {
        double scale = extent / to;
        double stretch = Math.max(scale, 1);
        double support = filter.support() * stretch;
        width = 2 * (int) Math.ceil(support) + 1;
        first = new int[length];
        count = new int[length];
        weights = new int[Math.multiplyExact(length, width)];
        double inverse = 1 / stretch;
        double[] real = new double[width];
        for (int i = 0; i < length; i++) {
            double center = edge + (start + i + 0.5) * scale;
            int low = Math.max((int) (center - support + 0.5), 0);
            int high = Math.min((int) (center + support + 0.5), from);
            double sum = 0;
            for (int x = low; x < high; x++) {
                real[x - low] = filter.weight((x - center + 0.5) * inverse);
                sum += real[x - low];
            }
            first[i] = low;
            count[i] = high - low;
            for (int x = 0; x < high - low; x++) {
                weights[i * width + x] = fixed(sum == 0 ? real[x] : real[x] / sum);
            }
        }
    }

    private static int fixed(double weight) {
        double scaled = weight * (1 << FRACTION_BITS);
        return (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    }

    int length() {
        return first.length;
    }

    /** The first old pixel of a new one. */
    int first(int place) {
        return first[place];
    }

    /** Behind the last old pixel of all. */
    int end() {
        return end(length() - 1);
    }

    /** Behind the last old pixel of a new one. */
    int end(int place) {
        return first[place] + count[place];
    }

    /** The weight of an old pixel in a new one, of which it is a part. */
    int weight(int place, int pixel) {
        return weights[place * width + pixel - first[place]];
    }

    /** How many old pixels make it. */
    int count(int place) {
        return count[place];
    }

    /** Where its weights begin among {@link #weights}. */
    int weightsOf(int place) {
        return place * width;
    }

    int[] weights() {
        return weights;
    }
}
