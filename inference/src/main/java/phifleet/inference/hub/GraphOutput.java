package phifleet.inference.hub;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Pooling;
import phifleet.inference.onnx.OnnxSignature;
import phifleet.inference.onnx.OnnxSignature.Value;

/**
 * Which output of an exported graph is read, and whether it is pooled already: known by its name and its number of dimensions.
 *
 * @param pooling {@link Pooling#NONE} where the graph pools, and does all that the folder lists behind it too
 */
record GraphOutput(String name, Pooling pooling) {
    /** Of one vector a token. {@code text_embeds} is either, by exporter. */
    private static final List<String> HIDDEN =
            List.of("last_hidden_state", "token_embeddings", "hidden_states", "text_embeds");

    /** Of one vector a text. BERT's {@code pooler_output} is no embedding and is not among them. */
    private static final List<String> POOLED = List.of(
            "sentence_embedding",
            "sentence_embeddings",
            "text_embeds",
            "text_embedding",
            "dense_vecs",
            "embeddings",
            "embedding");

    /**
     * @param said the pooling that the folder or the user names; null where neither does
     * @param where what the folder is, for messages
     */
    static GraphOutput choose(
            OnnxSignature signature, @Nullable Pooling said, @Nullable String wished, String where, Decisions decisions)
            throws ModelException {
        if (wished != null) {
            Value value = signature
                    .output(wished)
                    .orElseThrow(() -> new ModelException(
                            where + ": the graph has no output " + wished + ", but " + names(signature.outputs())));
            return named(value, said, where, "output", decisions);
        }
        if (said != null && said.isNone()) {
            return named(
                    pooled(signature).orElseThrow(() -> unclear(signature, where)), said, where, "pooling", decisions);
        }
        if (said != null) {
            Optional<Value> hidden = byName(signature, HIDDEN, 3);
            if (hidden.isPresent()) {
                return named(hidden.get(), said, where, "its name", decisions);
            }
        }
        Optional<Value> pooled = pooled(signature);
        if (pooled.isPresent()) {
            return named(pooled.get(), Pooling.NONE, where, "its name", decisions);
        }
        List<Value> ofTokens =
                signature.outputs().stream().filter(value -> value.rank() == 3).toList();
        if (said != null && ofTokens.size() == 1) {
            return named(ofTokens.getFirst(), said, where, "the only one of tokens", decisions);
        }
        if (said == null && !ofTokens.isEmpty()) {
            throw new ModelException(where + ": neither a file nor the graph's outputs " + names(signature.outputs())
                    + " say how to pool, and nothing is guessed; set pooling: to what its model card says, cls or mean for"
                    + " most (sentence-transformers would take mean)");
        }
        throw unclear(signature, where);
    }

    /** Whether the outputs' names do not tell how to pool. */
    static boolean isSilent(OnnxSignature signature) {
        return pooled(signature).isEmpty();
    }

    boolean isPooled() {
        return pooling.isNone();
    }

    private static Optional<Value> pooled(OnnxSignature signature) {
        Optional<Value> known = byName(signature, POOLED, 2);
        List<Value> all = signature.outputs();
        // A single output leaves no choice, whatever its name.
        return known.isPresent() || all.size() != 1 || all.getFirst().rank() != 2 ? known : Optional.of(all.getFirst());
    }

    private static GraphOutput named(Value value, @Nullable Pooling said, String where, String by, Decisions decisions)
            throws ModelException {
        if (value.rank() == 2) {
            decisions.add("pooled by the graph, output " + value.name(), by);
            return new GraphOutput(value.name(), Pooling.NONE);
        }
        if (said == null || said.isNone()) {
            throw new ModelException(where + ": output " + value.name() + " has one vector a token; set pooling:");
        }
        decisions.add("output " + value.name(), by);
        return new GraphOutput(value.name(), said);
    }

    private static Optional<Value> byName(OnnxSignature signature, List<String> names, int rank) {
        return names.stream()
                .flatMap(name -> signature.output(name).stream())
                .filter(value -> value.rank() == rank)
                .findFirst();
    }

    private static ModelException unclear(OnnxSignature signature, String where) {
        return new ModelException(where + ": the graph's outputs " + names(signature.outputs())
                + " leave open which is the embedding; set output:");
    }

    private static List<String> names(List<Value> values) {
        return values.stream().map(value -> value.name() + value.shape()).toList();
    }
}
