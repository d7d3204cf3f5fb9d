package phifleet.inference.engine.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import phifleet.inference.onnx.OnnxSignature;
import phifleet.inference.onnx.ProtoReader;

/**
 * A tensor that is part of the graph.
 *
 * @param shape none for a single number
 * @param integers its values, where they are a few 64-bit integers
 * @param real its value, where it is one 32-bit float; else not a number
 */
record OnnxConstant(List<Long> shape, List<Long> integers, double real) {
    private static final int TENSOR_TYPE = 2;
    private static final int TENSOR_FLOAT_DATA = 4;
    private static final int TENSOR_INT64_DATA = 7;
    private static final int TENSOR_RAW = 9;

    /** An axis or a shape is no longer. */
    private static final int MOST_INTEGERS = 8;

    OnnxConstant {
        shape = List.copyOf(shape);
        integers = List.copyOf(integers);
    }

    static OnnxConstant read(ByteBuffer tensor) {
        List<Long> shape = new ArrayList<>();
        List<Long> integers = new ArrayList<>();
        long type = 0;
        ByteBuffer raw = ByteBuffer.allocate(0);
        ProtoReader reader = new ProtoReader(tensor);
        while (reader.next()) {
            switch (reader.number()) {
                case OnnxSignature.TENSOR_DIMS -> reader.addLongs(shape);
                case TENSOR_TYPE -> type = reader.varint();
                case TENSOR_INT64_DATA -> reader.addLongs(integers);
                case TENSOR_FLOAT_DATA, TENSOR_RAW -> raw = reader.payload();
                default -> {}
            }
        }
        if (type == OnnxSignature.INT64 && raw.remaining() <= MOST_INTEGERS * Long.BYTES) {
            raw.order(ByteOrder.LITTLE_ENDIAN);
            while (raw.remaining() >= Long.BYTES) {
                integers.add(raw.getLong());
            }
        }
        boolean isReal = type == OnnxSignature.FLOAT && raw.remaining() == Float.BYTES;
        return new OnnxConstant(
                shape, integers, isReal ? raw.order(ByteOrder.LITTLE_ENDIAN).getFloat() : Double.NaN);
    }

    /** Its numbers, where they are few integers or one real number; else one that is not a number. */
    double[] numbers() {
        return integers.isEmpty()
                ? new double[] {real}
                : integers.stream().mapToDouble(Long::doubleValue).toArray();
    }

    /** Whether it means the same to every token: a number, or a row along the last axis. */
    boolean isRow() {
        return shape.size() <= 3
                && shape.stream().limit(Math.max(0, shape.size() - 1)).allMatch(size -> size == 1);
    }

    /** Whether it is one number. */
    boolean isNumber() {
        return shape.stream().allMatch(size -> size == 1);
    }

    /** Whether it is a matrix of weights. */
    boolean isMatrix() {
        return shape.size() == 2;
    }
}
