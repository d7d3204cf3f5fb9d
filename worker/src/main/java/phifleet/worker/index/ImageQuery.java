package phifleet.worker.index;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.Vector;

/**
 * What is looked for.
 *
 * @param vector to be near to; null for the newest images that the filters leave
 * @param k the most images that are wanted, 1 to {@link #MOST}
 * @param minScore the least cosine; −1 for any
 * @param labels each of which must have been found in an image
 */
public record ImageQuery(@Nullable Vector vector, int k, double minScore, List<String> labels) {
    public static final int MOST = 1000;

    public ImageQuery {
        labels = List.copyOf(labels);
        if (k < 1 || k > MOST) {
            throw new IllegalArgumentException("k must be 1 to " + MOST + ", not " + k);
        }
    }
}
