package phifleet.inference.graph.decoder;

import java.util.List;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.graph.part.Rope;
import phifleet.inference.model.ModelException;

/** OLMo (Groeneveld et al., 2024): Llama whose norms have no weights, and whose queries, keys and values may be bounded. */
public record FirstOlmo() implements DecoderFamily {
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
        LlamaAttention.Way way = new LlamaAttention.Way() {
            @Override
            public String of(String rows, String name, int heads) throws ModelException {
                return parts.rotate(bounded(parts, rows), heads, sizes.head(), rope);
            }

            @Override
            public String ofValues(String rows) throws ModelException {
                return bounded(parts, rows);
            }
        };
        String x = DecoderLayer.words(parts, sizes);
        for (int i = 0; i < sizes.layers(); i++) {
            String layer = "layers." + i + ".";
            String normed = parts.plainNorm(x, width, EPSILON);
            x = parts.add(x, attention.write(parts, normed, layer + "self_attn.", way, Mask.causal()));
            normed = parts.plainNorm(x, width, EPSILON);
            x = parts.add(x, parts.gated(normed, layer + "mlp.", width, sizes.inner(), sizes.activation(), false));
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
