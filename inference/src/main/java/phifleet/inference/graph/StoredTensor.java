package phifleet.inference.graph;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import phifleet.inference.model.ElementType;

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
    public StoredTensor {
        shape = List.copyOf(shape);
    }

    /** One of its rows: the tensor at an index of the first axis. */
    StoredTensor row(int index) {
        long bytes = length / shape.getFirst();
        return new StoredTensor(
                name + "[" + index + "]", file, type, shape.subList(1, shape.size()), offset + index * bytes, bytes);
    }

    /** One of several parts, each of as many rows as the others. */
    StoredTensor part(int index, int parts) {
        long rows = shape.getFirst() / parts;
        long bytes = length / parts;
        List<Long> sides = new ArrayList<>(shape);
        sides.set(0, rows);
        return new StoredTensor(
                name + "[" + index * rows + ":" + (index + 1) * rows + "]",
                file,
                type,
                sides,
                offset + index * bytes,
                bytes);
    }
}
