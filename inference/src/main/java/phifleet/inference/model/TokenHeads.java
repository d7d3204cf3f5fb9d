package phifleet.inference.model;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a sentence encoder gives of a text's tokens by the same run, as BGE-M3 has it: a weight of each, of which the largest of a token's
 * counts, and a vector of each but the first.
 */
public sealed interface TokenHeads {

    /** What the encoder gives. */
    TextOutputs outputs();

    /** Tokens without a weight: the model's own. */
    Set<Integer> unweighted();

    /**
     * Two layers over the network's vectors of tokens, computed outside of it.
     *
     * @param weight makes one number of a vector; null where there is none
     * @param vector makes the vector that is given; null where there is none
     */
    record Layers(@Nullable VectorModule weight, @Nullable VectorModule vector, Set<Integer> unweighted)
            implements TokenHeads {
        public Layers {
            unweighted = Set.copyOf(unweighted);
        }

        @Override
        public TextOutputs outputs() {
            return new TextOutputs(true, weight != null, vector != null);
        }
    }

    /**
     * Outputs of the graph beside the one with a text's vector.
     *
     * @param weights texts × tokens × 1
     * @param vectors texts × tokens × width, with or without the first token
     */
    record Outputs(String weights, String vectors, Set<Integer> unweighted) implements TokenHeads {
        public Outputs {
            unweighted = Set.copyOf(unweighted);
        }

        @Override
        public TextOutputs outputs() {
            return TextOutputs.ALL;
        }
    }
}
