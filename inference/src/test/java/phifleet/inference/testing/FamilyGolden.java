package phifleet.inference.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.Vector;

/**
 * A tiny model of one family and what another implementation gave for it, in 64-bit floats with NumPy. Its weights are no file: each tensor
 * is a row of pseudo-random numbers that begins with its name's CRC-32.
 *
 * @param cases texts by their lengths
 */
public record FamilyGolden(String name, JsonNode config, Map<String, JsonNode> tensors, List<Case> cases) {
    private static final String RESOURCE = "/phifleet/inference/graph/families.json";

    /**
     * A text.
     *
     * @param first what the first token became
     * @param mean of all tokens
     */
    public record Case(int tokens, Vector first, Vector mean) {}

    public static List<FamilyGolden> all() throws IOException {
        List<FamilyGolden> all = new ArrayList<>();
        read(RESOURCE).forEach((name, golden) -> {
            List<Case> cases = golden.path("cases")
                    .valueStream()
                    .map(text -> new Case(
                            text.path("tokens").asInt(), vector(text.path("first")), vector(text.path("mean"))))
                    .toList();
            all.add(of(name, golden, cases));
        });
        return all;
    }

    /** Another file's, whose cases are its own test's to read. */
    public static FamilyGolden of(String name, JsonNode golden) {
        return of(name, golden, List.of());
    }

    private static FamilyGolden of(String name, JsonNode golden, List<Case> cases) {
        Map<String, JsonNode> tensors = golden.path("tensors").properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        return new FamilyGolden(name, golden.path("config"), tensors, cases);
    }

    /** What a file of models has of each, by their names. */
    public static Map<String, JsonNode> read(String resource) throws IOException {
        try (InputStream file = FamilyGolden.class.getResourceAsStream(resource)) {
            Map<String, JsonNode> all = new LinkedHashMap<>();
            new JsonMapper().readTree(file).properties().forEach(entry -> all.put(entry.getKey(), entry.getValue()));
            return all;
        }
    }

    /** The ids of a text. */
    public int[] ids(int tokens) {
        int[] ids = new int[tokens];
        for (int i = 0; i < tokens; i++) {
            ids[i] = 1
                    + (i * i * 7 + i * 3 + tokens) % (config.path("vocab_size").asInt() - 1);
        }
        return ids;
    }

    /** Writes config.json and model.safetensors. */
    public ModelSource.Safetensors write(Path folder) throws IOException {
        Path file = folder.resolve("config.json");
        Files.writeString(file, config.toString());
        ObjectNode header = new JsonMapper().createObjectNode();
        List<ByteBuffer> all = new ArrayList<>();
        int at = 0;
        for (Map.Entry<String, JsonNode> tensor : tensors.entrySet()) {
            ByteBuffer values = values(tensor.getKey(), tensor.getValue());
            ObjectNode entry = header.putObject(tensor.getKey());
            entry.put("dtype", "F32").set("shape", tensor.getValue());
            entry.putArray("data_offsets").add(at).add(at + values.capacity());
            at += values.capacity();
            all.add(values);
        }
        byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer whole = ByteBuffer.allocate(Long.BYTES + text.length + at).order(ByteOrder.LITTLE_ENDIAN);
        whole.putLong(text.length).put(text);
        all.forEach(whole::put);
        Path weights = Files.write(folder.resolve("model.safetensors"), whole.array());
        return new ModelSource.Safetensors(file, weights, folder.resolve("tokenizer.json"));
    }

    private static ByteBuffer values(String name, JsonNode shape) {
        int count = shape.valueStream().mapToInt(JsonNode::asInt).reduce(1, Math::multiplyExact);
        CRC32 sum = new CRC32();
        sum.update(name.getBytes(StandardCharsets.UTF_8));
        int state = (int) sum.getValue();
        ByteBuffer values = ByteBuffer.allocate(count * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            state = state * 1_664_525 + 1_013_904_223;
            double value = (state >>> 8) / (double) (1 << 24) - 0.5;
            values.putFloat((float) scaled(name, shape.size(), value));
        }
        return values.flip();
    }

    private static double scaled(String name, int sides, double value) {
        if (sides == 1) {
            return name.endsWith("bias") ? 0.4 * value : 1 + 0.4 * value;
        }
        boolean isTable = name.equals("shared.weight")
                || (name.contains("embed") && !name.contains("mapping") && !name.contains("proj"));
        return (isTable ? 2 : 0.5) * value;
    }

    private static Vector vector(JsonNode numbers) {
        float[] values = new float[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) numbers.get(i).asDouble();
        }
        return new Vector(values);
    }
}
