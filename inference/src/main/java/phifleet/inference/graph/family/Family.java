package phifleet.inference.graph.family;

import java.util.List;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.model.ModelException;

/** An architecture of encoders: from ids to one vector a token. */
public interface Family {
    /** The end of the name of a tensor that each of its models has exactly once; BERT's where a family does not say. */
    default String landmark() {
        return "embeddings.word_embeddings.weight";
    }

    /** The beginnings of the names of the encoder's own tensors, behind the prefix; all others are heads. BERT's by default too. */
    default List<String> stacks() {
        return List.of("embeddings.", "encoder.");
    }

    /** Whether its published code takes the types of tokens for words, whose rows it adds to all tokens. */
    default boolean takesTypesForWords() {
        return false;
    }

    /** Writes the operators. */
    Written write(Parts parts) throws ModelException;

    /**
     * What came of it.
     *
     * @param hidden tokens × width
     * @param mostTokens tokens of one text that its positions have room for
     */
    record Written(String hidden, int width, Attention attention, Positions positions, int mostTokens) {}
}
