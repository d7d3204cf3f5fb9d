package phifleet.inference.graph.decoder;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.model.ModelException;

/**
 * GPT-Neo (Black et al., 2021): GPT-2 with matrices of the usual kind, scores that are not scaled, and layers among the others that look back
 * no further than a window.
 */
public record GptNeo() implements GptFamily {
    private static final String KINDS = "attention_layers";

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        int width = config.size("hidden_size");
        int inner = config.size("intermediate_size", 4 * width);
        int heads = config.size("num_heads");
        int places = config.size("max_position_embeddings", 2048);
        double epsilon = config.number("layer_norm_epsilon", 1e-5);
        String activation = config.text("activation_function", "gelu_new");
        List<String> kinds = kinds(config);
        int head = config.head(width, heads);
        Mask window = Mask.back(config.size("window_size", 256));
        Attention attention = new Attention(parts.graph(), heads, heads, head, 1);
        String x = parts.add(
                parts.words(landmark(), config.size("vocab_size"), width), parts.places("wpe.weight", places, width));
        for (int i = 0; i < kinds.size(); i++) {
            String layer = "h." + i + ".";
            String self = layer + "attn.attention.";
            // The mask, which some files hold among the weights.
            parts.weights().leave(self + "bias");
            String normed = parts.layerNorm(x, layer + "ln_1", width, epsilon, true);
            String attended = attention.of(
                    parts.linear(normed, self + "q_proj", width, width, false),
                    parts.linear(normed, self + "k_proj", width, width, false),
                    parts.linear(normed, self + "v_proj", width, width, false),
                    kinds.get(i).equals("local") ? window : Mask.causal());
            x = parts.add(x, parts.linear(attended, self + "out_proj", width, width, true));
            normed = parts.layerNorm(x, layer + "ln_2", width, epsilon, true);
            String bent = parts.activation(parts.linear(normed, layer + "mlp.c_fc", width, inner, true), activation);
            x = parts.add(x, parts.linear(bent, layer + "mlp.c_proj", inner, width, true));
        }
        String hidden = parts.layerNorm(x, "ln_f", width, epsilon, true);
        return new Written(hidden, width, attention, Positions.FROM_ZERO, places);
    }

    /** {@code attention_types} has runs of kinds with how often each is repeated; {@code attention_layers}, the same at length, goes first where it stands. */
    private static List<String> kinds(Config config) throws ModelException {
        int layers = config.size("num_layers");
        List<String> kinds = new ArrayList<>(config.texts(KINDS));
        boolean listed = !kinds.isEmpty();
        for (JsonNode run : listed ? List.<JsonNode>of() : config.list("attention_types")) {
            List<String> names = run.path(0).valueStream().map(JsonNode::asText).toList();
            for (int i = 0; i < run.path(1).asInt() && kinds.size() <= layers; i++) {
                kinds.addAll(names);
            }
        }
        if (kinds.size() != layers || !List.of("global", "local").containsAll(kinds)) {
            throw config.refused("attention_types and attention_layers must name each of " + layers
                    + " layers global or local, and are " + kinds);
        }
        return kinds;
    }
}
