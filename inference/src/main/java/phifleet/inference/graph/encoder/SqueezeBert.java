package phifleet.inference.graph.encoder;

import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.GroupedLinear;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.model.ModelException;

/** SqueezeBERT (Iandola et al., 2020): BERT whose linear layers are cut into groups. */
public record SqueezeBert() implements Family {
    /** Of the layers' norms, whatever config.json says of its own. */
    private static final double EPSILON = 1e-12;

    private static final int GROUPS = 4;

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        EncoderLayer.Sizes sizes = Bert.sizes(config);
        int width = sizes.width();
        if (config.size("embedding_size", 768) != width) {
            throw config.refused("embedding_size is " + config.size("embedding_size", 768) + " and hidden_size " + width
                    + "; its code takes the same only");
        }
        Attention attention = sizes.attention(parts);
        String x = Bert.embeddings(parts, width, sizes.epsilon());
        for (int i = 0; i < sizes.layers(); i++) {
            String layer = "encoder.layers." + i + ".";
            String attended = attention.of(
                    convolved(parts, x, layer + "attention.query", "q_groups", width, width, GROUPS),
                    convolved(parts, x, layer + "attention.key", "k_groups", width, width, GROUPS),
                    convolved(parts, x, layer + "attention.value", "v_groups", width, width, GROUPS),
                    Mask.everything());
            String post = layer + "post_attention.";
            String answer = convolved(parts, attended, post + "conv1d", "post_attention_groups", width, width, 1);
            String seen = parts.addNorm(x, answer, post + "layernorm", width, EPSILON);
            String inner = convolved(
                    parts, seen, layer + "intermediate.conv1d", "intermediate_groups", width, sizes.inner(), GROUPS);
            String bent = parts.activation(inner, sizes.activation());
            answer = convolved(parts, bent, layer + "output.conv1d", "output_groups", sizes.inner(), width, GROUPS);
            x = parts.addNorm(seen, answer, layer + "output.layernorm", width, EPSILON);
        }
        int places = config.size("max_position_embeddings", 512);
        return new Written(x, width, attention, Positions.FROM_ZERO, places);
    }

    private static String convolved(Parts parts, String x, String layer, String groups, int in, int out, int usual)
            throws ModelException {
        int count = parts.config().size(groups, usual);
        return new GroupedLinear(count, in, out, false).of(parts, x, layer, out, in / count, 1);
    }
}
