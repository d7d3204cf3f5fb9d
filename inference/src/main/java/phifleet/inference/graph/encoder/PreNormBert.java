package phifleet.inference.graph.encoder;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.graph.part.Rope;
import phifleet.inference.model.ModelException;

/**
 * BERT and RoBERTa that normalise before each part and once behind all (Megatron-LM: Shoeybi et al., 2019; XLM-R XL: Goyal et al.,
 * 2021; RoBERTa-PreLayerNorm of fairseq).
 *
 * @param behindPadding whether places count from behind {@code pad_token_id}
 * @param embeddingNorm whether what goes into the first layer is normalised too
 * @param attentionNorm the name of the norm before attention, behind the layer's own
 * @param innerNorm that of the one before the linear layers
 * @param lastNorm that of the one behind all layers
 */
public record PreNormBert(
        boolean behindPadding, boolean embeddingNorm, String attentionNorm, String innerNorm, String lastNorm)
        implements Family {
    public static final PreNormBert MEGATRON = new PreNormBert(false, false, "attention.ln", "ln", "encoder.ln");
    public static final PreNormBert XLM_ROBERTA_XL =
            new PreNormBert(true, false, "attention.self_attn_layer_norm", "LayerNorm", "encoder.LayerNorm");
    public static final PreNormBert ROBERTA =
            new PreNormBert(true, true, "attention.LayerNorm", "intermediate.LayerNorm", "LayerNorm");

    @Override
    public List<String> stacks() {
        return List.of("embeddings.", "encoder.", "LayerNorm.");
    }

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        EncoderLayer.Sizes sizes = Bert.sizes(config, "gelu", behindPadding && !embeddingNorm ? 1e-5 : 1e-12);
        int width = sizes.width();
        String x = embeddingNorm ? Bert.embeddings(parts, width, sizes.epsilon()) : Bert.plainEmbeddings(parts, width);
        Attention attention = sizes.attention(parts);
        for (int i = 0; i < sizes.layers(); i++) {
            x = layer(parts, x, "encoder.layer." + i + ".", sizes, attention, null);
        }
        Positions places = behindPadding ? new Positions(config.id("pad_token_id", 1)) : Positions.FROM_ZERO;
        int room = places.room(config.size("max_position_embeddings"));
        return new Written(parts.layerNorm(x, lastNorm, width, sizes.epsilon(), true), width, attention, places, room);
    }

    /**
     * One layer.
     *
     * @param layer the beginning of its tensors' names
     * @param rope how it turns its queries and keys; null where it does not
     */
    String layer(
            Parts parts, String x, String layer, EncoderLayer.Sizes sizes, Attention attention, @Nullable Rope rope)
            throws ModelException {
        int width = sizes.width();
        int heads = sizes.heads();
        String self = layer + "attention.self.";
        String normed = parts.layerNorm(x, layer + attentionNorm, width, sizes.epsilon(), true);
        String query = parts.linear(normed, self + "query", width, width, true);
        String key = parts.linear(normed, self + "key", width, width, true);
        String attended = attention.of(
                rope == null ? query : parts.rotate(query, heads, width / heads, rope),
                rope == null ? key : parts.rotate(key, heads, width / heads, rope),
                parts.linear(normed, self + "value", width, width, true),
                Mask.everything());
        String seen = parts.add(x, parts.linear(attended, layer + "attention.output.dense", width, width, true));
        normed = parts.layerNorm(seen, layer + innerNorm, width, sizes.epsilon(), true);
        String bent = parts.activation(
                parts.linear(normed, layer + "intermediate.dense", width, sizes.inner(), true), sizes.activation());
        return parts.add(seen, parts.linear(bent, layer + "output.dense", sizes.inner(), width, true));
    }
}
