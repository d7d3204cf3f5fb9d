package phifleet.inference.onnx;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** The table of an exported graph from which a token's id takes a row. */
public final class EmbeddingTable {
    private static final String IDS = "input_ids";

    /** What leaves ids what they are. */
    private static final Set<String> SAME = Set.of("Cast", "Identity", "Reshape", "Unsqueeze", "Squeeze", "Flatten");

    /** What leaves the number of a table's rows as it is. */
    private static final Set<String> SAME_ROWS = Set.of("Cast", "Identity", "DequantizeLinear");

    private EmbeddingTable() {}

    /** How many ids it has a row for; empty where the graph does not take ids to rows in a way that is known here. */
    public static OptionalLong rows(ByteBuffer model) {
        List<OnnxNode> operators = new ArrayList<>();
        Map<String, Long> rows = new HashMap<>();
        ProtoReader reader = new ProtoReader(model);
        while (reader.next()) {
            if (reader.number() == OnnxSignature.MODEL_GRAPH) {
                read(reader.payload(), operators, rows);
            }
        }
        Set<String> ids = new HashSet<>(Set.of(IDS));
        OptionalLong least = OptionalLong.empty();
        for (OnnxNode operator : operators) {
            String first = operator.input(0);
            if (SAME.contains(operator.operator()) && ids.contains(first)) {
                ids.addAll(operator.outputs());
            }
            if (SAME_ROWS.contains(operator.operator()) && rows.containsKey(first)) {
                operator.outputs().forEach(output -> rows.put(output, rows.getOrDefault(first, 0L)));
            }
            Long found = rows.get(table(operator, ids));
            if (found != null && (least.isEmpty() || found < least.getAsLong())) {
                least = OptionalLong.of(found);
            }
        }
        return least;
    }

    /** The name of the table that an operator takes rows of by ids; empty where it does not. */
    private static String table(OnnxNode operator, Set<String> ids) {
        return switch (operator.operator()) {
            case "Gather" ->
                ids.contains(operator.input(1)) && operator.integer("axis", 0) == 0 ? operator.input(0) : "";
            case "GatherBlockQuantized" ->
                ids.contains(operator.input(1)) && operator.integer("gather_axis", 0) == 0 ? operator.input(0) : "";
            case "EmbedLayerNormalization", "QEmbedLayerNormalization" ->
                ids.contains(operator.input(0)) ? operator.input(2) : "";
            default -> "";
        };
    }

    private static void read(ByteBuffer graph, List<OnnxNode> operators, Map<String, Long> rows) {
        ProtoReader reader = new ProtoReader(graph);
        while (reader.next()) {
            switch (reader.number()) {
                case OnnxSignature.GRAPH_NODE -> operators.add(OnnxNode.read(reader.payload()));
                case OnnxSignature.GRAPH_INITIALIZER -> {
                    StoredWeight weight = StoredWeight.read(reader.payload());
                    if (weight.shape().size() == 2) {
                        rows.put(weight.name(), weight.shape().getFirst());
                    }
                }
                default -> {}
            }
        }
    }
}
