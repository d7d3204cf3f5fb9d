package phifleet.inference.graph.encoder;

import java.util.List;
import phifleet.inference.graph.family.Family;
import phifleet.inference.graph.part.Attention;
import phifleet.inference.graph.part.Attribute;
import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Graph;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.model.ModelException;

/**
 * The first DeBERTa (He et al., 2020): as {@link DebertaV2}, but each distance has a vector of its own, queries, keys and values come of
 * one matrix, head by head, and keys have no bias.
 */
public record Deberta() implements Family {
    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        config.mustBeAbsent("talking_head");
        EncoderLayer.Sizes sizes = Bert.sizes(config, "gelu", 1e-7);
        int width = sizes.width();
        int places = config.size("max_position_embeddings", 512);
        List<String> kinds = config.has("pos_att_type") ? DebertaV2.Distances.kinds(config) : List.of();
        double parties = 1.0 + kinds.size();
        int head = width / sizes.heads();
        Attention attention =
                new Attention(parts.graph(), sizes.heads(), sizes.heads(), head, 1 / Math.sqrt(head * parties));
        String x = DebertaV2.embeddings(parts, width, places, sizes.epsilon());
        boolean relative = config.flag("relative_attention", false);
        for (int i = 0; i < sizes.layers(); i++) {
            String layer = "encoder.layer." + i + ".";
            Mask mask = relative ? mask(parts, layer + "attention.self.", sizes, kinds, places) : Mask.everything();
            x = EncoderLayer.BERT.behind(
                    parts, x, attended(parts, x, layer + "attention.self.", sizes, attention, mask), layer, sizes);
        }
        return new Written(x, width, attention, Positions.FROM_ZERO, places);
    }

    private static String attended(
            Parts parts, String x, String self, EncoderLayer.Sizes sizes, Attention attention, Mask mask)
            throws ModelException {
        Graph graph = parts.graph();
        int width = sizes.width();
        int heads = sizes.heads();
        String all = parts.linear(x, self + "in_proj", width, 3L * width, false);
        String apart = graph.op("Reshape", List.of(all, graph.longs(-1, heads, 3L * (width / heads))));
        List<String> qkv = graph.parts(apart, -1, 3).stream()
                .map(part -> graph.op("Reshape", List.of(part, graph.longs(-1, width))))
                .toList();
        return attention.of(
                parts.add(qkv.get(0), parts.weights().floats(self + "q_bias", width)),
                qkv.get(1),
                parts.add(qkv.get(2), parts.weights().floats(self + "v_bias", width)),
                mask);
    }

    private static Mask mask(Parts parts, String self, EncoderLayer.Sizes sizes, List<String> kinds, int places)
            throws ModelException {
        if (kinds.isEmpty()) {
            return Mask.everything();
        }
        int said = parts.config().integer("max_relative_positions", -1);
        int most = said < 1 ? places : said;
        String rows = parts.weights().floats("encoder.rel_embeddings.weight", 2L * most, sizes.width());
        int reach = Math.max(1, Math.min(parts.mostTokens(), places) - 1);
        long[] buckets = new long[2 * reach + 1];
        for (int i = 0; i < buckets.length; i++) {
            // Its code counts from the key to the query.
            buckets[i] = Math.clamp((long) reach - i + most, 0, 2L * most - 1);
        }
        return new Mask.Disentangled(
                kinds.contains("c2p") ? turned(parts, rows, self + "pos_proj", sizes, most, false) : "",
                kinds.contains("p2c") ? turned(parts, rows, self + "pos_q_proj", sizes, most, true) : "",
                parts.graph().longTable(buckets, buckets.length),
                reach);
    }

    /** 1 × heads × width × distances. */
    private static String turned(
            Parts parts, String rows, String matrix, EncoderLayer.Sizes sizes, int most, boolean bias)
            throws ModelException {
        int heads = sizes.heads();
        String made = parts.linear(rows, matrix, sizes.width(), sizes.width(), bias);
        String apart = parts.graph()
                .op("Reshape", List.of(made, parts.graph().longs(1, 2L * most, heads, sizes.width() / heads)));
        return parts.graph().op("Transpose", List.of(apart), Attribute.of("perm", 0L, 2L, 3L, 1L));
    }
}
