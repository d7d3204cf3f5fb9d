package phifleet.inference.graph.part;

import java.util.List;
import phifleet.inference.model.ModelException;

/**
 * T5's biases of relative positions (Raffel et al., 2020, section 2.1), which look both ways: half of the buckets for keys ahead,
 * in each half one for each near distance, and for the others one for each step on a logarithmic scale.
 *
 * @param count of buckets
 * @param most the distance from which on all are one
 */
public record Buckets(int count, int most) {

    /** What scores get, heads × distance, of a table with one row a bucket. */
    public Mask.Bias bias(Parts parts, String table, int heads) throws ModelException {
        long[] buckets = new long[2 * most + 1];
        for (int distance = -most; distance <= most; distance++) {
            buckets[distance + most] = bucket(distance);
        }
        String rows = parts.weights().lookUp(table, parts.graph().longTable(buckets, buckets.length), count, heads);
        String turned = parts.graph().op("Transpose", List.of(rows), Attribute.of("perm", 1L, 0L));
        return new Mask.Bias(turned, most);
    }

    /**
     * In 32-bit floats, as the models were trained.
     *
     * @param distance of the key ahead of the query
     */
    long bucket(int distance) {
        int half = count / 2;
        int exact = half / 2;
        int away = Math.abs(distance);
        long bucket = distance > 0 ? half : 0;
        if (away < exact) {
            return bucket + away;
        }
        float logarithm = (float) Math.log((float) away / exact);
        float share = logarithm / (float) Math.log((double) most / exact);
        return bucket + Math.min(half - 1, exact + (long) (share * (half - exact)));
    }
}
