package phifleet.worker.http.oip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import phifleet.common.Problem;
import phifleet.http.json.BadBody;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorMemory;
import phifleet.worker.http.tensor.TensorJson;

/**
 * Tensors as bytes behind the JSON: little-endian elements in row-major order; strings each behind their length, an unsigned
 * number of 32 bits.
 */
final class BinaryTensors {
    private BinaryTensors() {}

    /** The tensor that takes up all of the bytes, copied into memory that can be released. */
    static Tensor read(String input, ElementType type, List<Long> shape, ByteBuffer bytes) throws BadBody {
        long count = TensorJson.count(shape);
        if (type == ElementType.STRING) {
            return Tensor.ofStrings(shape, strings(input, count, bytes));
        }
        if (count > Integer.MAX_VALUE || count * type.bytes() != bytes.remaining()) {
            throw mistake(
                    input,
                    "has " + bytes.remaining() + " bytes; " + DataTypes.name(type) + " of shape " + shape + " wants "
                            + (count > Integer.MAX_VALUE ? "more than can be" : count * type.bytes()));
        }
        Tensor tensor = TensorMemory.ofProcess().tensor(type, shape);
        tensor.data().put(bytes);
        return tensor;
    }

    /** A tensor of one string that has no length before it: the bytes are all of it. */
    static Tensor oneString(String input, List<Long> shape, ByteBuffer bytes) throws BadBody {
        long count = TensorJson.count(shape);
        if (count != 1) {
            throw mistake(
                    input,
                    "is one string without a length before it, as in every raw binary request; the model's shape "
                            + shape + " wants " + count);
        }
        return Tensor.ofStrings(shape, List.of(text(input, 0, bytes)));
    }

    private static List<String> strings(String input, long count, ByteBuffer bytes) throws BadBody {
        ByteBuffer rest = bytes.order(ByteOrder.LITTLE_ENDIAN);
        List<String> strings = new ArrayList<>();
        while (rest.hasRemaining()) {
            if (strings.size() == count) {
                throw mistake(input, "has more than the " + count + " strings of its shape");
            }
            long length = rest.remaining() < Integer.BYTES ? -1 : Integer.toUnsignedLong(rest.getInt());
            if (length < 0 || length > rest.remaining()) {
                throw mistake(
                        input,
                        "is cut short in string " + strings.size()
                                + (length < 0
                                        ? ": its length wants 4 bytes"
                                        : ": its length is " + length + ", and " + rest.remaining()
                                                + " bytes are left"));
            }
            strings.add(text(input, strings.size(), rest.slice(rest.position(), (int) length)));
            rest.position(rest.position() + (int) length);
        }
        if (strings.size() != count) {
            throw mistake(input, "has " + strings.size() + " strings; its shape wants " + count);
        }
        return strings;
    }

    private static String text(String input, int index, ByteBuffer bytes) throws BadBody {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw mistake(input, "is not UTF-8 in string " + index);
        }
    }

    /** The bytes of a tensor; numbers are not copied. */
    static ByteBuffer write(Tensor tensor) {
        if (tensor.type() != ElementType.STRING) {
            return tensor.data();
        }
        List<byte[]> strings = tensor.strings().stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        int length =
                strings.stream().mapToInt(text -> Integer.BYTES + text.length).sum();
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        strings.forEach(text -> bytes.putInt(text.length).put(text));
        return bytes.flip();
    }

    static BadBody mistake(String input, String what) {
        return BadBody.value(
                Problem.badRequest("invalid_value", "the binary data of input '" + input + "' " + what, input));
    }
}
