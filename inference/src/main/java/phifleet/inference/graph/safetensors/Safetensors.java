package phifleet.inference.graph.safetensors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.ModelException;

/**
 * The tensors of a safetensors file, or of all the files that an index names: 8 bytes with the length of a JSON header, the
 * header, then the numbers. Only headers are read; every place that a header names is checked to lie within its file.
 */
public final class Safetensors {
    /** Types as the format names them; those of 8-bit floats are not known here. */
    private static final Map<String, ElementType> TYPES = Map.of(
            "F32", ElementType.FP32,
            "F16", ElementType.FP16,
            "BF16", ElementType.BF16,
            "F64", ElementType.FP64,
            "I64", ElementType.INT64,
            "I32", ElementType.INT32,
            "I16", ElementType.INT16,
            "I8", ElementType.INT8,
            "U8", ElementType.UINT8,
            "BOOL", ElementType.BOOL);

    /** The format's own bound. */
    private static final long MOST_HEADER_BYTES = 100_000_000;

    private static final String INDEX = ".index.json";

    private final Path source;
    private final Map<String, StoredTensor> tensors;

    private Safetensors(Path source, Map<String, StoredTensor> tensors) {
        this.source = source;
        this.tensors = tensors;
    }

    /**
     * Reads the headers.
     *
     * @param source a {@code .safetensors} file or a {@code .safetensors.index.json}
     * @throws ModelException where a file is missing, cut short, or its header does not fit it; the message names the tensor
     */
    public static Safetensors read(Path source) throws ModelException {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        if (!source.toString().endsWith(INDEX)) {
            readFile(source, tensors);
            return new Safetensors(source, tensors);
        }
        JsonNode places;
        try {
            places = new JsonMapper().readTree(source.toFile()).path("weight_map");
        } catch (IOException e) {
            throw ModelException.ofJson(String.valueOf(source), e);
        }
        TreeSet<String> files = new TreeSet<>();
        places.forEach(file -> files.add(file.asText()));
        for (String name : files) {
            Path file = source.resolveSibling(name);
            if (!Path.of(name).equals(Path.of(name).getFileName())) {
                throw new ModelException(source + " names " + name + ", which is not a file beside it");
            }
            if (!Files.isRegularFile(file)) {
                throw new ModelException(source + " names " + name + ", which is not there");
            }
            readFile(file, tensors);
        }
        for (Map.Entry<String, JsonNode> place : places.properties()) {
            StoredTensor tensor = tensors.get(place.getKey());
            if (tensor == null
                    || !tensor.file()
                            .equals(source.resolveSibling(place.getValue().asText()))) {
                throw new ModelException(source + " says that " + place.getKey() + " is in "
                        + place.getValue().asText() + ", where it is not");
            }
        }
        return new Safetensors(source, tensors);
    }

    /** What was read, for messages. */
    public Path source() {
        return source;
    }

    public List<String> names() {
        return List.copyOf(tensors.keySet());
    }

    public @Nullable StoredTensor find(String name) {
        return tensors.get(name);
    }

    /**
     * The numbers of a tensor as 32-bit floats.
     *
     * @throws ModelException if there is none of this name, or it holds no floats
     */
    public float[] floats(String name) throws ModelException {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new ModelException(source + " has no tensor " + name);
        }
        return floats(tensor);
    }

    /** One row of a matrix, without the others. */
    public float[] floats(String name, int row) throws ModelException {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null
                || tensor.shape().size() != 2
                || row < 0
                || row >= tensor.shape().getFirst()) {
            throw new ModelException(source + " has no matrix " + name + " with a row " + row);
        }
        return floats(tensor.row(row));
    }

    private float[] floats(StoredTensor tensor) throws ModelException {
        String name = tensor.name();
        if (!tensor.type().isFloat()) {
            throw new ModelException(source + ": " + name + " has the type " + tensor.type() + ", which is no float");
        }
        try (FileChannel file = FileChannel.open(tensor.file(), StandardOpenOption.READ)) {
            ByteBuffer bytes = file.map(FileChannel.MapMode.READ_ONLY, tensor.offset(), tensor.length())
                    .order(ByteOrder.LITTLE_ENDIAN);
            float[] values =
                    new float[Math.toIntExact(tensor.length() / tensor.type().bytes())];
            for (int i = 0; i < values.length; i++) {
                values[i] = switch (tensor.type()) {
                    case FP16 -> Float.float16ToFloat(bytes.getShort());
                    case BF16 -> Float.intBitsToFloat(bytes.getShort() << Short.SIZE);
                    default -> bytes.getFloat();
                };
            }
            return values;
        } catch (IOException | ArithmeticException e) {
            throw new ModelException(source + ": " + name + " cannot be read: " + e, e);
        }
    }

    private static void readFile(Path file, Map<String, StoredTensor> tensors) throws ModelException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = in.size();
            ByteBuffer first = read(in, 0, Long.BYTES);
            long length = first.hasRemaining() ? first.getLong() : -1;
            if (length < 2 || length > Math.min(size - Long.BYTES, MOST_HEADER_BYTES)) {
                throw new ModelException(file + " is no safetensors file, or is cut short: its header has " + length
                        + " bytes, the file " + size);
            }
            JsonNode header =
                    new JsonMapper().readTree(read(in, Long.BYTES, (int) length).array());
            for (Map.Entry<String, JsonNode> entry : header.properties()) {
                if (!entry.getKey().equals("__metadata__")) {
                    StoredTensor tensor = tensor(file, entry.getKey(), entry.getValue(), Long.BYTES + length, size);
                    if (tensors.put(entry.getKey(), tensor) != null) {
                        throw new ModelException(file + ": another file has a tensor " + entry.getKey() + " too");
                    }
                }
            }
        } catch (IOException e) {
            throw ModelException.ofJson(String.valueOf(file), e);
        }
    }

    private static StoredTensor tensor(Path file, String name, JsonNode entry, long data, long size)
            throws ModelException {
        ElementType type = TYPES.get(entry.path("dtype").asText().toUpperCase(Locale.ROOT));
        if (type == null) {
            throw new ModelException(file + ": tensor " + name + " has the type "
                    + entry.path("dtype").asText() + ", which is not supported");
        }
        List<Long> shape = new ArrayList<>();
        long bytes = type.bytes();
        long begin = entry.path("data_offsets").path(0).asLong(-1);
        long end = entry.path("data_offsets").path(1).asLong(-1);
        try {
            for (JsonNode side : entry.path("shape")) {
                shape.add(side.asLong(-1));
                bytes = Math.multiplyExact(bytes, side.asLong(-1));
            }
        } catch (ArithmeticException e) {
            bytes = -1;
        }
        if (begin < 0 || end < begin || shape.stream().anyMatch(side -> side < 0) || bytes != end - begin) {
            throw new ModelException(file + ": tensor " + name + " of shape " + shape
                    + " does not fit its place, bytes " + begin + " to " + end);
        }
        if (end > size - data) {
            throw new ModelException(file + ": tensor " + name + " ends at byte " + end + " of the data, which has "
                    + (size - data) + ": the file is cut short, or its header is wrong");
        }
        return new StoredTensor(name, file, type, shape, data + begin, end - begin);
    }

    private static ByteBuffer read(FileChannel in, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining() && in.read(bytes, position + bytes.position()) >= 0) {}
        return bytes.hasRemaining() ? ByteBuffer.allocate(0) : bytes.flip();
    }
}
