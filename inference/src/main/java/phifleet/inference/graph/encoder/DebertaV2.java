package phifleet.inference.graph.encoder;

import java.util.Arrays;
import java.util.List;
import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Attribute;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Convolution;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.model.ModelException;

/**
 * DeBERTa V2 and V3 (He et al., 2021): BERT whose scores are sums of what words say of words, words of distances, and distances of
 * words. Distances fall in buckets that grow, and their vectors are shared by all layers.
 */
public record DebertaV2() implements Family {
    private static final EncoderLayer LAYER = new EncoderLayer(
            "attention.self.query_proj",
            "attention.self.key_proj",
            "attention.self.value_proj",
            "attention.output.dense",
            "attention.output.LayerNorm",
            "intermediate.dense",
            "output.dense",
            "output.LayerNorm");

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        if (!config.flag("relative_attention", false)) {
            throw config.refused("relative_attention is not true, as it is not where nothing says so;"
                    + " only scores that tell distances are supported");
        }
        config.mustBeAbsent("attention_head_size");
        EncoderLayer.Sizes sizes = Bert.sizes(config, "gelu", 1e-7);
        int width = sizes.width();
        int places = config.size("max_position_embeddings", 512);
        String x = embeddings(parts, width, places, sizes.epsilon());
        Distances distances = Distances.read(parts, sizes, places);
        int head = width / sizes.heads();
        Attention attention = new Attention(parts.graph(), sizes.heads(), sizes.heads(), head, distances.scale(head));
        for (int i = 0; i < sizes.layers(); i++) {
            String layer = "encoder.layer." + i + ".";
            String next = LAYER.write(parts, x, layer, sizes, attention, distances.mask(parts, layer, sizes));
            x = i == 0 && config.id("conv_kernel_size", 0) > 0
                    ? Convolution.of(parts, x, next, width, sizes.epsilon())
                    : next;
        }
        return new Written(x, width, attention, Positions.FROM_ZERO, places);
    }

    /** Words, and places and segments where config.json has them. */
    static String embeddings(Parts parts, int width, int places, double epsilon) throws ModelException {
        Config config = parts.config();
        int narrow = config.size("embedding_size", width);
        String x = parts.words("embeddings.word_embeddings.weight", config.size("vocab_size"), narrow);
        if (config.flag("position_biased_input", true)) {
            x = parts.add(x, parts.places("embeddings.position_embeddings.weight", places, narrow));
        }
        int types = config.id("type_vocab_size", 0);
        if (types > 0) {
            x = parts.add(x, parts.segments(types, narrow));
        }
        if (narrow != width) {
            x = parts.linear(x, "embeddings.embed_proj", narrow, width, false);
        }
        return parts.layerNorm(x, "embeddings.LayerNorm", width, epsilon, true);
    }

    /**
     * What layers share: a vector a bucket of distances.
     *
     * @param rows buckets × width
     * @param span buckets one way
     * @param buckets the row for each distance, {@code reach} both ways
     * @param queriesSpeak whether words say something of distances
     * @param keysSpeak whether distances say something of words
     * @param shared whether distances go through the words' own matrices
     */
    record Distances(
            String rows, int span, String buckets, int reach, boolean queriesSpeak, boolean keysSpeak, boolean shared) {

        static Distances read(Parts parts, EncoderLayer.Sizes sizes, int places) throws ModelException {
            Config config = parts.config();
            int said = config.integer("max_relative_positions", -1);
            int most = said < 1 ? places : said;
            int count = config.integer("position_buckets", -1);
            int span = count > 0 ? count : most;
            List<String> kinds = config.has("pos_att_type") ? kinds(config) : List.of();
            String table = "encoder.rel_embeddings";
            String rows = parts.weights().floats(table + ".weight", 2L * span, sizes.width());
            if (Arrays.asList(config.text("norm_rel_ebd", "none").split("\\|")).contains("layer_norm")) {
                rows = parts.layerNorm(rows, "encoder.LayerNorm", sizes.width(), sizes.epsilon(), true);
            }
            int reach = Math.max(1, Math.min(parts.mostTokens(), places) - 1);
            long[] buckets = new long[2 * reach + 1];
            for (int i = 0; i < buckets.length; i++) {
                // Its code counts from the key to the query.
                buckets[i] = Math.clamp(bucket(reach - i, count, most) + span, 0, 2L * span - 1);
            }
            return new Distances(
                    rows,
                    span,
                    parts.graph().longTable(buckets, buckets.length),
                    reach,
                    kinds.contains("c2p"),
                    kinds.contains("p2c"),
                    config.flag("share_att_key", false));
        }

        /** Who has a say in scores besides the words. */
        static List<String> kinds(Config config) throws ModelException {
            List<String> listed = config.texts("pos_att_type");
            List<String> kinds =
                    listed.isEmpty() ? List.of(config.text("pos_att_type", "").split("\\|")) : listed;
            for (String kind : kinds) {
                if (!kind.equals("c2p") && !kind.equals("p2c")) {
                    throw config.refused("pos_att_type has " + kind + ", which is not supported; c2p and p2c are");
                }
            }
            return kinds;
        }

        /** In 32-bit floats, as the models were trained. */
        private static long bucket(int distance, int count, int most) {
            int middle = count / 2;
            if (count < 1 || Math.abs(distance) <= middle) {
                return distance;
            }
            float share = (float) Math.log((float) Math.abs(distance) / middle)
                    / (float) Math.log((float) ((double) (most - 1) / middle));
            return Integer.signum(distance) * ((long) Math.ceil(share * (middle - 1)) + middle);
        }

        double scale(int head) {
            return 1 / Math.sqrt(head * (1.0 + (queriesSpeak ? 1 : 0) + (keysSpeak ? 1 : 0)));
        }

        Mask mask(Parts parts, String layer, EncoderLayer.Sizes sizes) throws ModelException {
            if (!queriesSpeak && !keysSpeak) {
                return Mask.everything();
            }
            String self = layer + "attention.self.";
            String keys = queriesSpeak ? turned(parts, self + (shared ? "key_proj" : "pos_key_proj"), sizes) : "";
            String queries = keysSpeak ? turned(parts, self + (shared ? "query_proj" : "pos_query_proj"), sizes) : "";
            return new Mask.Disentangled(keys, queries, buckets, reach);
        }

        /** 1 × heads × width × buckets. */
        private String turned(Parts parts, String matrix, EncoderLayer.Sizes sizes) throws ModelException {
            int heads = sizes.heads();
            String made = parts.linear(rows, matrix, sizes.width(), sizes.width(), true);
            String apart = parts.graph()
                    .op("Reshape", List.of(made, parts.graph().longs(1, 2L * span, heads, sizes.width() / heads)));
            return parts.graph().op("Transpose", List.of(apart), Attribute.of("perm", 0L, 2L, 3L, 1L));
        }
    }
}
