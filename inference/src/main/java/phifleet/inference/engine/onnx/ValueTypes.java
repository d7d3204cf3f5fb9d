package phifleet.inference.engine.onnx;

import static phifleet.inference.onnx.OnnxSignature.FLOAT;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_INITIALIZER;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_INPUT;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_NODE;
import static phifleet.inference.onnx.OnnxSignature.INT64;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import phifleet.inference.model.ElementType;
import phifleet.inference.onnx.GraphFile;
import phifleet.inference.onnx.OnnxNode;
import phifleet.inference.onnx.OnnxSignature;
import phifleet.inference.onnx.ProtoReader;

/**
 * Which type each value of a graph has, told from its operators: most give what they take. Numbers are those of
 * TensorProto.DataType; 0 for what is not a tensor or not known.
 */
final class ValueTypes {
    private static final Set<String> BOOLEAN = Set.of(
            "And", "Equal", "Greater", "GreaterOrEqual", "IsInf", "IsNaN", "Less", "LessOrEqual", "Not", "Or", "Xor");
    private static final Set<String> INTEGER =
            Set.of("ArgMax", "ArgMin", "NonMaxSuppression", "NonZero", "Shape", "Size");
    private static final int VALUE_TENSOR = 1;

    private final Map<String, Integer> types = new HashMap<>();
    private final Set<String> constants = new HashSet<>();

    private ValueTypes() {}

    /** Reads the encoded fields of a graph, whose operators lie in the order of their dependence. */
    static ValueTypes of(List<ByteBuffer> fields) {
        ValueTypes types = new ValueTypes();
        for (ByteBuffer field : fields) {
            ByteBuffer payload = GraphFile.payload(field);
            switch (GraphFile.number(field)) {
                case GRAPH_INPUT -> types.addInput(payload);
                case GRAPH_INITIALIZER -> {
                    String name = OnnxSignature.firstText(payload, OnnxSignature.TENSOR_NAME);
                    types.types.put(name, ReducedTensor.type(payload));
                    types.constants.add(name);
                }
                default -> {}
            }
        }
        for (ByteBuffer field : fields) {
            if (GraphFile.number(field) == GRAPH_NODE) {
                types.add(OnnxNode.read(GraphFile.payload(field)));
            }
        }
        return types;
    }

    boolean isFloat(String value) {
        return of(value) == FLOAT;
    }

    /** Whether a value is a weight. */
    boolean isConstant(String value) {
        return constants.contains(value);
    }

    private int of(String value) {
        return types.getOrDefault(value, 0);
    }

    private void addInput(ByteBuffer value) {
        ProtoReader reader = new ProtoReader(value);
        while (reader.next()) {
            if (reader.number() == 2) {
                ProtoReader type = new ProtoReader(reader.payload());
                while (type.next()) {
                    if (type.number() == VALUE_TENSOR) {
                        types.put(OnnxSignature.firstText(value, 1), firstNumber(type.payload()));
                    }
                }
            }
        }
    }

    private static int firstNumber(ByteBuffer tensorType) {
        ProtoReader reader = new ProtoReader(tensorType);
        while (reader.next()) {
            if (reader.number() == 1) {
                return (int) reader.varint();
            }
        }
        return 0;
    }

    private void add(OnnxNode node) {
        for (int i = 0; i < node.outputs().size(); i++) {
            types.put(node.outputs().get(i), output(node, i));
        }
    }

    private int output(OnnxNode node, int index) {
        if (BOOLEAN.contains(node.operator())) {
            return ElementType.BOOL.onnx();
        }
        if (INTEGER.contains(node.operator())) {
            return INT64;
        }
        return switch (node.operator()) {
            case "Cast" -> node.integers("to").getFirst().intValue();
            case "Constant" -> constant(node);
            case "ConstantOfShape" ->
                node.tensor("value").map(ReducedTensor::type).orElse(FLOAT);
            case "RandomNormal", "RandomUniform" ->
                node.integers("dtype").stream().findFirst().orElse((long) FLOAT).intValue();
            case "TopK", "Unique", "MaxPool" -> index == 0 ? of(node.inputs().getFirst()) : INT64;
            case "Where", "CastLike" -> of(node.inputs().get(1));
            case "OneHot" -> of(node.inputs().get(2));
            // The mask that it gives beside what it lets through.
            case "Dropout" -> index == 0 ? of(node.inputs().getFirst()) : ElementType.BOOL.onnx();
            case "EmbedLayerNormalization" ->
                index == 1 ? ElementType.INT32.onnx() : of(node.inputs().get(2));
            default -> node.inputs().isEmpty() ? 0 : of(node.inputs().getFirst());
        };
    }

    private static int constant(OnnxNode node) {
        if (node.tensor("value").isPresent()) {
            return ReducedTensor.type(node.tensor("value").get());
        }
        return node.has("value_float") || node.has("value_floats")
                ? FLOAT
                : node.has("value_int") || node.has("value_ints") ? INT64 : ElementType.STRING.onnx();
    }
}
