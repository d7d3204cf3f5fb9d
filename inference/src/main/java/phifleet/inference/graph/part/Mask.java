package phifleet.inference.graph.part;

/** Who sees whom within a text. */
public sealed interface Mask {
    /** Queries a step where scores are held at once: 256 × 8,192 keys × 12 heads are 100 MB. */
    int BLOCK = 256;

    /**
     * All see those within a distance.
     *
     * @param before how many tokens back; {@link Integer#MAX_VALUE} for all
     * @param after how many tokens ahead; 0 is causal
     */
    record Window(int before, int after) implements Mask {}

    /**
     * All see all, and scores get what the distance says.
     *
     * @param table a value, heads × (2 · reach + 1): for keys {@code reach} before the query to {@code reach} after it; further
     *     ones count as these
     */
    record Bias(String table, int reach) implements Mask {}

    /**
     * All see all, and scores get what query and key each have to say of their distance (He et al., 2021: disentangled attention).
     *
     * @param keys a value, 1 × heads × width × rows: a key for each bucket of distances, turned; empty where queries have no say
     * @param queries a value of the same shape, a query for each bucket; empty where keys have no say
     * @param buckets a value, 2 · reach + 1 integers: the row for keys {@code reach} before the query to {@code reach} after it;
     *     further ones count as these
     */
    record Disentangled(String keys, String queries, String buckets, int reach) implements Mask {}

    static Mask everything() {
        return new Window(Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    static Mask causal() {
        return new Window(Integer.MAX_VALUE, 0);
    }

    /** The token itself and those before it, so many in all. */
    static Mask back(int window) {
        return new Window(window - 1, 0);
    }

    /** Both ways. */
    static Mask within(int distance) {
        return new Window(distance, distance);
    }
}
