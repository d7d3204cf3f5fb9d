package phifleet.inference.graph.family;

import java.util.List;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.graph.part.Rope;
import phifleet.inference.model.ModelException;

/** OLMo (Groeneveld et al., 2024): Llama whose norms have no weights, and whose queries, keys and values may be bounded. */
record FirstOlmo() implements DecoderFamily {
    private static final double EPSILON = 1e-5;
    private static final String BOUND = "clip_qkv";

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        config.mustBe("is_causal", "true");
        DecoderLayer.Sizes sizes = DecoderLayer.Sizes.read(config, 0, 0, 2048);
        int width = sizes.width();
        boolean bias = config.flag("attention_bias", false);
        Rope rope = Rope.read(config, 10_000);
        LlamaAttention attention = LlamaAttention.of(parts, sizes, bias, "o_proj", bias);
        LlamaAttention.Way way = (rows, side, heads) -> {
            String within = bounded(parts, rows);
            return side == LlamaAttention.Side.VALUE ? within : parts.rotate(within, heads, sizes.head(), rope);
        };
        String x = DecoderLayer.words(parts, sizes);
        for (int i = 0; i < sizes.layers(); i++) {
            String layer = "layers." + i + ".";
            String normed = parts.plainNorm(x, width, EPSILON);
            x = parts.add(x, attention.write(parts, normed, layer + "self_attn.", way, Mask.causal()));
            normed = parts.plainNorm(x, width, EPSILON);
            x = parts.add(x, LlamaAttention.gated(parts, normed, layer + "mlp.", sizes));
        }
        String hidden = parts.plainNorm(x, width, EPSILON);
        return new Written(hidden, width, attention.attention(), Positions.FROM_ZERO, sizes.mostTokens());
    }

    private static String bounded(Parts parts, String rows) throws ModelException {
        if (!parts.config().has(BOUND)) {
            return rows;
        }
        float bound = (float) parts.config().number(BOUND);
        return parts.graph()
                .op(
                        "Clip",
                        List.of(
                                rows,
                                parts.graph().scalar(-bound),
                                parts.graph().scalar(bound)));
    }
}
