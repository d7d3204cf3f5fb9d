package phifleet.inference.graph.encoder;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Attribute;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Graph;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.graph.part.Rope;
import phifleet.inference.model.ModelException;

/**
 * ESM-1b and ESM-2 (Rives et al., 2021; Lin et al., 2023), encoders of proteins: BERT that normalises before each part and once behind all, with
 * a table of places or turned heads. Words of a text are scaled by how many of its tokens are masks, which themselves count as nothing.
 */
public record Esm() implements Family {
    private static final PreNormBert LAYERS =
            new PreNormBert(true, false, "attention.LayerNorm", "LayerNorm", "encoder.emb_layer_norm_after");

    /** The share of tokens that training left as they were: 85 % were not chosen, and of the chosen 80 % became masks. */
    private static final float KEPT = (float) (1 - 0.15 * 0.8);

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        config.mustBeAbsent("is_decoder");
        config.mustBeAbsent("add_cross_attention");
        config.mustBeAbsent("is_folding_model");
        EncoderLayer.Sizes sizes = new EncoderLayer.Sizes(
                config.size("num_hidden_layers"),
                config.size("hidden_size"),
                config.size("intermediate_size"),
                config.size("num_attention_heads"),
                "gelu",
                config.number("layer_norm_eps", 1e-12));
        int width = sizes.width();
        int table = config.size("max_position_embeddings", 1026);
        boolean turns = turns(config);
        Positions places = turns ? Positions.FROM_ZERO : new Positions(config.id("pad_token_id", 1));
        String x = parts.words("embeddings.word_embeddings.weight", config.size("vocab_size"), width);
        if (config.flag("token_dropout", false)) {
            x = scaled(parts, x, places);
        }
        if (!turns) {
            x = parts.add(x, parts.places("embeddings.position_embeddings.weight", table, width));
        }
        // Files of turned heads may hold a table that nobody reads.
        parts.weights().leave("embeddings.position_embeddings.weight");
        if (config.flag("emb_layer_norm_before", false)) {
            x = parts.layerNorm(x, "embeddings.layer_norm", width, sizes.epsilon(), true);
        }
        Attention attention = sizes.attention(parts);
        // Releases up to 4 of transformers have one base for all.
        double base = config.isBefore5() ? 10_000 : config.number("rope_theta", 10_000);
        @Nullable Rope rope = turns ? new Rope(base, 1) : null;
        for (int i = 0; i < sizes.layers(); i++) {
            x = LAYERS.layer(parts, x, "encoder.layer." + i + ".", sizes, attention, rope);
        }
        String hidden = parts.layerNorm(x, LAYERS.lastNorm(), width, sizes.epsilon(), true);
        return new Written(hidden, width, attention, places, places.room(table));
    }

    private static boolean turns(Config config) throws ModelException {
        String key = "position_embedding_type";
        String type = config.text(key, "absolute");
        return switch (type) {
            case "rotary" -> true;
            case "absolute" -> false;
            default -> throw config.refused(key + " is " + type + "; absolute and rotary are supported");
        };
    }

    /** A text begins with its first token that is no padding: its class token, in all texts as the model was trained on. */
    private static String scaled(Parts parts, String words, Positions places) throws ModelException {
        Graph graph = parts.graph();
        String first = graph.scalar(places.paddingId() + 1L);
        String begins = graph.op("Equal", List.of(Parts.POSITIONS, first));
        String starts = graph.op("Reshape", List.of(graph.op("NonZero", List.of(begins)), graph.longs(-1)));
        String ends = graph.op(
                "Concat",
                List.of(
                        graph.op("Slice", List.of(starts, graph.longs(1), graph.longs(Integer.MAX_VALUE))),
                        graph.op("Shape", List.of(Parts.POSITIONS))),
                Attribute.of("axis", 0));
        String mask = graph.scalar((long) parts.config().id("mask_token_id"));
        String masks = graph.op("Equal", List.of(Parts.IDS, mask));
        String before = graph.op("Concat", List.of(graph.longs(0), counted(graph, masks)), Attribute.of("axis", 0));
        String own = graph.op(
                "Sub", List.of(graph.op("Gather", List.of(before, ends)), graph.op("Gather", List.of(before, starts))));
        String others = graph.op("Sub", List.of(graph.op("Sub", List.of(ends, starts)), own));
        String lengths = real(graph, graph.op("Sub", List.of(ends, starts)));
        String factors = graph.op("Div", List.of(parts.multiply(lengths, graph.scalar(KEPT)), real(graph, others)));
        String text = graph.op("Sub", List.of(counted(graph, begins), graph.scalar(1L)));
        String kept = graph.op("Where", List.of(column(graph, masks), graph.scalar(0f), words));
        return parts.multiply(kept, column(graph, graph.op("Gather", List.of(factors, text))));
    }

    /** How many there are up to each, itself included. */
    private static String counted(Graph graph, String flags) {
        String ones = graph.op("Cast", List.of(flags), Attribute.of("to", Graph.INT64));
        return graph.op("CumSum", List.of(ones, graph.scalar(0L)));
    }

    private static String real(Graph graph, String numbers) {
        return graph.op(
                "Cast", List.of(numbers), Attribute.of("to", graph.real().onnx()));
    }

    private static String column(Graph graph, String row) {
        return graph.op("Unsqueeze", List.of(row, graph.longs(1)));
    }
}
