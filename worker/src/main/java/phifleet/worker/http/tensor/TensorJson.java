package phifleet.worker.http.tensor;

import com.fasterxml.jackson.core.JsonToken;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import phifleet.common.Problem;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonOutput;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Tensor;

/** Tensors as lists of JSON: nested by their axes, or flat beside their shape. */
public final class TensorJson {
    /** More axes have no use, and each is a level of the reader's stack. */
    private static final int MOST_AXES = 16;

    private TensorJson() {}

    /** The current value, whose nesting says the shape; a value that is no list is one element without axes. */
    public static Tensor nested(JsonInput json, String field, ElementType type) throws BadBody {
        Elements elements = new Elements(type);
        List<Long> shape = new ArrayList<>();
        read(json, field, elements, shape, 0, true);
        return elements.tensor(shape);
    }

    /** The current value, a list of as many elements as a shape has, nested or flat. */
    public static Tensor shaped(JsonInput json, String field, ElementType type, List<Long> shape) throws BadBody {
        if (json.current() != JsonToken.START_ARRAY) {
            throw json.mismatch(field, -1, "a list");
        }
        Elements elements = new Elements(type);
        flatten(json, field, elements, 0);
        long wanted = count(shape);
        if (elements.count() != wanted) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value",
                    "`" + field + "` has " + elements.count() + " elements; the shape " + shape + " wants " + wanted,
                    field));
        }
        return elements.tensor(shape);
    }

    /** How many elements a shape has; more than memory could hold for one beyond 64 bits. */
    public static long count(List<Long> shape) {
        long count = 1;
        for (long size : shape) {
            long high = Math.multiplyHigh(count, size);
            count *= size;
            if (high != 0 || count < 0) {
                return Long.MAX_VALUE;
            }
        }
        return count;
    }

    private static void flatten(JsonInput json, String field, Elements elements, int depth) throws BadBody {
        if (depth == MOST_AXES) {
            throw tooDeep(field);
        }
        while (json.next() != JsonToken.END_ARRAY) {
            if (json.current() == JsonToken.START_ARRAY) {
                flatten(json, field, elements, depth + 1);
            } else {
                elements.add(json, field);
            }
        }
    }

    private static void read(JsonInput json, String field, Elements elements, List<Long> shape, int axis, boolean first)
            throws BadBody {
        if (json.current() != JsonToken.START_ARRAY) {
            if (axis != shape.size()) {
                throw ragged(field, axis, "a list of " + shape.get(axis), "a single value");
            }
            elements.add(json, field);
            return;
        }
        if (axis == MOST_AXES) {
            throw tooDeep(field);
        }
        if (first && axis == shape.size()) {
            shape.add(-1L);
        } else if (axis >= shape.size()) {
            throw ragged(field, axis, "a single value", "a list");
        }
        long found = 0;
        while (json.next() != JsonToken.END_ARRAY) {
            read(json, field, elements, shape, axis + 1, first && found == 0);
            found++;
        }
        if (shape.get(axis) < 0) {
            shape.set(axis, found);
        } else if (shape.get(axis) != found) {
            throw ragged(field, axis, shape.get(axis) + " entries", found + " entries");
        }
    }

    private static BadBody ragged(String field, int axis, String before, String now) {
        return BadBody.value(Problem.badRequest(
                "invalid_value",
                "`" + field + "` is not the same along its axis " + axis + ": first " + before + ", then " + now,
                field));
    }

    private static BadBody tooDeep(String field) {
        return BadBody.value(
                Problem.badRequest("invalid_value", "`" + field + "` has more than " + MOST_AXES + " axes", field));
    }

    /** All elements as one flat list. Floats that are no numbers become null, which is all that JSON has for them. */
    public static void write(Tensor tensor, JsonOutput out) {
        out.beginList();
        ByteBuffer data = tensor.data();
        int elements = Math.toIntExact(tensor.size());
        switch (tensor.type()) {
            case STRING -> tensor.strings().forEach(text -> out.separated().string(text));
            case BOOL -> {
                for (int i = 0; i < elements; i++) {
                    out.separated().flag(data.get(i) != 0);
                }
            }
            case FP32, FP16, BF16 -> {
                for (int i = 0; i < elements; i++) {
                    float value = float32(tensor.type(), data, i);
                    if (Float.isFinite(value)) {
                        out.separated().number(value);
                    } else {
                        out.separated().raw("null");
                    }
                }
            }
            case FP64 -> {
                for (int i = 0; i < elements; i++) {
                    out.separated().number(data.getDouble(i * Double.BYTES));
                }
            }
            case UINT64 -> {
                for (int i = 0; i < elements; i++) {
                    out.separated().raw(Long.toUnsignedString(data.getLong(i * Long.BYTES)));
                }
            }
            case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64 -> {
                for (int i = 0; i < elements; i++) {
                    out.separated().number(integer(tensor.type(), data, i));
                }
            }
        }
        out.endList();
    }

    private static float float32(ElementType type, ByteBuffer data, int index) {
        return switch (type) {
            case FP32 -> data.getFloat(index * Float.BYTES);
            case FP16 -> Float.float16ToFloat(data.getShort(index * Short.BYTES));
            default -> Float.intBitsToFloat(data.getShort(index * Short.BYTES) << 16);
        };
    }

    private static long integer(ElementType type, ByteBuffer data, int index) {
        return switch (type) {
            case INT8 -> data.get(index);
            case UINT8 -> data.get(index) & 0xff;
            case INT16 -> data.getShort(index * Short.BYTES);
            case UINT16 -> data.getShort(index * Short.BYTES) & 0xffff;
            case INT32 -> data.getInt(index * Integer.BYTES);
            case UINT32 -> Integer.toUnsignedLong(data.getInt(index * Integer.BYTES));
            default -> data.getLong(index * Long.BYTES);
        };
    }
}
