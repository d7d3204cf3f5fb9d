package phifleet.inference.model;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The numbers of a long vector that are not 0, in the order of their places. The arrays are not copied: their maker hands them over. */
public final class SparseVector {
    private final int[] indices;
    private final float[] values;

    /** @param indices rising; one a value */
    public SparseVector(int[] indices, float[] values) {
        this.indices = indices;
        this.values = values;
    }

    /** What of a whole vector is over 0. */
    public static SparseVector positive(float[] whole) {
        int count = 0;
        for (float value : whole) {
            count += value > 0 ? 1 : 0;
        }
        int[] indices = new int[count];
        float[] values = new float[count];
        int at = 0;
        for (int i = 0; i < whole.length; i++) {
            if (whole[i] > 0) {
                indices[at] = i;
                values[at++] = whole[i];
            }
        }
        return new SparseVector(indices, values);
    }

    public int size() {
        return indices.length;
    }

    public int index(int place) {
        return indices[place];
    }

    public float value(int place) {
        return values[place];
    }

    /**
     * The largest of its numbers.
     *
     * @param most how many are kept; of equal ones those of lower places
     * @param least what is smaller goes
     */
    public SparseVector strongest(int most, float least) {
        int[] kept = IntStream.range(0, indices.length)
                .filter(place -> values[place] >= least)
                .boxed()
                .sorted((a, b) -> Float.compare(values[b], values[a]))
                .limit(most)
                .mapToInt(Integer::intValue)
                .sorted()
                .toArray();
        int[] keptIndices = new int[kept.length];
        float[] keptValues = new float[kept.length];
        for (int i = 0; i < kept.length; i++) {
            keptIndices[i] = indices[kept[i]];
            keptValues[i] = values[kept[i]];
        }
        return new SparseVector(keptIndices, keptValues);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SparseVector vector
                && Arrays.equals(indices, vector.indices)
                && Arrays.equals(values, vector.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(indices) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "SparseVector[" + indices.length + "]";
    }
}
