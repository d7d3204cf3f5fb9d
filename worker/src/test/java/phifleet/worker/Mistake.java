package phifleet.worker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A request that is refused, and what is said of it. */
record Mistake(String name, String path, String header, String value, ByteBuffer body, int status, List<String> words) {
    /** How long the JSON before a tensor's bytes is. */
    static final String LENGTH = "Inference-Header-Content-Length";

    @Override
    public String toString() {
        return name;
    }

    static Mistake json(String name, String path, String body, int status, String... words) {
        return new Mistake(
                name,
                path,
                "Content-Type",
                "application/json",
                ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)),
                status,
                List.of(words));
    }

    static Mistake infer(String name, String inputs, String... words) {
        return json(name, "/v2/models/sum/infer", "{\"inputs\":[" + inputs + "]}", 400, words);
    }

    static String input(String name, String shape, String type, String data) {
        return "{\"name\":\"" + name + "\",\"shape\":" + shape + ",\"datatype\":\"" + type + "\",\"data\":" + data
                + "}";
    }

    /** A tensor's bytes behind the JSON that tells of them. */
    static Mistake binary(
            String name, String model, String shape, String type, int size, byte[] tail, String... words) {
        String head = "{\"inputs\":[{\"name\":\"x\",\"shape\":" + shape + ",\"datatype\":\"" + type
                + "\",\"parameters\":{\"binary_data_size\":" + size + "}}]}";
        ByteBuffer body = ByteBuffer.allocate(head.length() + tail.length)
                .put(head.getBytes(StandardCharsets.UTF_8))
                .put(tail);
        return new Mistake(
                name,
                "/v2/models/" + model + "/infer",
                LENGTH,
                Integer.toString(head.length()),
                body,
                400,
                List.of(words));
    }

    static Mistake image(String name, byte[] file, int status, String... words) {
        return new Mistake(
                name, "/predict/colours", "Content-Type", "image/png", ByteBuffer.wrap(file), status, List.of(words));
    }
}
