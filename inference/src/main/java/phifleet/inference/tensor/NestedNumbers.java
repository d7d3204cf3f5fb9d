package phifleet.inference.tensor;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;

/**
 * A tensor as a file has it: lists in lists of JSON, all of one level as long as each other; a single element without a list.
 *
 * @param leaves in row-major order
 */
record NestedNumbers(List<Long> shape, List<JsonNode> leaves) {

    /** @throws ModelException if lists of one level differ in length */
    static NestedNumbers of(JsonNode json) throws ModelException {
        List<Long> shape = new ArrayList<>();
        for (JsonNode level = json; level.isArray(); level = level.path(0)) {
            shape.add((long) level.size());
        }
        List<JsonNode> leaves = new ArrayList<>();
        collect(json, shape, leaves);
        return new NestedNumbers(List.copyOf(shape), List.copyOf(leaves));
    }

    private static void collect(JsonNode json, List<Long> shape, List<JsonNode> leaves) throws ModelException {
        if (shape.isEmpty() ? json.isContainerNode() : !json.isArray() || json.size() != shape.getFirst()) {
            throw new ModelException("lists of one level have different lengths");
        }
        if (shape.isEmpty()) {
            leaves.add(json);
            return;
        }
        for (JsonNode part : json) {
            collect(part, shape.subList(1, shape.size()), leaves);
        }
    }

    /** @throws ModelException if an element is none of that type */
    Tensor tensor(ElementType type) throws ModelException {
        if (type == ElementType.STRING) {
            for (JsonNode leaf : leaves) {
                require(leaf.isTextual(), leaf, type);
            }
            return Tensor.ofStrings(shape, leaves.stream().map(JsonNode::asText).toList());
        }
        ByteBuffer data = Tensor.allocate(type, shape);
        for (JsonNode leaf : leaves) {
            put(type, leaf, data);
        }
        return Tensor.of(type, shape, data.flip());
    }

    private static void put(ElementType type, JsonNode leaf, ByteBuffer to) throws ModelException {
        switch (type) {
            case FP32 -> to.putFloat((float) real(leaf, type));
            case FP64 -> to.putDouble(real(leaf, type));
            case FP16 -> to.putShort(Float.floatToFloat16((float) real(leaf, type)));
            case BF16 -> to.putShort((short) (Float.floatToIntBits((float) real(leaf, type)) >>> 16));
            case BOOL -> to.put((byte) (leaf.isBoolean() ? (leaf.booleanValue() ? 1 : 0) : whole(leaf, type)));
            case INT8, UINT8 -> to.put((byte) whole(leaf, type));
            case INT16, UINT16 -> to.putShort((short) whole(leaf, type));
            case INT32, UINT32 -> to.putInt((int) whole(leaf, type));
            case INT64, UINT64 -> to.putLong(whole(leaf, type));
            case STRING -> throw new IllegalStateException("strings are no numbers");
        }
    }

    private static double real(JsonNode leaf, ElementType type) throws ModelException {
        require(leaf.isNumber(), leaf, type);
        return leaf.doubleValue();
    }

    private static long whole(JsonNode leaf, ElementType type) throws ModelException {
        require(leaf.isIntegralNumber(), leaf, type);
        return leaf.longValue();
    }

    private static void require(boolean fits, JsonNode leaf, ElementType type) throws ModelException {
        if (!fits) {
            throw new ModelException(leaf + " is no element of " + type);
        }
    }
}
