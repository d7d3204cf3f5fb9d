package phifleet.inference.engine.pytorch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a TorchScript archive without torch: one module with tensors of 32-bit floats and a {@code forward} in source.
 *
 * <p>The form is that of {@code torch.jit.save} (PyTorch 2.7, torch/csrc/jit/docs/serialization.md): a stored zip of the code,
 * of the tensors' bytes, and of a pickle that names the class and gives each attribute its tensor.
 */
public final class TorchScriptArchive {
    private static final String CLASS = "Encoder";

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final String forward;

    /** Values and how they lie: {@code strides} in values, as torch counts them. */
    private record Tensor(ByteBuffer bytes, List<Integer> sizes, List<Integer> strides) {}

    /**
     * @param forward parameters, result and body, such as {@code input_ids: Tensor) -> Tensor:\n    return …}
     */
    public TorchScriptArchive(String forward) {
        this.forward = forward;
    }

    /** An attribute of rows one after another. */
    public TorchScriptArchive tensor(String name, ByteBuffer littleEndianFloats, int... sizes) {
        List<Integer> strides = new ArrayList<>();
        int step = 1;
        for (int i = sizes.length - 1; i >= 0; i--) {
            strides.addFirst(step);
            step *= sizes[i];
        }
        tensors.put(
                name,
                new Tensor(littleEndianFloats, Arrays.stream(sizes).boxed().toList(), strides));
        return this;
    }

    /** The transpose of a matrix that lies row after row: nothing is moved. */
    public TorchScriptArchive transposed(String name, ByteBuffer littleEndianFloats, int rows, int columns) {
        tensors.put(name, new Tensor(littleEndianFloats, List.of(columns, rows), List.of(1, columns)));
        return this;
    }

    /** An attribute of these values. */
    public TorchScriptArchive tensor(String name, float[] values, int... sizes) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return tensor(name, bytes, sizes);
    }

    public Path write(Path file) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            store(zip, "version", text("3\n"));
            store(zip, "code/__torch__.py", text(source()));
            store(zip, "data.pkl", ByteBuffer.wrap(pickle()));
            // An empty tuple.
            store(zip, "constants.pkl", ByteBuffer.wrap(new byte[] {(byte) 0x80, 2, ')', '.'}));
            int key = 0;
            for (Tensor tensor : tensors.values()) {
                store(zip, "data/" + key++, tensor.bytes());
            }
        }
        return file;
    }

    private String source() {
        StringBuilder source = new StringBuilder("class " + CLASS + "(Module):\n  __parameters__ = [");
        tensors.keySet().forEach(name -> source.append('"').append(name).append("\", "));
        source.append("]\n  __buffers__ = []\n");
        tensors.keySet().forEach(name -> source.append("  ").append(name).append(" : Tensor\n"));
        return source.append("  training : bool\n  def forward(self: __torch__." + CLASS + ",\n    ")
                .append(forward)
                .append('\n')
                .toString();
    }

    private byte[] pickle() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x80, 2});
        global(out, "__torch__", CLASS);
        // A new object, and a dictionary of its attributes from here to the 'u'.
        out.writeBytes(new byte[] {')', (byte) 0x81, '}', '('});
        int key = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            Tensor tensor = entry.getValue();
            unicode(out, entry.getKey());
            global(out, "torch._utils", "_rebuild_tensor_v2");
            out.write('(');
            out.write('(');
            unicode(out, "storage");
            global(out, "torch", "FloatStorage");
            unicode(out, Integer.toString(key++));
            unicode(out, "cpu");
            integer(out, tensor.bytes().remaining() / Float.BYTES);
            out.writeBytes(new byte[] {'t', 'Q'});
            integer(out, 0);
            tuple(out, tensor.sizes());
            tuple(out, tensor.strides());
            // Needs no gradient, has no hooks.
            out.write(0x89);
            global(out, "collections", "OrderedDict");
            out.writeBytes(new byte[] {')', 'R', 't', 'R'});
        }
        unicode(out, "training");
        out.writeBytes(new byte[] {(byte) 0x89, 'u', 'b', '.'});
        return out.toByteArray();
    }

    private static void tuple(ByteArrayOutputStream out, List<Integer> values) {
        out.write('(');
        for (int value : values) {
            integer(out, value);
        }
        out.write('t');
    }

    private static void integer(ByteArrayOutputStream out, int value) {
        out.write('J');
        out.writeBytes(littleEndian(value));
    }

    private static void unicode(ByteArrayOutputStream out, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        out.write('X');
        out.writeBytes(littleEndian(bytes.length));
        out.writeBytes(bytes);
    }

    private static void global(ByteArrayOutputStream out, String module, String name) {
        out.writeBytes(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] littleEndian(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void store(ZipOutputStream zip, String name, ByteBuffer content) throws IOException {
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry("encoder/" + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
