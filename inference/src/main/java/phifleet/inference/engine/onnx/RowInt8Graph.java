package phifleet.inference.engine.onnx;

import static phifleet.inference.engine.onnx.GraphParts.node;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_INITIALIZER;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_NODE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import phifleet.inference.engine.onnx.LinearLayers.Linear;
import phifleet.inference.graph.RowInt8;
import phifleet.inference.graph.part.HalfFloat;
import phifleet.inference.graph.safetensors.StoredTensor;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.onnx.GraphFile;
import phifleet.inference.onnx.OnnxNode;
import phifleet.inference.onnx.OnnxSignature;
import phifleet.inference.onnx.ProtoWriter;
import phifleet.inference.onnx.WeightBytes;

/** Rewrites a prepared graph of 32-bit floats so that its products are made of 8-bit integers, row by row ({@link RowInt8}). */
final class RowInt8Graph {
    /** Places of a {@code Slice} are inputs from here on. */
    private static final long LEAST_OPSET = 10;

    private final Path source;
    private final List<ByteBuffer> fields;
    private final long opset;
    private final WeightFile file;
    private final RowInt8Weights quantised;
    private final OnnxGraph graph;
    private final Map<String, ByteBuffer> tensors = new LinkedHashMap<>();
    private final LinearLayers layers;
    private final Map<String, Linear> linears;

    private RowInt8Graph(Path source, List<ByteBuffer> fields, String output, long opset, WeightFile file, int most) {
        this.source = source;
        this.fields = fields;
        this.opset = opset;
        this.file = file;
        this.quantised = new RowInt8Weights(file, most);
        this.graph = OnnxGraph.of(fields, output);
        for (ByteBuffer field : fields) {
            if (GraphFile.number(field) == GRAPH_INITIALIZER) {
                ByteBuffer tensor = GraphFile.payload(field);
                tensors.put(OnnxSignature.firstText(tensor, OnnxSignature.TENSOR_NAME), tensor);
            }
        }
        this.layers = new LinearLayers(graph, tensors);
        this.linears = layers.all();
    }

    /**
     * Writes a copy.
     *
     * @param source its weights lie beside it
     * @param inputs of the source
     * @param output the one that is kept
     * @param weights a new file beside the target
     * @throws ModelException if there is nothing to be made integers, or the graph is of a form that this cannot do
     */
    static void write(
            ModelSpec spec, Path source, ActivationRanges.Inputs inputs, Path target, String output, Path weights)
            throws IOException, ModelException {
        long opset = GraphFile.opset(source);
        if (opset < LEAST_OPSET) {
            throw new ModelException(
                    "precision int8 wants a graph of version 10 of ONNX's operators or a newer one, not " + opset);
        }
        List<ByteBuffer> fields = GraphFile.read(source);
        try (WeightFile file = new WeightFile(weights)) {
            RowInt8Graph graph = new RowInt8Graph(source, fields, output, opset, file, ByteProducts.most());
            SequencedMap<String, Integer> measured = new LinkedHashMap<>();
            graph.linears.values().forEach(linear -> measured.put(linear.x(), linear.in()));
            int vocabulary = VocabularySize.of(graph.graph);
            if (measured.isEmpty() || vocabulary == 0) {
                throw new ModelException("precision int8 finds no products of 32-bit floats in the graph");
            }
            List<ByteBuffer> rewritten =
                    graph.rewritten(ActivationRanges.measure(spec, source, inputs, measured, vocabulary));
            GraphFile.rewrite(source, target, same -> rewritten);
        }
    }

    private List<ByteBuffer> rewritten(Map<String, float[]> ranges) throws IOException {
        RowInt8 integers = new RowInt8(opset);
        Map<String, float[]> divisors = divisors(ranges);
        Map<String, RowInt8.Rows> rows = new HashMap<>();
        ProtoWriter written = new ProtoWriter();
        Set<String> read = readBeside();
        for (OnnxNode node : graph.nodes()) {
            String result = node.outputs().getFirst();
            Linear linear = linears.get(result);
            if (linear == null && layers.isWidened(result) && !read.contains(result)) {
                continue;
            }
            if (linear == null) {
                read.addAll(node.reads());
                written.message(GRAPH_NODE, node.between(node.inputs(), node.outputs()));
                continue;
            }
            float[] divisor = Objects.requireNonNull(divisors.get(linear.x()));
            RowInt8.Rows made = rows.get(linear.x());
            if (made == null) {
                made = integers.rows(linear.x(), linear.in(), quantised.inverse(linear.x(), divisor));
                rows.put(linear.x(), made);
            }
            RowInt8.Weights weights = quantised.write(linear.weights(), matrix(linear), divisor);
            RowInt8.Product product = integers.product(made, weights, linear.out(), linear.bias());
            written.field(integers.newNodes())
                    .message(GRAPH_NODE, node("Reshape", linear.result(), product.rows(), product.shape()));
        }
        for (Map.Entry<String, ByteBuffer> tensor : tensors.entrySet()) {
            if (read.contains(tensor.getKey())) {
                written.message(GRAPH_INITIALIZER, kept(tensor.getKey(), tensor.getValue()));
            }
        }
        written.field(integers.surroundings());
        return GraphFile.withNodes(fields, written, field -> GraphFile.number(field) != GRAPH_INITIALIZER);
    }

    /** What is read by more than products and what makes their weights wider. */
    private Set<String> readBeside() {
        Set<String> read = new HashSet<>();
        linears.values().stream().map(Linear::bias).filter(Objects::nonNull).forEach(read::add);
        for (OnnxNode node : graph.nodes()) {
            String result = node.outputs().getFirst();
            if (!linears.containsKey(result) && !layers.isWidened(result)) {
                read.addAll(node.reads());
            }
        }
        return read;
    }

    /** By what is multiplied: all that is multiplied with it shares them. */
    private Map<String, float[]> divisors(Map<String, float[]> ranges) throws IOException {
        Map<String, List<RowInt8Weights.Matrix>> matrices = new HashMap<>();
        for (Linear linear : linears.values()) {
            matrices.computeIfAbsent(linear.x(), x -> new ArrayList<>()).add(matrix(linear));
        }
        Map<String, float[]> divisors = new HashMap<>();
        matrices.forEach(
                (x, all) -> divisors.put(x, RowInt8Weights.divisors(Objects.requireNonNull(ranges.get(x)), all)));
        return divisors;
    }

    private RowInt8Weights.Matrix matrix(Linear linear) throws IOException {
        ByteBuffer tensor = Objects.requireNonNull(tensors.get(linear.weights()));
        ByteBuffer numbers = WeightBytes.of(tensor, source.resolveSibling(""));
        ElementType type = type(tensor);
        FloatBuffer floats = type == ElementType.FP32 ? numbers.asFloatBuffer() : widened(numbers, type);
        return new RowInt8Weights.Matrix(floats, linear.transposed(), linear.in(), linear.out());
    }

    private static FloatBuffer widened(ByteBuffer numbers, ElementType type) {
        FloatBuffer floats = FloatBuffer.allocate(numbers.remaining() / Short.BYTES);
        while (numbers.hasRemaining()) {
            floats.put(HalfFloat.wide(numbers.getShort(), type));
        }
        return floats.flip();
    }

    private static ElementType type(ByteBuffer tensor) {
        return ElementType.ofOnnx(ReducedTensor.type(tensor)).orElseThrow();
    }

    /** A weight that stays what it is; one that was in another file moves to the new one. */
    private ProtoWriter kept(String name, ByteBuffer tensor) throws IOException {
        ProtoWriter copy = new ProtoWriter();
        if (!ReducedTensor.isExternal(tensor)) {
            GraphFile.fields(tensor).forEach(copy::field);
            return copy;
        }
        StoredTensor moved = file.add(
                name,
                type(tensor),
                OnnxConstant.read(tensor).shape(),
                WeightBytes.of(tensor, source.resolveSibling("")));
        return moved.initializer(name);
    }
}
