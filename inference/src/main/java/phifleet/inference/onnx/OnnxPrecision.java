package phifleet.inference.onnx;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Precision;

/** What an exported graph computes in, told by its operators and its weights: files are called anything. */
public final class OnnxPrecision {
    // Numbers of fields in onnx.proto's ModelProto and FunctionProto.
    private static final int MODEL_FUNCTION = 25;
    private static final int FUNCTION_NODE = 7;

    /** Of TensorProto.DataType. */
    private static final Set<Integer> FOUR_BITS = Set.of(21, 22);

    /** Those that take 8-bit integers, or make them of floats or the other way round; by ONNX's names and ONNX Runtime's. */
    private static final Set<String> EIGHT_BITS = Set.of(
            "DynamicQuantizeLinear",
            "DynamicQuantizeMatMul",
            "DynamicQuantizeLSTM",
            "QuantizeLinear",
            "DequantizeLinear",
            "MatMulInteger",
            "MatMulInteger16",
            "MatMulIntegerToFloat",
            "ConvInteger",
            "QAttention",
            "QGemm",
            "QEmbedLayerNormalization");

    /** Of which an attribute says how many bits a number has. */
    private static final Set<String> BLOCKS = Set.of("MatMulNBits", "GatherBlockQuantized", "QMoE");

    /** Deeper than any exporter nests branches and loops; a bound, since a file may nest anything. */
    private static final int MOST_DEPTH = 16;

    private final Set<String> halves = new HashSet<>();
    private final Set<String> casts = new HashSet<>();
    private ElementType half = ElementType.FP16;
    private boolean eightBits;
    private boolean fourBits;
    private boolean wide;

    private OnnxPrecision() {}

    /** Reads a graph; {@link Precision#FP32} too where its numbers are no floats at all. */
    public static Precision of(ByteBuffer model) {
        OnnxPrecision found = new OnnxPrecision();
        ProtoReader reader = new ProtoReader(model);
        while (reader.next()) {
            switch (reader.number()) {
                case OnnxSignature.MODEL_GRAPH -> found.graph(reader.payload(), 0);
                case MODEL_FUNCTION -> found.function(reader.payload());
                default -> {}
            }
        }
        return found.precision();
    }

    private Precision precision() {
        if (fourBits) {
            return Precision.INT4;
        }
        if (eightBits) {
            return Precision.INT8;
        }
        // Weights that are made 32-bit floats at once are only stored so.
        boolean computes = !wide && !halves.isEmpty() && !casts.containsAll(halves);
        return !computes ? Precision.FP32 : half == ElementType.FP16 ? Precision.FP16 : Precision.BF16;
    }

    private void function(ByteBuffer message) {
        ProtoReader reader = new ProtoReader(message);
        while (reader.next()) {
            if (reader.number() == FUNCTION_NODE) {
                operator(OnnxNode.read(reader.payload()), 0);
            }
        }
    }

    private void graph(ByteBuffer message, int depth) {
        ProtoReader reader = new ProtoReader(message);
        while (reader.next()) {
            switch (reader.number()) {
                case OnnxSignature.GRAPH_NODE -> operator(OnnxNode.read(reader.payload()), depth);
                case OnnxSignature.GRAPH_INITIALIZER -> weight(StoredWeight.read(reader.payload()));
                default -> {}
            }
        }
    }

    private void operator(OnnxNode operator, int depth) {
        String type = operator.operator();
        if (BLOCKS.contains(type)) {
            boolean eight = operator.integer("bits", 4) == 8;
            eightBits |= eight;
            fourBits |= !eight;
        }
        fourBits |= type.equals("MatMulBnb4");
        eightBits |= EIGHT_BITS.contains(type) || type.startsWith("QLinear") || type.startsWith("QOrdered");
        if (type.equals("Cast")) {
            casts.add(operator.input(0));
        }
        if (depth < MOST_DEPTH) {
            operator.graphs().forEach(graph -> graph(graph, depth + 1));
        }
    }

    private void weight(StoredWeight weight) {
        int type = weight.elementType();
        fourBits |= FOUR_BITS.contains(type);
        // Numbers and rows are left in 32 bits by many who make a graph's products 16-bit ones.
        if (weight.shape().size() > 1) {
            wide |= type == OnnxSignature.FLOAT;
            if (type == ElementType.FP16.onnx() || type == ElementType.BF16.onnx()) {
                halves.add(weight.name());
                half = type == ElementType.FP16.onnx() ? ElementType.FP16 : ElementType.BF16;
            }
        }
    }
}
