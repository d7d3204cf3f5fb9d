package phifleet.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** One request, encoded once and sent as often as wanted, with the check that its answer must pass. Immutable. */
public final class Call {
    private final String kind;
    private final byte[] wire;
    private final AnswerCheck check;

    private Call(String kind, byte[] wire, AnswerCheck check) {
        this.kind = kind;
        this.wire = wire;
        this.check = check;
    }

    /**
     * A request without a body.
     *
     * @param kind the row of the report that it counts in
     */
    public static Call get(String kind, String path, AnswerCheck check) {
        return of(kind, "GET", path, Map.of(), new byte[0], check);
    }

    /** A JSON request. */
    public static Call postJson(String kind, String path, String json, AnswerCheck check) {
        return postJson(kind, path, json, Map.of(), check);
    }

    /** A JSON request with more headers. */
    public static Call postJson(String kind, String path, String json, Map<String, String> headers, AnswerCheck check) {
        Map<String, String> all = new TreeMap<>(headers);
        all.put("Content-Type", "application/json");
        return of(kind, "POST", path, all, json.getBytes(StandardCharsets.UTF_8), check);
    }

    /** Any request. {@code Host} and {@code Content-Length} are added. */
    public static Call of(
            String kind, String method, String path, Map<String, String> headers, byte[] body, AnswerCheck check) {
        StringBuilder head = new StringBuilder(160)
                .append(method)
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nHost: localhost\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (body.length > 0) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        byte[] start = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] wire = new byte[start.length + body.length];
        System.arraycopy(start, 0, wire, 0, start.length);
        System.arraycopy(body, 0, wire, start.length, body.length);
        return new Call(kind, wire, check);
    }

    /** The row of the report that it counts in. */
    public String kind() {
        return kind;
    }

    AnswerCheck check() {
        return check;
    }

    byte[] wire() {
        return wire;
    }
}
