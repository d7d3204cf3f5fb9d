package phifleet.inference.text;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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
        Map<Integer, Float> largest = new TreeMap<>();
        for (int token = 0; token < text.length(); token++) {
            if (values[from + token] > 0 && !unweighted.contains(text.id(token))) {
                largest.merge(text.id(token), values[from + token], Math::max);
            }
        }
        int[] ids = new int[largest.size()];
        float[] weights = new float[largest.size()];
        int at = 0;
        for (Map.Entry<Integer, Float> entry : largest.entrySet()) {
            ids[at] = entry.getKey();
            weights[at++] = entry.getValue();
        }
        return new SparseVector(ids, weights);
    }
}
