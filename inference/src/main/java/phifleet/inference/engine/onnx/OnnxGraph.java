package phifleet.inference.engine.onnx;

import static phifleet.inference.onnx.OnnxSignature.GRAPH_INITIALIZER;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_NODE;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import phifleet.inference.onnx.GraphFile;
import phifleet.inference.onnx.OnnxNode;
import phifleet.inference.onnx.OnnxSignature;

/**
 * What one output of a graph depends on.
 *
 * @param nodes its operators, in the order of their dependence
 * @param constants by name: weights, and what {@code Constant} operators hold
 */
record OnnxGraph(List<OnnxNode> nodes, Map<String, OnnxConstant> constants) {
    OnnxGraph {
        nodes = List.copyOf(nodes);
        constants = Map.copyOf(constants);
    }

    /** Reads the encoded fields of a graph. */
    static OnnxGraph of(List<ByteBuffer> fields, String output) {
        List<OnnxNode> all = new ArrayList<>();
        Map<String, OnnxConstant> constants = new HashMap<>();
        for (ByteBuffer field : fields) {
            switch (GraphFile.number(field)) {
                case GRAPH_NODE -> all.add(OnnxNode.read(GraphFile.payload(field)));
                case GRAPH_INITIALIZER -> {
                    ByteBuffer tensor = GraphFile.payload(field);
                    constants.put(
                            OnnxSignature.firstText(tensor, OnnxSignature.TENSOR_NAME), OnnxConstant.read(tensor));
                }
                default -> {}
            }
        }
        List<OnnxNode> nodes = needed(all, output);
        for (OnnxNode node : nodes) {
            if (node.operator().equals("Constant")) {
                // Without a tensor it is a single number or a short list.
                OnnxConstant constant = node.tensor("value")
                        .map(OnnxConstant::read)
                        .orElse(new OnnxConstant(List.of(), List.of(), Double.NaN));
                constants.put(node.outputs().getFirst(), constant);
            }
        }
        return new OnnxGraph(nodes, constants);
    }

    /** Those of some nodes that an output depends on, in their order. */
    static List<OnnxNode> needed(List<OnnxNode> nodes, String output) {
        Set<String> names = new HashSet<>(Set.of(output));
        List<OnnxNode> needed = new ArrayList<>();
        for (OnnxNode node : nodes.reversed()) {
            if (node.outputs().stream().anyMatch(names::contains)) {
                names.addAll(node.reads());
                needed.add(node);
            }
        }
        Collections.reverse(needed);
        return needed;
    }

    /** Whether an operator holds a graph of its own, which may use any value of this one. */
    boolean isNested() {
        return nodes.stream().anyMatch(OnnxNode::holdsGraphs);
    }
}
