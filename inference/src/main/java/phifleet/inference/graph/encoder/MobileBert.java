package phifleet.inference.graph.encoder;

import java.util.List;
import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Attribute;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.model.ModelException;

/**
 * MobileBERT (Sun et al., 2020): BERT whose layers are narrow inside, between linear layers that come from and go to the full width, with
 * several feed-forward networks each; a token's embedding is made of its neighbours' too.
 */
public record MobileBert() implements Family {
    /** Of the norms to which its code gives none. */
    private static final double EPSILON = 1e-5;

    /**
     * What its layers share.
     *
     * @param width of a token's vector
     * @param narrow of what is inside a layer
     * @param plain whether norms only scale and shift
     * @param bottleneck whether layers are narrow inside
     * @param narrowValues whether values are narrow too, and all of attention has one input
     * @param narrowKeys whether queries and keys are, by a layer of their own
     */
    private record Sizes(
            EncoderLayer.Sizes all,
            int width,
            int narrow,
            boolean plain,
            boolean bottleneck,
            boolean narrowValues,
            boolean narrowKeys,
            int networks) {}

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        EncoderLayer.Sizes all = Bert.sizes(config, "relu");
        boolean bottleneck = config.flag("use_bottleneck", true);
        Sizes sizes = new Sizes(
                all,
                all.width(),
                bottleneck ? config.size("intra_bottleneck_size", 128) : all.width(),
                isPlain(config),
                bottleneck,
                config.flag("use_bottleneck_attention", false),
                config.flag("key_query_shared_bottleneck", true),
                config.size("num_feedforward_networks", 4));
        int head = config.head(sizes.narrow(), all.heads());
        Attention attention = new Attention(parts.graph(), all.heads(), all.heads(), head, 1 / Math.sqrt(head));
        String x = embeddings(parts, sizes);
        for (int i = 0; i < all.layers(); i++) {
            x = layer(parts, x, "encoder.layer." + i + ".", sizes, attention);
        }
        int places = config.size("max_position_embeddings", 512);
        return new Written(x, sizes.width(), attention, Positions.FROM_ZERO, places);
    }

    private static boolean isPlain(Config config) throws ModelException {
        String norm = config.text("normalization_type", "no_norm");
        return switch (norm) {
            case "no_norm" -> true;
            case "layer_norm" -> false;
            default ->
                throw config.refused("normalization_type " + norm + " is not supported; no_norm and layer_norm are");
        };
    }

    private static String embeddings(Parts parts, Sizes sizes) throws ModelException {
        Config config = parts.config();
        int width = sizes.width();
        int words = config.size("embedding_size", 128);
        boolean trigrams = config.flag("trigram_input", true);
        String x = parts.words("embeddings.word_embeddings.weight", config.size("vocab_size"), words);
        if (trigrams) {
            x = parts.graph()
                    .op("Concat", List.of(parts.neighbour(x, 1), x, parts.neighbour(x, -1)), Attribute.of("axis", -1));
        }
        String transformation = "embeddings.embedding_transformation";
        if (trigrams || words != width) {
            x = parts.linear(x, transformation, trigrams ? 3L * words : words, width, true);
        } else {
            // Its files have them all the same.
            parts.weights().leave(transformation + ".weight");
            parts.weights().leave(transformation + ".bias");
        }
        String places = parts.places(
                "embeddings.position_embeddings.weight", config.size("max_position_embeddings", 512), width);
        String sum = parts.add(parts.add(x, places), parts.segments(config.size("type_vocab_size", 2), width));
        return norm(parts, sum, "embeddings.LayerNorm", width, sizes, EPSILON);
    }

    private static String layer(Parts parts, String x, String layer, Sizes sizes, Attention attention)
            throws ModelException {
        double epsilon = sizes.all().epsilon();
        int narrow = sizes.narrow();
        String input = sizes.bottleneck() ? dense(parts, x, layer + "bottleneck.input", sizes) : x;
        String seen = added(
                parts,
                parts.linear(
                        attended(parts, x, input, layer, sizes, attention),
                        layer + "attention.output.dense",
                        narrow,
                        narrow,
                        true),
                input,
                layer + "attention.output.LayerNorm",
                narrow,
                sizes,
                epsilon);
        for (int i = 0; i < sizes.networks() - 1; i++) {
            String network = layer + "ffn." + i + ".";
            seen = added(
                    parts,
                    inner(parts, seen, network, sizes),
                    seen,
                    network + "output.LayerNorm",
                    narrow,
                    sizes,
                    epsilon);
        }
        String out = added(
                parts, inner(parts, seen, layer, sizes), seen, layer + "output.LayerNorm", narrow, sizes, EPSILON);
        return sizes.bottleneck()
                ? added(
                        parts,
                        parts.linear(out, layer + "output.bottleneck.dense", narrow, sizes.width(), true),
                        x,
                        layer + "output.bottleneck.LayerNorm",
                        sizes.width(),
                        sizes,
                        epsilon)
                : out;
    }

    /**
     * What attention gives.
     *
     * @param x what goes into the layer
     * @param input the same made narrow
     */
    private static String attended(Parts parts, String x, String input, String layer, Sizes sizes, Attention attention)
            throws ModelException {
        boolean narrowAll = !sizes.bottleneck() || sizes.narrowValues();
        boolean shared = sizes.bottleneck() && sizes.narrowKeys();
        String keys = narrowAll ? input : shared ? dense(parts, x, layer + "bottleneck.attention", sizes) : x;
        if (narrowAll && shared) {
            for (String name : List.of("dense.weight", "dense.bias", "LayerNorm.weight", "LayerNorm.bias")) {
                parts.weights().leave(layer + "bottleneck.attention." + name);
            }
        }
        String self = layer + "attention.self.";
        int narrow = sizes.narrow();
        return attention.of(
                parts.linear(keys, self + "query", narrow, narrow, true),
                parts.linear(keys, self + "key", narrow, narrow, true),
                parts.linear(
                        narrowAll ? input : x,
                        self + "value",
                        sizes.narrowValues() ? narrow : sizes.width(),
                        narrow,
                        true),
                Mask.everything());
    }

    /** From the full width to the narrow one. */
    private static String dense(Parts parts, String x, String layer, Sizes sizes) throws ModelException {
        String made = parts.linear(x, layer + ".dense", sizes.width(), sizes.narrow(), true);
        return norm(
                parts,
                made,
                layer + ".LayerNorm",
                sizes.narrow(),
                sizes,
                sizes.all().epsilon());
    }

    private static String inner(Parts parts, String x, String network, Sizes sizes) throws ModelException {
        int inner = sizes.all().inner();
        String bent = parts.activation(
                parts.linear(x, network + "intermediate.dense", sizes.narrow(), inner, true),
                sizes.all().activation());
        return parts.linear(bent, network + "output.dense", inner, sizes.narrow(), true);
    }

    private static String added(
            Parts parts, String answer, String x, String name, int width, Sizes sizes, double epsilon)
            throws ModelException {
        return norm(parts, parts.add(answer, x), name, width, sizes, epsilon);
    }

    private static String norm(Parts parts, String x, String name, int width, Sizes sizes, double epsilon)
            throws ModelException {
        return sizes.plain()
                ? parts.add(
                        parts.multiply(x, parts.weights().floats(name + ".weight", width)),
                        parts.weights().floats(name + ".bias", width))
                : parts.layerNorm(x, name, width, epsilon, true);
    }
}
