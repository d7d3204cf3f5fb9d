package phifleet.inference.graph.part;

/**
 * How a text's tokens are cut for one kind of attention: which tokens ask at once, and which they look at. Whoever runs the graph
 * gives, by this rule, one row of {@value #COLUMNS} numbers a step to the input {@link #input}: first row of the queries, the row
 * behind their last, the same two of the keys, queries a text, keys a text, and 1 where the rule's mask hides any of the keys.
 * Texts of one length may share a step if it takes them whole. Rows of queries follow each other without a gap.
 *
 * @param input the graph's input that takes the rows
 * @param block the most queries a step; {@link Integer#MAX_VALUE} where a text is taken whole
 * @param before how many tokens back a token looks; {@link Integer#MAX_VALUE} for all
 * @param after how many tokens ahead it looks
 */
public record SpanRule(String input, int block, int before, int after) {
    /** Numbers a step. */
    public static final int COLUMNS = 7;

    /** The first key for queries from a place on. */
    public int firstKey(int query) {
        return query <= before ? 0 : query - before;
    }

    /** The place behind the last key for queries up to a place, in a text of {@code length} tokens. */
    public int endOfKeys(int lastQuery, int length) {
        return after >= length - 1 - lastQuery ? length : lastQuery + after + 1;
    }

    /** Whether some of the queries from {@code first} to {@code last} must not see some of those keys. */
    public boolean hides(int first, int last, int firstKey, int endOfKeys) {
        return last - firstKey > before || endOfKeys - 1 - first > after;
    }
}
