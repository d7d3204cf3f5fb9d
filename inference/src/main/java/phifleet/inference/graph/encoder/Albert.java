package phifleet.inference.graph.encoder;

import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.model.ModelException;

/** ALBERT (Lan et al., 2019): BERT with narrower embeddings, whose layers share their weights in groups. */
public record Albert() implements Family {
    private static final EncoderLayer LAYER = new EncoderLayer(
            "attention.query",
            "attention.key",
            "attention.value",
            "attention.dense",
            "attention.LayerNorm",
            "ffn",
            "ffn_output",
            "full_layer_layer_norm");

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        EncoderLayer.Sizes sizes = Bert.sizes(config, "gelu_new");
        int narrow = config.size("embedding_size", 128);
        int groups = config.size("num_hidden_groups", 1);
        int within = config.size("inner_group_num", 1);
        String x = Bert.embeddings(parts, narrow, sizes.epsilon());
        x = parts.linear(x, "encoder.embedding_hidden_mapping_in", narrow, sizes.width(), true);
        Attention attention = sizes.attention(parts);
        for (int i = 0; i < sizes.layers(); i++) {
            // Its code divides in floating point.
            int group = (int) (i / ((double) sizes.layers() / groups));
            for (int j = 0; j < within; j++) {
                String layer = "encoder.albert_layer_groups." + group + ".albert_layers." + j + ".";
                x = LAYER.write(parts, x, layer, sizes, attention, Mask.everything());
            }
        }
        int places = config.size("max_position_embeddings", 512);
        return new Written(x, sizes.width(), attention, Positions.FROM_ZERO, places);
    }
}
