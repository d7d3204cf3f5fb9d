package phifleet.inference.text;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.SparseVector;
import phifleet.inference.model.TextOutputs;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;

/**
 * What a text asked for, told apart.
 *
 * @param dense its vector, as the network pooled it; null where it was not asked for
 * @param sparse the largest weight of each of its tokens; null where it was not asked for
 * @param vectors of each token but the first, one behind the other; null where they were not asked for
 */
public record TextParts(
        @Nullable Vector dense,
        @Nullable SparseVector sparse,
        @Nullable Vector vectors) {

    /**
     * Reads what the lane gave.
     *
     * @param dimension numbers of the text's vector
     * @param unweighted tokens that have no weight
     */
    static TextParts of(TokenSequence text, Vector output, int dimension, Set<Integer> unweighted) {
        TextOutputs outputs = text.outputs();
        float[] values = output.values();
        int at = 0;
        Vector dense = null;
        SparseVector sparse = null;
        if (outputs.dense()) {
            dense = Vector.part(values, at, dimension);
            at += dimension;
        }
        if (outputs.sparse()) {
            sparse = sparse(text, values, at, unweighted);
            at += text.length();
        }
        Vector vectors = outputs.multiVector() ? new Vector(Arrays.copyOfRange(values, at, values.length)) : null;
        return new TextParts(dense, sparse, vectors);
    }

    private static SparseVector sparse(TokenSequence text, float[] values, int from, Set<Integer> unweighted) {
        // An id above the bits of its weight, which are in order where weights are over 0: of one id the last is the
        // largest.
        long[] all = new long[text.length()];
        int count = 0;
        for (int token = 0; token < all.length; token++) {
            if (values[from + token] > 0 && !unweighted.contains(text.id(token))) {
                all[count++] = (long) text.id(token) << Integer.SIZE | Float.floatToRawIntBits(values[from + token]);
            }
        }
        Arrays.sort(all, 0, count);
        int[] ids = new int[count];
        float[] weights = new float[count];
        int at = 0;
        for (int i = 0; i < count; i++) {
            int id = (int) (all[i] >>> Integer.SIZE);
            if (i + 1 == count || id != (int) (all[i + 1] >>> Integer.SIZE)) {
                ids[at] = id;
                weights[at++] = Float.intBitsToFloat((int) all[i]);
            }
        }
        return new SparseVector(Arrays.copyOf(ids, at), Arrays.copyOf(weights, at));
    }
}
