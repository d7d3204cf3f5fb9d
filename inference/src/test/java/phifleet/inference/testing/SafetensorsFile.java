package phifleet.inference.testing;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes a safetensors file of 32-bit floats. */
public final class SafetensorsFile {
    private final ObjectNode header = new JsonMapper().createObjectNode();
    private final List<float[]> tensors = new ArrayList<>();
    private int bytes;

    public SafetensorsFile add(String name, float[] values, int... shape) {
        ObjectNode tensor = header.putObject(name).put("dtype", "F32");
        for (int side : shape) {
            tensor.withArray("shape").add(side);
        }
        tensor.putArray("data_offsets").add(bytes).add(bytes + values.length * Float.BYTES);
        bytes += values.length * Float.BYTES;
        tensors.add(values);
        return this;
    }

    public Path write(Path file) throws IOException {
        byte[] json = header.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer all = ByteBuffer.allocate(Long.BYTES + json.length + bytes).order(ByteOrder.LITTLE_ENDIAN);
        all.putLong(json.length).put(json);
        for (float[] values : tensors) {
            for (float value : values) {
                all.putFloat(value);
            }
        }
        return Files.write(file, all.array());
    }
}
