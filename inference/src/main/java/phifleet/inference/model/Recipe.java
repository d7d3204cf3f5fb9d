package phifleet.inference.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What belongs to the way from a text to its vector besides the network and its pooling, as a model's folder says it.
 *
 * @param output the graph's output that is read; null for the usual one
 * @param modules what a pooled vector goes through, in this order
 * @param dimensions how many of a vector's numbers are given where a request names none; 0 for all
 * @param tasks names of the tasks that the graph tells apart, in the order of their numbers; a prompt's name chooses one
 * @param lowerCase whether texts are made lower case before anything else
 * @param specialTokens whether the model's own tokens are put around a text
 * @param decisions what was decided, and by which file: for people
 */
public record Recipe(
        @Nullable String output,
        List<VectorModule> modules,
        int dimensions,
        List<String> tasks,
        boolean lowerCase,
        boolean specialTokens,
        List<String> decisions) {
    /** A network, its pooling, and nothing else. */
    public static final Recipe PLAIN = new Recipe(null, List.of(), 0, List.of(), false, true, List.of());

    /** The same for vectors of so many numbers: a smaller number of them is kept, as sentence-transformers does it, or all. */
    public Recipe of(int dimension) {
        return dimensions < dimension
                ? this
                : new Recipe(output, modules, 0, tasks, lowerCase, specialTokens, decisions);
    }

    public Recipe {
        modules = List.copyOf(modules);
        tasks = List.copyOf(tasks);
        decisions = List.copyOf(decisions);
    }
}
