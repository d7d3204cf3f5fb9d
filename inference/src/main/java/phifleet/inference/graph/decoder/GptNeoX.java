package phifleet.inference.graph.decoder;

import java.util.List;
import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Graph;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.graph.part.Rope;
import phifleet.inference.model.ModelException;

/**
 * GPT-NeoX (Black et al., 2022) and Pythia: tokens look back only, the first numbers of each head are turned by places, and both parts of a
 * layer see what went into it. Queries, keys and values lie head by head in one matrix.
 */
public record GptNeoX() implements Family {
    private static final String LANDMARK = "embed_in.weight";

    @Override
    public String landmark() {
        return LANDMARK;
    }

    @Override
    public List<String> stacks() {
        return List.of("embed_in.", "layers.", "final_layer_norm.");
    }

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        config.mustBe("is_causal", "true");
        int width = config.size("hidden_size");
        int inner = config.size("intermediate_size");
        int heads = config.size("num_attention_heads");
        int head = config.head(width, heads);
        double epsilon = config.number("layer_norm_eps", 1e-5);
        String activation = config.text("hidden_act", "gelu");
        boolean bias = config.flag("attention_bias", true);
        boolean sideBySide = config.flag("use_parallel_residual", true);
        Rope rope = Rope.readPart(config, head, "rotary_emb_base", 10_000, "rotary_pct", 0.25);
        Attention attention = new Attention(parts.graph(), heads, heads, head, 1 / Math.sqrt(head));
        String x = parts.words(LANDMARK, config.size("vocab_size"), width);
        for (int i = 0; i < config.size("num_hidden_layers"); i++) {
            String layer = "layers." + i + ".";
            // The mask, which some files hold among the weights.
            parts.weights().leave(layer + "attention.bias");
            String normed = parts.layerNorm(x, layer + "input_layernorm", width, epsilon, true);
            List<String> qkv = byHead(
                    parts,
                    parts.linear(normed, layer + "attention.query_key_value", width, 3L * width, bias),
                    heads,
                    head);
            String attended = attention.of(
                    parts.rotate(qkv.get(0), heads, head, rope),
                    parts.rotate(qkv.get(1), heads, head, rope),
                    qkv.get(2),
                    Mask.causal());
            String seen = parts.add(x, parts.linear(attended, layer + "attention.dense", width, width, bias));
            normed = parts.layerNorm(sideBySide ? x : seen, layer + "post_attention_layernorm", width, epsilon, true);
            String bent =
                    parts.activation(parts.linear(normed, layer + "mlp.dense_h_to_4h", width, inner, true), activation);
            x = parts.add(seen, parts.linear(bent, layer + "mlp.dense_4h_to_h", inner, width, true));
        }
        String hidden = parts.layerNorm(x, "final_layer_norm", width, epsilon, true);
        return new Written(hidden, width, attention, Positions.FROM_ZERO, Rope.room(config, 2048));
    }

    /** Queries, keys and values of a matrix that has those of each head together. */
    static List<String> byHead(Parts parts, String qkv, int heads, int head) {
        Graph graph = parts.graph();
        String apart = graph.op("Reshape", List.of(qkv, graph.longs(-1, heads, 3L * head)));
        return graph.parts(apart, 2, 3).stream()
                .map(part -> graph.op("Reshape", List.of(part, graph.longs(-1, (long) heads * head))))
                .toList();
    }
}
