package phifleet.inference.model;

import java.util.Arrays;

/**
 * Between what bounds each number of a model's vectors lies, as it was measured over many texts. The arrays are not copied: their maker
 * hands them over.
 */
public final class NumberRanges {
    /** Steps between the bounds, as bytes have them. */
    private static final int STEPS = 255;

    private final float[] least;
    private final float[] greatest;

    /** @param greatest as long as {@code least}, nowhere below it */
    public NumberRanges(float[] least, float[] greatest) {
        this.least = least;
        this.greatest = greatest;
    }

    /** Numbers of a vector. */
    public int dimension() {
        return least.length;
    }

    /**
     * A number as one of 256 steps, as {@code quantize_embeddings} of sentence-transformers makes it (5.7.0), but for what lies beyond the
     * bounds: here it is the first step or the last, there it comes round at the other end.
     *
     * @param index its place in the vector
     * @param shift what is added before the fraction is dropped: 0, or −128
     */
    public int step(float value, int index, int shift) {
        float width = (greatest[index] - least[index]) / STEPS;
        float place = width == 0 ? 0 : (value - least[index]) / width;
        return Math.clamp((long) (place + shift), shift, STEPS + shift);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NumberRanges ranges
                && Arrays.equals(least, ranges.least)
                && Arrays.equals(greatest, ranges.greatest);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(least) + Arrays.hashCode(greatest);
    }

    @Override
    public String toString() {
        return "NumberRanges[" + least.length + "]";
    }
}
