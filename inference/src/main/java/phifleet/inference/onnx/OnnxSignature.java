package phifleet.inference.onnx;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The inputs and outputs of an ONNX graph, read from the file without a session.
 *
 * @param inputs without those that are weights with a default
 */
public record OnnxSignature(List<Value> inputs, List<Value> outputs) {
    // Numbers of fields in onnx.proto (ONNX 1.19).
    public static final int MODEL_GRAPH = 7;
    public static final int GRAPH_NODE = 1;
    public static final int GRAPH_INITIALIZER = 5;
    public static final int GRAPH_INPUT = 11;
    public static final int GRAPH_OUTPUT = 12;
    public static final int GRAPH_VALUE_INFO = 13;
    public static final int TENSOR_DIMS = 1;
    public static final int TENSOR_NAME = 8;
    private static final int VALUE_NAME = 1;
    private static final int VALUE_TYPE = 2;
    private static final int TYPE_TENSOR = 1;
    private static final int TENSOR_ELEMENT = 1;
    private static final int TENSOR_SHAPE = 2;
    private static final int SHAPE_DIMENSION = 1;
    private static final int DIMENSION_VALUE = 1;

    /** Element types of onnx.proto's TensorProto. */
    public static final int FLOAT = 1;

    public static final int INT64 = 7;
    public static final int FLOAT16 = 10;

    /**
     * A tensor that goes in or comes out.
     *
     * @param elementType a TensorProto.DataType
     * @param shape sizes; −1 where the size is free
     */
    public record Value(String name, int elementType, List<Long> shape) {
        public Value {
            shape = List.copyOf(shape);
        }

        public int rank() {
            return shape.size();
        }
    }

    public OnnxSignature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    public static OnnxSignature read(ByteBuffer model) {
        List<Value> inputs = new ArrayList<>();
        List<Value> outputs = new ArrayList<>();
        Set<String> weights = new HashSet<>();
        ProtoReader graph = new ProtoReader(graph(model));
        while (graph.next()) {
            switch (graph.number()) {
                case GRAPH_INPUT -> inputs.add(value(graph.payload()));
                case GRAPH_OUTPUT -> outputs.add(value(graph.payload()));
                case GRAPH_INITIALIZER -> weights.add(firstText(graph.payload(), TENSOR_NAME));
                default -> {}
            }
        }
        inputs.removeIf(input -> weights.contains(input.name()));
        return new OnnxSignature(inputs, outputs);
    }

    public Optional<Value> output(String name) {
        return outputs.stream().filter(value -> value.name().equals(name)).findFirst();
    }

    private static ByteBuffer graph(ByteBuffer model) {
        ProtoReader reader = new ProtoReader(model);
        while (reader.next()) {
            if (reader.number() == MODEL_GRAPH) {
                return reader.payload();
            }
        }
        throw new IllegalArgumentException("not an ONNX model: it has no graph");
    }

    /** A declaration of an input or an output. */
    public static Value value(ByteBuffer message) {
        String name = "";
        int elementType = 0;
        List<Long> shape = new ArrayList<>();
        ProtoReader value = new ProtoReader(message);
        while (value.next()) {
            if (value.number() == VALUE_NAME) {
                name = value.text();
            } else if (value.number() == VALUE_TYPE) {
                ProtoReader type = new ProtoReader(value.payload());
                while (type.next()) {
                    if (type.number() == TYPE_TENSOR) {
                        ProtoReader tensor = new ProtoReader(type.payload());
                        while (tensor.next()) {
                            if (tensor.number() == TENSOR_ELEMENT) {
                                elementType = (int) tensor.varint();
                            } else if (tensor.number() == TENSOR_SHAPE) {
                                readShape(tensor.payload(), shape);
                            }
                        }
                    }
                }
            }
        }
        return new Value(name, elementType, shape);
    }

    private static void readShape(ByteBuffer message, List<Long> shape) {
        ProtoReader reader = new ProtoReader(message);
        while (reader.next()) {
            if (reader.number() == SHAPE_DIMENSION) {
                long size = -1;
                ProtoReader dimension = new ProtoReader(reader.payload());
                while (dimension.next()) {
                    if (dimension.number() == DIMENSION_VALUE) {
                        size = dimension.varint();
                    }
                }
                shape.add(size);
            }
        }
    }

    /** The first text of a field; empty where the message has none. */
    public static String firstText(ByteBuffer message, int number) {
        ProtoReader reader = new ProtoReader(message);
        while (reader.next()) {
            if (reader.number() == number) {
                return reader.text();
            }
        }
        return "";
    }
}
