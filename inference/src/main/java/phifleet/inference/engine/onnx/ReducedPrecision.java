package phifleet.inference.engine.onnx;

import static phifleet.inference.engine.onnx.GraphParts.integer;
import static phifleet.inference.onnx.OnnxNode.ATTRIBUTE;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_INITIALIZER;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_INPUT;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_NODE;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_OUTPUT;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.ModelException;
import phifleet.inference.onnx.GraphFile;
import phifleet.inference.onnx.OnnxNode;
import phifleet.inference.onnx.OnnxSignature;
import phifleet.inference.onnx.ProtoReader;
import phifleet.inference.onnx.ProtoWriter;

/**
 * Rewrites a graph of 32-bit floats so that it computes in 16-bit ones: half the memory, and on a GPU several times the pace.
 *
 * <p>Weights are rounded, to the nearest and ties to even; what is too large for the type, as masks are, becomes its largest
 * number, since an infinity times zero is none. The graph's inputs and outputs stay 32-bit floats, with a Cast at each border.
 * Operators that need 32 bits, or exist in no other ({@link #FULL}), get them between Casts; so does the pooling, which adds up
 * all of a text's tokens ({@link PoolingGraph}).
 *
 * <p>What type a value has is told from its operator ({@link ValueTypes}). Graphs that hold others (branches, loops), that are
 * quantised or keep weights in other files are refused, since they cannot be told so.
 */
final class ReducedPrecision {
    /** As onnxconverter-common keeps them, by name or by range; sums along an axis lose too much in 16 bits. */
    private static final Set<String> FULL = Set.of(
            "CumSum",
            "GridSample",
            "ImageDecoder",
            "Max",
            "Min",
            "NonMaxSuppression",
            "OneHot",
            "RandomNormal",
            "RandomNormalLike",
            "RandomUniform",
            "RandomUniformLike",
            "Range",
            "ReduceSumSquare",
            "Resize",
            "RoiAlign",
            "TopK",
            "Upsample");

    private static final Set<String> REFUSED = Set.of(
            "ConvInteger",
            "DequantizeLinear",
            "DynamicQuantizeLinear",
            "DynamicQuantizeMatMul",
            "MatMulInteger",
            "MatMulIntegerToFloat",
            "MatMulNBits",
            "QAttention",
            "QLinearConv",
            "QLinearMatMul",
            "QuantizeLinear");

    /** Of one value between a Cast and the node that wants it. */
    private static final String WIDE = "phifleet_wide/";

    private static final String BORDER = "phifleet_border/";

    private final ElementType to;
    private final List<ByteBuffer> fields;
    private final ValueTypes types;
    private final ProtoWriter written = new ProtoWriter();
    private int casts;

    private ReducedPrecision(List<ByteBuffer> fields, ElementType to) {
        this.fields = fields;
        this.to = to;
        this.types = ValueTypes.of(fields);
    }

    /**
     * Writes a copy of a model that computes in other floats.
     *
     * @param to {@link ElementType#FP16} or {@link ElementType#BF16}
     * @throws ModelException if the graph is none that can be told; the message says why
     */
    static void write(Path source, Path target, ElementType to) throws IOException, ModelException {
        List<String> refusals = new ArrayList<>();
        GraphFile.rewrite(source, target, fields -> {
            ReducedPrecision graph = new ReducedPrecision(fields, to);
            String refusal = graph.refusal();
            if (!refusal.isEmpty()) {
                refusals.add(refusal);
                return fields;
            }
            return graph.rewritten();
        });
        if (!refusals.isEmpty()) {
            throw new ModelException("cannot be made " + to + ": " + refusals.getFirst());
        }
    }

    /** Whether a model's matrices of weights are 32-bit floats, so that there is something to reduce. */
    static boolean isWide(Path source) throws IOException {
        try (FileChannel file = FileChannel.open(source, StandardOpenOption.READ)) {
            ProtoReader model = new ProtoReader(file.map(MapMode.READ_ONLY, 0, file.size()));
            while (model.next()) {
                if (model.number() == OnnxSignature.MODEL_GRAPH) {
                    return GraphFile.fields(model.payload()).stream()
                            .filter(field -> GraphFile.number(field) == GRAPH_INITIALIZER)
                            .map(GraphFile::payload)
                            .anyMatch(tensor -> ReducedTensor.type(tensor) == OnnxSignature.FLOAT
                                    && OnnxConstant.read(tensor).shape().size() > 1);
                }
            }
            return false;
        }
    }

    /** Why the graph is left as it is; empty where it can be rewritten. */
    private String refusal() {
        for (ByteBuffer field : fields) {
            switch (GraphFile.number(field)) {
                case GRAPH_NODE -> {
                    OnnxNode node = OnnxNode.read(GraphFile.payload(field));
                    if (node.holdsGraphs()) {
                        return "its operator " + node.operator() + " holds a graph of its own";
                    }
                    if (REFUSED.contains(node.operator())) {
                        return "it is quantised (" + node.operator() + ")";
                    }
                }
                case GRAPH_INITIALIZER -> {
                    if (ReducedTensor.isExternal(GraphFile.payload(field))) {
                        return "its weights are in another file";
                    }
                }
                default -> {}
            }
        }
        return "";
    }

    private List<ByteBuffer> rewritten() {
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        for (ByteBuffer field : fields) {
            int number = GraphFile.number(field);
            if (number == GRAPH_INPUT || number == GRAPH_OUTPUT) {
                String name = OnnxSignature.firstText(GraphFile.payload(field), 1);
                if (types.isFloat(name) && !types.isConstant(name) && !PoolingGraph.isOwn(name)) {
                    (number == GRAPH_INPUT ? inputs : outputs).add(name);
                }
            }
        }
        Borders borders = new Borders(inputs, outputs);
        inputs.forEach(name -> cast(borders.inside(name), name, to));
        for (ByteBuffer field : fields) {
            switch (GraphFile.number(field)) {
                case GRAPH_NODE -> rewrite(OnnxNode.read(GraphFile.payload(field)), borders);
                case GRAPH_INITIALIZER -> {
                    ByteBuffer tensor = GraphFile.payload(field);
                    boolean real = types.isFloat(OnnxSignature.firstText(tensor, OnnxSignature.TENSOR_NAME));
                    written.message(GRAPH_INITIALIZER, real ? ReducedTensor.of(tensor, to) : copy(tensor));
                }
                default -> {}
            }
        }
        outputs.forEach(name -> cast(name, borders.inside(name), ElementType.FP32));
        // An old graph lists its weights among its inputs too, with a type that no longer holds.
        return GraphFile.withNodes(
                fields,
                written,
                field -> GraphFile.number(field) != GRAPH_INITIALIZER
                        && (GraphFile.number(field) != GRAPH_INPUT
                                || !types.isConstant(OnnxSignature.firstText(GraphFile.payload(field), 1))));
    }

    /** The graph's own names at its borders stay 32-bit floats; within, their values have others. */
    private record Borders(List<String> inputs, List<String> outputs) {
        String inside(String name) {
            return inputs.contains(name) || outputs.contains(name) ? BORDER + name : name;
        }

        List<String> inside(List<String> names) {
            return names.stream().map(this::inside).toList();
        }
    }

    private void rewrite(OnnxNode node, Borders borders) {
        if (node.outputs().stream().anyMatch(PoolingGraph::isOwn)) {
            List<String> wide = new ArrayList<>();
            for (String input : node.inputs()) {
                boolean narrow = types.isFloat(input) && !PoolingGraph.isOwn(input);
                wide.add(narrow ? WIDE + casts++ : input);
                if (narrow) {
                    cast(wide.getLast(), borders.inside(input), ElementType.FP32);
                }
            }
            written.message(GRAPH_NODE, node.between(wide, node.outputs()));
            return;
        }
        List<String> inputs = borders.inside(node.inputs());
        List<String> outputs = borders.inside(node.outputs());
        if (!FULL.contains(node.operator())) {
            written.message(GRAPH_NODE, ReducedTensor.within(node, inputs, outputs, to));
            return;
        }
        List<String> wideInputs = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            boolean real = types.isFloat(node.inputs().get(i));
            String wide = WIDE + casts++;
            if (real) {
                cast(wide, inputs.get(i), ElementType.FP32);
            }
            wideInputs.add(real ? wide : inputs.get(i));
        }
        List<String> wideOutputs = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            boolean real = types.isFloat(node.outputs().get(i));
            wideOutputs.add(real ? WIDE + casts++ : outputs.get(i));
        }
        written.message(GRAPH_NODE, node.between(wideInputs, wideOutputs));
        for (int i = 0; i < outputs.size(); i++) {
            if (!wideOutputs.get(i).equals(outputs.get(i))) {
                cast(outputs.get(i), wideOutputs.get(i), to);
            }
        }
    }

    private void cast(String name, String from, ElementType type) {
        written.message(GRAPH_NODE, GraphParts.node("Cast", name, from).message(ATTRIBUTE, integer("to", type.onnx())));
    }

    private static ProtoWriter copy(ByteBuffer tensor) {
        ProtoWriter copy = new ProtoWriter();
        GraphFile.fields(tensor).forEach(copy::field);
        return copy;
    }
}
