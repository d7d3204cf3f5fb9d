package phifleet.inference.engine.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many tokens a graph of texts knows. */
final class VocabularySize {
    /** Ids are cast, packed and given another shape before they are looked up, and no more. */
    private static final int MOST_STEPS = 8;

    private VocabularySize() {}

    /** The rows of the table that ids are looked up in; 0 where none is found. */
    static int of(OnnxGraph graph) {
        Map<String, String> origins = new HashMap<>();
        graph.nodes().forEach(node -> node.outputs().forEach(value -> origins.put(value, node.input(0))));
        return graph.nodes().stream()
                .filter(node -> node.operator().equals("Gather"))
                .filter(node -> isOfIds(node.input(1), origins))
                .map(node -> graph.constants().get(node.input(0)))
                .filter(table -> table != null && table.isMatrix())
                .map(OnnxConstant::shape)
                .map(List::getFirst)
                .mapToInt(Math::toIntExact)
                .max()
                .orElse(0);
    }

    private static boolean isOfIds(String value, Map<String, String> origins) {
        String origin = value;
        for (int i = 0; i < MOST_STEPS && origin != null; i++) {
            if (origin.equals(GraphInputs.IDS)) {
                return true;
            }
            origin = origins.get(origin);
        }
        return false;
    }
}
