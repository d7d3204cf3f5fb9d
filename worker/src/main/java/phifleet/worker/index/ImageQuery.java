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
 * @param words parts of words, each of which must be written in an image ({@link Words#sought})
 */
public record ImageQuery(@Nullable Vector vector, int k, double minScore, List<String> labels, List<String> words) {
    public static final int MOST = 1000;

    public ImageQuery {
        labels = List.copyOf(labels);
        words = List.copyOf(words);
        if (k < 1 || k > MOST) {
            throw new IllegalArgumentException("k must be 1 to " + MOST + ", not " + k);
        }
    }

    /** Whatever is written in the images. */
    public ImageQuery(@Nullable Vector vector, int k, double minScore, List<String> labels) {
        this(vector, k, minScore, labels, List.of());
    }
}
