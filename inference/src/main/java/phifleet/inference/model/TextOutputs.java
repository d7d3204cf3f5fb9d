package phifleet.inference.model;

import java.util.ArrayList;
import java.util.List;

/**
 * What is wanted of a text by one run.
 *
 * @param dense one vector
 * @param sparse a weight for each of its tokens
 * @param multiVector a vector for each of its tokens
 */
public record TextOutputs(boolean dense, boolean sparse, boolean multiVector) {
    public static final TextOutputs DENSE = new TextOutputs(true, false, false);
    public static final TextOutputs SPARSE = new TextOutputs(false, true, false);
    public static final TextOutputs MULTI_VECTOR = new TextOutputs(false, false, true);
    public static final TextOutputs ALL = new TextOutputs(true, true, true);

    /** Whether one vector is all. */
    public boolean isDenseAlone() {
        return dense && !sparse && !multiVector;
    }

    /** Whether any of its tokens has something of its own. */
    public boolean isByToken() {
        return sparse || multiVector;
    }

    /** The names that requests use. */
    public List<String> names() {
        List<String> names = new ArrayList<>(3);
        if (dense) {
            names.add("dense");
        }
        if (sparse) {
            names.add("sparse");
        }
        if (multiVector) {
            names.add("multi_vector");
        }
        return names;
    }
}
