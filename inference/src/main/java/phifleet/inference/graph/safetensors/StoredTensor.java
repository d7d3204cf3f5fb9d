package phifleet.inference.graph.safetensors;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import phifleet.inference.model.ElementType;
import phifleet.inference.onnx.ProtoWriter;

/**
 * A tensor in a safetensors file.
 *
 * @param file the file that holds it
 * @param type of its numbers
 * @param shape sizes, outermost first; empty for a single number
 * @param offset of its first byte from the start of the file
 * @param length in bytes
 */
public record StoredTensor(String name, Path file, ElementType type, List<Long> shape, long offset, long length) {
    // Numbers of fields in onnx.proto's TensorProto (ONNX 1.19).
    private static final int DIMS = 1;
    private static final int TYPE = 2;
    private static final int NAME = 8;
    private static final int EXTERNAL = 13;
    private static final int LOCATION = 14;
    private static final int LOCATION_EXTERNAL = 1;

    public StoredTensor {
        shape = List.copyOf(shape);
    }

    /** A graph's weight that stays where it is, by a name of the graph's. */
    public ProtoWriter initializer(String called) {
        ProtoWriter message = new ProtoWriter();
        shape.forEach(side -> message.varint(DIMS, side));
        message.varint(TYPE, type.onnx()).text(NAME, called);
        external(message, "location", fileName());
        external(message, "offset", Long.toString(offset));
        external(message, "length", Long.toString(length));
        return message.varint(LOCATION, LOCATION_EXTERNAL);
    }

    /** Of the file itself where it is a link to one. */
    private String fileName() {
        try {
            return String.valueOf(file.toRealPath().getFileName());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void external(ProtoWriter tensor, String key, String value) {
        tensor.message(EXTERNAL, new ProtoWriter().text(1, key).text(2, value));
    }

    /** One of its rows: the tensor at an index of the first axis. */
    public StoredTensor row(int index) {
        long bytes = length / shape.getFirst();
        return new StoredTensor(
                name + "[" + index + "]", file, type, shape.subList(1, shape.size()), offset + index * bytes, bytes);
    }

    /** One of several parts, each of as many rows as the others. */
    public StoredTensor part(int index, int parts) {
        long rows = shape.getFirst() / parts;
        return rows(index * rows, rows);
    }

    /** Some of its rows. */
    public StoredTensor rows(long first, long count) {
        long bytes = length / shape.getFirst();
        List<Long> sides = new ArrayList<>(shape);
        sides.set(0, count);
        return new StoredTensor(
                name + "[" + first + ":" + (first + count) + "]",
                file,
                type,
                sides,
                offset + first * bytes,
                count * bytes);
    }
}
