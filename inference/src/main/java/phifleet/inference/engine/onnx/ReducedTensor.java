package phifleet.inference.engine.onnx;

import static phifleet.inference.onnx.OnnxSignature.FLOAT;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import phifleet.inference.graph.part.HalfFloat;
import phifleet.inference.model.ElementType;
import phifleet.inference.onnx.GraphFile;
import phifleet.inference.onnx.OnnxNode;
import phifleet.inference.onnx.OnnxSignature;
import phifleet.inference.onnx.ProtoReader;
import phifleet.inference.onnx.ProtoWriter;

/** Tensors inside of an ONNX file, rounded from 32-bit floats to 16-bit ones. */
final class ReducedTensor {
    private static final int TYPE = 2;
    private static final int FLOAT_DATA = 4;
    private static final int RAW = 9;
    private static final int EXTERNAL_DATA = 13;
    private static final int LOCATION = 14;
    private static final int ATTRIBUTE_FLOAT = 2;
    private static final int ATTRIBUTE_TENSOR = 5;
    private static final int ATTRIBUTE_FLOATS = 7;
    private static final int ATTRIBUTE_TYPE = 20;
    private static final int ATTRIBUTE_TYPE_TENSOR = 4;

    private ReducedTensor() {}

    static int type(ByteBuffer tensor) {
        ProtoReader reader = new ProtoReader(tensor);
        while (reader.next()) {
            if (reader.number() == TYPE) {
                return (int) reader.varint();
            }
        }
        return 0;
    }

    static boolean isExternal(ByteBuffer tensor) {
        ProtoReader reader = new ProtoReader(tensor);
        while (reader.next()) {
            if (reader.number() == EXTERNAL_DATA || (reader.number() == LOCATION && reader.varint() != 0)) {
                return true;
            }
        }
        return false;
    }

    /** A tensor of 32-bit floats, rounded. */
    static ProtoWriter of(ByteBuffer tensor, ElementType to) {
        ProtoWriter reduced = new ProtoWriter().varint(TYPE, to.onnx());
        ProtoReader reader = new ProtoReader(tensor);
        while (reader.next()) {
            switch (reader.number()) {
                case TYPE -> {}
                case RAW, FLOAT_DATA -> reduced.bytes(RAW, rounded(reader, to));
                default -> reduced.field(reader.field());
            }
        }
        return reduced;
    }

    /** The same operator between other values, with what it holds of 32-bit floats rounded. */
    static ProtoWriter within(OnnxNode node, List<String> inputs, List<String> outputs, ElementType to) {
        ProtoWriter copy = new ProtoWriter();
        inputs.forEach(input -> copy.text(OnnxNode.INPUT, input));
        outputs.forEach(output -> copy.text(OnnxNode.OUTPUT, output));
        boolean made = node.operator().equals("ConstantOfShape")
                && node.tensor("value").isEmpty();
        if (made) {
            // Its usual value is a 32-bit 0.
            copy.message(OnnxNode.ATTRIBUTE, zero(to));
        }
        for (ByteBuffer field : node.rest()) {
            if (GraphFile.number(field) == OnnxNode.ATTRIBUTE) {
                copy.message(OnnxNode.ATTRIBUTE, attribute(node, GraphFile.payload(field), to));
            } else {
                copy.field(field);
            }
        }
        return copy;
    }

    private static ProtoWriter attribute(OnnxNode node, ByteBuffer attribute, ElementType to) {
        String name = OnnxSignature.firstText(attribute, OnnxNode.ATTRIBUTE_NAME);
        if (node.operator().equals("Constant") && name.startsWith("value_float")) {
            return constant(attribute, name.endsWith("s"), to);
        }
        boolean casts = node.operator().equals("Cast") && name.equals("to");
        if (casts && node.integers("to").equals(List.of((long) FLOAT))) {
            return GraphParts.integer("to", to.onnx());
        }
        ProtoWriter copy = new ProtoWriter();
        ProtoReader reader = new ProtoReader(attribute);
        while (reader.next()) {
            if (reader.number() == ATTRIBUTE_TENSOR && type(reader.payload()) == FLOAT) {
                copy.message(ATTRIBUTE_TENSOR, of(reader.payload(), to));
            } else {
                copy.field(reader.field());
            }
        }
        return copy;
    }

    /** A number or a row of them, which are 32-bit floats by their attribute's name, as a tensor. */
    private static ProtoWriter constant(ByteBuffer attribute, boolean row, ElementType to) {
        ProtoWriter tensor = new ProtoWriter().varint(TYPE, to.onnx());
        ProtoReader reader = new ProtoReader(attribute);
        int count = 0;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (reader.next()) {
            if (reader.number() == ATTRIBUTE_FLOAT || reader.number() == ATTRIBUTE_FLOATS) {
                byte[] values = rounded(reader, to);
                bytes.writeBytes(values);
                count += values.length / to.bytes();
            }
        }
        if (row) {
            tensor.varint(OnnxSignature.TENSOR_DIMS, count);
        }
        tensor.bytes(RAW, bytes.toByteArray());
        return tensorAttribute(tensor);
    }

    private static ProtoWriter zero(ElementType to) {
        return tensorAttribute(new ProtoWriter()
                .varint(OnnxSignature.TENSOR_DIMS, 1)
                .varint(TYPE, to.onnx())
                .bytes(RAW, new byte[to.bytes()]));
    }

    private static ProtoWriter tensorAttribute(ProtoWriter tensor) {
        return new ProtoWriter()
                .text(OnnxNode.ATTRIBUTE_NAME, "value")
                .message(ATTRIBUTE_TENSOR, tensor)
                .varint(ATTRIBUTE_TYPE, ATTRIBUTE_TYPE_TENSOR);
    }

    /** The floats of a field, be they one or many. */
    private static byte[] rounded(ProtoReader field, ElementType to) {
        ByteBuffer values = field.isFixed32()
                ? ByteBuffer.allocate(Float.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(0, field.fixed32())
                : field.payload().order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer result = ByteBuffer.allocate(values.remaining() / Float.BYTES * to.bytes())
                .order(ByteOrder.LITTLE_ENDIAN);
        while (values.hasRemaining()) {
            result.putShort(HalfFloat.of(values.getFloat(), to));
        }
        return result.array();
    }
}
