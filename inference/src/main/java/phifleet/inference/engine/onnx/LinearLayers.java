package phifleet.inference.engine.onnx;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.inference.onnx.OnnxNode;
import phifleet.inference.onnx.OnnxSignature;

/** The products of a graph with matrices of weights in 32-bit floats, which are nearly all of what an encoder computes. */
final class LinearLayers {
    /** Narrower ones, such as a head with a few labels, cost nothing. */
    private static final long LEAST_WIDTH = 32;

    private final OnnxGraph graph;
    private final Map<String, ByteBuffer> tensors;

    /**
     * @param tensors the graph's weights by name, as they are encoded
     */
    LinearLayers(OnnxGraph graph, Map<String, ByteBuffer> tensors) {
        this.graph = graph;
        this.tensors = tensors;
    }

    /**
     * One product.
     *
     * @param x what is multiplied, … × in
     * @param weights in × out, or out × in where they are transposed
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
        ByteBuffer weights = tensors.get(node.input(1));
        if ((!plain && !gemm)
                || weights == null
                || tensors.containsKey(node.input(0))
                || ReducedTensor.type(weights) != OnnxSignature.FLOAT) {
            return Optional.empty();
        }
        List<Long> shape = OnnxConstant.read(weights).shape();
        if (shape.size() != 2 || shape.stream().anyMatch(side -> side < LEAST_WIDTH)) {
            return Optional.empty();
        }
        boolean transposed = gemm && node.integer("transB", 0) != 0;
        return Optional.of(new Linear(
                node.input(0),
                node.input(1),
                transposed,
                node.input(2).isEmpty() ? null : node.input(2),
                Math.toIntExact(shape.get(transposed ? 1 : 0)),
                Math.toIntExact(shape.get(transposed ? 0 : 1)),
                node.outputs().getFirst()));
    }
}
