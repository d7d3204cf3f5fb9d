package phifleet.inference.graph.encoder;

import java.util.List;
import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Buckets;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.model.ModelException;

/**
 * The encoder of T5 (Raffel et al., 2020) and mT5: no places but biases of distances, kept with the first layer; scores are not
 * scaled; no biases in linear layers.
 *
 * @param usual the projection where config.json does not say
 * @param everyLayer UMT5 (Chung et al., 2023), where each layer has biases of distances of its own
 */
public record T5Encoder(boolean everyLayer, String usual) implements Family {
    @Override
    public String landmark() {
        return "encoder.final_layer_norm.weight";
    }

    @Override
    public List<String> stacks() {
        return List.of("encoder.");
    }

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        int width = config.size("d_model");
        int inner = config.size("d_ff");
        int heads = config.size("num_heads");
        int head = config.size("d_kv");
        long all = (long) heads * head;
        double epsilon = config.number("layer_norm_epsilon", 1e-6);
        String projection = config.text("feed_forward_proj", usual);
        // What its code makes of that stands in its files too, and goes first there.
        boolean gated = config.flag("is_gated_act", projection.startsWith("gated-"));
        // The approximation has this name only.
        String activation = config.text(
                "dense_act_fn", projection.equals("gated-gelu") ? "gelu_new" : projection.replaceFirst("^gated-", ""));
        Buckets buckets = new Buckets(
                config.size("relative_attention_num_buckets", 32), config.size("relative_attention_max_distance", 128));
        String words = parts.weights().has("shared.weight") ? "shared.weight" : "encoder.embed_tokens.weight";
        String x = parts.words(words, config.size("vocab_size"), width);
        Attention attention = new Attention(parts.graph(), heads, heads, head, 1);
        String table = "SelfAttention.relative_attention_bias.weight";
        Mask first = buckets.bias(parts, "encoder.block.0.layer.0." + table, heads);
        for (int i = 0; i < config.size("num_layers"); i++) {
            String layer = "encoder.block." + i + ".layer.";
            Mask mask = i > 0 && everyLayer ? buckets.bias(parts, layer + "0." + table, heads) : first;
            String normed = parts.rmsNorm(x, layer + "0.layer_norm", width, epsilon, 0);
            String attended = attention.of(
                    parts.linear(normed, layer + "0.SelfAttention.q", width, all, false),
                    parts.linear(normed, layer + "0.SelfAttention.k", width, all, false),
                    parts.linear(normed, layer + "0.SelfAttention.v", width, all, false),
                    mask);
            x = parts.add(x, parts.linear(attended, layer + "0.SelfAttention.o", all, width, false));
            normed = parts.rmsNorm(x, layer + "1.layer_norm", width, epsilon, 0);
            String dense = layer + "1.DenseReluDense.";
            String bent = parts.activation(
                    parts.linear(normed, dense + (gated ? "wi_0" : "wi"), width, inner, false), activation);
            if (gated) {
                bent = parts.multiply(bent, parts.linear(normed, dense + "wi_1", width, inner, false));
            }
            x = parts.add(x, parts.linear(bent, dense + "wo", inner, width, false));
        }
        String hidden = parts.rmsNorm(x, "encoder.final_layer_norm", width, epsilon, 0);
        // Any length, for places are distances.
        return new Written(hidden, width, attention, Positions.FROM_ZERO, Integer.MAX_VALUE);
    }
}
