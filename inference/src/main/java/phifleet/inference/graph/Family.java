package phifleet.inference.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.ModelException;

/** An architecture of encoders: from ids to one vector a token. */
interface Family {
    /** The end of the name of a tensor that each of its models has exactly once. */
    String landmark();

    /** The beginnings of the names of the encoder's own tensors, behind the prefix; all others are heads. */
    List<String> stacks();

    /** Writes the operators. */
    Written write(Parts parts) throws ModelException;

    /**
     * What came of it.
     *
     * @param hidden tokens × width
     * @param mostTokens tokens of one text that its positions have room for
     */
    record Written(String hidden, int width, Attention attention, Positions positions, int mostTokens) {}

    /** The family of a {@code model_type}; null where it is not built. */
    static @Nullable Family of(String modelType) {
        return switch (modelType) {
            case "bert" -> new Bert(Positions.FROM_ZERO);
            case "roberta", "xlm-roberta", "camembert", "data2vec-text" -> new Bert(null);
            case "electra" -> new Electra();
            case "distilbert" -> new DistilBert();
            case "mpnet" -> new MpNet();
            case "modernbert" -> new ModernBert();
            case "qwen2", "qwen3" -> new Qwen(modelType.equals("qwen3"));
            case "gemma3_text" -> new Gemma3();
            case "t5", "mt5" -> new T5Encoder();
            default -> null;
        };
    }

    /** What {@link #of} knows, for messages. */
    String KNOWN =
            "bert, roberta, xlm-roberta, camembert, data2vec-text, electra, distilbert, mpnet, modernbert, qwen2, qwen3, "
                    + "gemma3_text, t5, mt5";
}
