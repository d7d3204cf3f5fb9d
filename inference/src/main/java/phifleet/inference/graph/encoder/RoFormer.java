package phifleet.inference.graph.encoder;

import java.util.List;
import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.graph.part.Rope;
import phifleet.inference.model.ModelException;

/** RoFormer (Su et al., 2021): BERT whose queries and keys are turned by their places; the first of the rotary families. */
public record RoFormer() implements Family {
    private static final String TABLE = "encoder.embed_positions.weight";

    @Override
    public List<String> stacks() {
        return List.of("embeddings.", "encoder.");
    }

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        EncoderLayer.Sizes sizes = Bert.sizes(config);
        int width = sizes.width();
        int heads = sizes.heads();
        int narrow = config.size("embedding_size", width);
        String x = parts.layerNorm(
                parts.add(
                        parts.words("embeddings.word_embeddings.weight", config.size("vocab_size"), narrow),
                        parts.segments(config.size("type_vocab_size", 2), narrow)),
                "embeddings.LayerNorm",
                narrow,
                sizes.epsilon(),
                true);
        if (narrow != width) {
            x = parts.linear(x, "embeddings_project", narrow, width, true);
        }
        Attention attention = sizes.attention(parts);
        int places = config.size("max_position_embeddings", 1536);
        List<String> angles = angles(parts, places, width / heads);
        boolean values = config.flag("rotary_value", false);
        for (int i = 0; i < sizes.layers(); i++) {
            String layer = "encoder.layer." + i + ".";
            String self = layer + "attention.self.";
            String value = parts.linear(x, self + "value", width, width, true);
            String attended = attention.of(
                    parts.rotate(parts.linear(x, self + "query", width, width, true), heads, angles, true),
                    parts.rotate(parts.linear(x, self + "key", width, width, true), heads, angles, true),
                    values ? parts.rotate(value, heads, angles, true) : value,
                    Mask.everything());
            x = EncoderLayer.BERT.behind(parts, x, attended, layer, sizes);
        }
        return new Written(x, width, attention, Positions.FROM_ZERO, places);
    }

    /** Of the table that its files keep, sines first, or as that was made. */
    private static List<String> angles(Parts parts, int places, int head) throws ModelException {
        if (!parts.weights().has(TABLE)) {
            return parts.angles(new Rope(10_000, 1), head);
        }
        String table = parts.weights().floats(TABLE, places, head);
        return parts.halves(table).reversed();
    }
}
