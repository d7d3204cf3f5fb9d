package phifleet.inference.engine.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import phifleet.inference.onnx.OnnxNode;
import phifleet.inference.onnx.OnnxSignature;
import phifleet.inference.onnx.ProtoWriter;

/** The small messages of onnx.proto that are added to graphs. */
final class GraphParts {
    /** From here on reductions take their axes as an input. */
    private static final long AXES_AS_INPUT = 18;

    /** From here on sums do. */
    private static final long SUM_AXES_AS_INPUT = 13;

    private static final int TENSOR_TYPE = 2;
    private static final int TENSOR_RAW = 9;
    private static final int ATTRIBUTE_FLOAT = 2;
    private static final int ATTRIBUTE_INT = 3;
    private static final int ATTRIBUTE_INTS = 8;
    private static final int ATTRIBUTE_TYPE = 20;
    private static final int ATTRIBUTE_TYPE_FLOAT = 1;
    private static final int ATTRIBUTE_TYPE_INT = 2;
    private static final int ATTRIBUTE_TYPE_INTS = 7;

    private GraphParts() {}

    /** A node with one output. It has no name, since the engine refuses a graph in which two nodes have the same. */
    static ProtoWriter node(String operator, String output, String... inputs) {
        ProtoWriter node = new ProtoWriter();
        for (String input : inputs) {
            node.text(OnnxNode.INPUT, input);
        }
        return node.text(OnnxNode.OUTPUT, output).text(OnnxNode.OPERATOR, operator);
    }

    /** Writes the largest numbers along an axis, which is gone then. */
    static void largest(ProtoWriter graph, long opset, String output, String input, long axis) {
        reduce(graph, "ReduceMax", opset >= AXES_AS_INPUT, output, input, axis);
    }

    /** Writes the sums along an axis, which is gone then. */
    static void sum(ProtoWriter graph, long opset, String output, String input, long axis) {
        reduce(graph, "ReduceSum", opset >= SUM_AXES_AS_INPUT, output, input, axis);
    }

    private static void reduce(
            ProtoWriter graph, String operator, boolean axesAsInput, String output, String input, long axis) {
        ProtoWriter reduction;
        if (axesAsInput) {
            String axes = output + "/axes";
            graph.message(OnnxSignature.GRAPH_INITIALIZER, longs(axes, axis));
            reduction = node(operator, output, input, axes);
        } else {
            reduction = node(operator, output, input).message(OnnxNode.ATTRIBUTE, integers("axes", axis));
        }
        graph.message(OnnxSignature.GRAPH_NODE, reduction.message(OnnxNode.ATTRIBUTE, integer("keepdims", 0)));
    }

    /** An attribute. */
    static ProtoWriter integer(String name, long value) {
        return new ProtoWriter()
                .text(OnnxNode.ATTRIBUTE_NAME, name)
                .varint(ATTRIBUTE_INT, value)
                .varint(ATTRIBUTE_TYPE, ATTRIBUTE_TYPE_INT);
    }

    /** An attribute. */
    static ProtoWriter integers(String name, long... values) {
        ProtoWriter attribute = new ProtoWriter().text(OnnxNode.ATTRIBUTE_NAME, name);
        for (long value : values) {
            attribute.varint(ATTRIBUTE_INTS, value);
        }
        return attribute.varint(ATTRIBUTE_TYPE, ATTRIBUTE_TYPE_INTS);
    }

    /** An attribute. */
    static ProtoWriter real(String name, float value) {
        return new ProtoWriter()
                .text(OnnxNode.ATTRIBUTE_NAME, name)
                .fixed32(ATTRIBUTE_FLOAT, Float.floatToIntBits(value))
                .varint(ATTRIBUTE_TYPE, ATTRIBUTE_TYPE_FLOAT);
    }

    /** A constant row of 64-bit integers. */
    static ProtoWriter longs(String name, long... values) {
        return tensor(name, values).varint(OnnxSignature.TENSOR_DIMS, values.length);
    }

    /** A constant row of 32-bit floats. */
    static ProtoWriter floats(String name, float... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            raw.putFloat(value);
        }
        return new ProtoWriter()
                .varint(TENSOR_TYPE, OnnxSignature.FLOAT)
                .text(OnnxSignature.TENSOR_NAME, name)
                .bytes(TENSOR_RAW, raw.array())
                .varint(OnnxSignature.TENSOR_DIMS, values.length);
    }

    /** A constant 64-bit integer without dimensions. */
    static ProtoWriter tensor(String name, long... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            raw.putLong(value);
        }
        return new ProtoWriter()
                .varint(TENSOR_TYPE, OnnxSignature.INT64)
                .text(OnnxSignature.TENSOR_NAME, name)
                .bytes(TENSOR_RAW, raw.array());
    }

    /**
     * An input or an output.
     *
     * @param elementType a TensorProto.DataType
     * @param shape a Long for each size that is fixed, a name for each that is free
     */
    static ProtoWriter value(String name, int elementType, Object... shape) {
        ProtoWriter dimensions = new ProtoWriter();
        for (Object size : shape) {
            ProtoWriter dimension = new ProtoWriter();
            if (size instanceof Long fixed) {
                dimension.varint(1, fixed);
            } else {
                dimension.text(2, size.toString());
            }
            dimensions.message(1, dimension);
        }
        ProtoWriter tensor = new ProtoWriter().varint(1, elementType).message(2, dimensions);
        return new ProtoWriter().text(1, name).message(2, new ProtoWriter().message(1, tensor));
    }
}
