package phifleet.inference.engine.onnx;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.ElementType;
import phifleet.inference.onnx.OnnxNode;
import phifleet.inference.onnx.OnnxSignature;

/**
 * The products of a graph in 32-bit floats with matrices of weights, which are nearly all of what an encoder computes. Weights may be
 * stored in 16-bit floats.
 */
final class LinearLayers {
    /** Narrower ones, such as a head with a few labels, cost nothing. */
    private static final long LEAST_WIDTH = 32;

    private static final Set<Integer> HALVES = Set.of(ElementType.FP16.onnx(), ElementType.BF16.onnx());

    private final OnnxGraph graph;
    private final Map<String, ByteBuffer> tensors;

    /** What is stored in 16 bits, by the name of what is made of it. */
    private final Map<String, String> widened = new HashMap<>();

    /**
     * @param tensors the graph's weights by name, as they are encoded
     */
    LinearLayers(OnnxGraph graph, Map<String, ByteBuffer> tensors) {
        this.graph = graph;
        this.tensors = tensors;
        for (OnnxNode node : graph.nodes()) {
            ByteBuffer stored = tensors.get(node.input(0));
            if (node.operator().equals("Cast")
                    && stored != null
                    && HALVES.contains(ReducedTensor.type(stored))
                    && node.integer("to", 0) == OnnxSignature.FLOAT) {
                widened.put(node.outputs().getFirst(), node.input(0));
            }
        }
    }

    /**
     * One product.
     *
     * @param x what is multiplied, … × in
     * @param weights the name of the tensor that is stored: in × out, or out × in where they are transposed
     * @param bias added to each row; null where there is none
     */
    record Linear(
            String x,
            String weights,
            boolean transposed,
            @Nullable String bias,
            int in,
            int out,
            String result) {}

    /** Whether a value is weights in more bits than they are stored in. */
    boolean isWidened(String value) {
        return widened.containsKey(value);
    }

    /** All of them by the name of their result, in the order in which they are computed. */
    Map<String, Linear> all() {
        Map<String, Linear> found = new LinkedHashMap<>();
        graph.nodes().forEach(node -> linear(node).ifPresent(linear -> found.put(linear.result(), linear)));
        return found;
    }

    private Optional<Linear> linear(OnnxNode node) {
        boolean plain = node.operator().equals("MatMul") && node.inputs().size() == 2;
        boolean gemm = node.operator().equals("Gemm")
                && node.integer("transA", 0) == 0
                && node.real("alpha", 1) == 1
                && (node.real("beta", 1) == 1 || node.input(2).isEmpty());
        String name = widened.getOrDefault(node.input(1), node.input(1));
        ByteBuffer weights = tensors.get(name);
        if ((!plain && !gemm)
                || weights == null
                || tensors.containsKey(node.input(0))
                || (name.equals(node.input(1)) && ReducedTensor.type(weights) != OnnxSignature.FLOAT)) {
            return Optional.empty();
        }
        List<Long> shape = OnnxConstant.read(weights).shape();
        if (shape.size() != 2 || shape.stream().anyMatch(side -> side < LEAST_WIDTH)) {
            return Optional.empty();
        }
        boolean transposed = gemm && node.integer("transB", 0) != 0;
        return Optional.of(new Linear(
                node.input(0),
                name,
                transposed,
                node.input(2).isEmpty() ? null : node.input(2),
                Math.toIntExact(shape.get(transposed ? 1 : 0)),
                Math.toIntExact(shape.get(transposed ? 0 : 1)),
                node.outputs().getFirst()));
    }
}
