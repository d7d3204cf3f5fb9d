package phifleet.scaler;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import phifleet.scaler.EngineAnswer.Bytes;

/**
 * A service as the engine has it.
 *
 * @param version that an update must name
 * @param updatedAt when somebody last changed it
 * @param updateState of an update or a rollback; empty where there was none
 * @param label of {@code phi.scaler}: {@code hold}, {@code resume}, or empty
 * @param before the bytes of its {@code Spec} up to the number of replicas
 * @param after those behind it
 */
record ServiceView(
        String id,
        long version,
        Instant updatedAt,
        String updateState,
        String label,
        int replicas,
        Bytes before,
        Bytes after) {
    /** How a person tells the scaler what to do: on the service, since it holds no state of its own. */
    static final String LABEL = "phi.scaler";

    private static final JsonFactory JSON = new JsonFactory();

    /** The whole spec with another number of replicas, and not a byte else. */
    byte[] specWith(int count) {
        ByteArrayOutputStream spec = new ByteArrayOutputStream();
        spec.writeBytes(before.array());
        spec.writeBytes(Integer.toString(count).getBytes(StandardCharsets.US_ASCII));
        spec.writeBytes(after.array());
        return spec.toByteArray();
    }

    /** Whether the specs are the same but for the replicas. */
    boolean differsInReplicasAlone(ServiceView other) {
        return before.equals(other.before) && after.equals(other.after);
    }

    /** Whether the engine is busy with a change: what is written now would become the spec that a rollback brings back. */
    boolean isUpdating() {
        return updateState.equals("updating") || updateState.equals("rollback_started");
    }

    /**
     * Reads what {@code GET /services/{name}} answers.
     *
     * @throws IOException where it is no replicated service
     */
    static ServiceView read(Bytes answer) throws IOException {
        return new Reading(answer.array()).service();
    }

    /** One pass over the answer that keeps where things stood. */
    private static final class Reading {
        private final byte[] bytes;
        private String id = "";
        private long version = -1;
        private Instant updatedAt = Instant.EPOCH;
        private String updateState = "";
        private String label = "";
        private int specFrom = -1;
        private int specTo = -1;
        private int countFrom = -1;
        private int countTo = -1;
        private int replicas;

        Reading(byte[] bytes) {
            this.bytes = bytes;
        }

        ServiceView service() throws IOException {
            try (JsonParser json = JSON.createParser(bytes)) {
                if (json.nextToken() != JsonToken.START_OBJECT) {
                    throw new IOException("the engine's word on the service is no JSON object");
                }
                object(json, "");
            }
            if (countFrom < specFrom || specFrom < 0 || version < 0) {
                throw new IOException("the service is not replicated");
            }
            return new ServiceView(
                    id,
                    version,
                    updatedAt,
                    updateState,
                    label,
                    replicas,
                    Bytes.of(bytes, specFrom, countFrom),
                    Bytes.of(bytes, countTo, specTo));
        }

        private void object(JsonParser json, String at) throws IOException {
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String path = at + "/" + json.currentName();
                JsonToken value = json.nextToken();
                int from = (int) json.currentTokenLocation().getByteOffset();
                if (value == JsonToken.START_OBJECT) {
                    object(json, path);
                } else if (value == JsonToken.START_ARRAY) {
                    json.skipChildren();
                } else {
                    scalar(json, path, from);
                }
                if (path.equals("/Spec")) {
                    specFrom = from;
                    specTo = (int) json.currentLocation().getByteOffset();
                }
            }
        }

        private void scalar(JsonParser json, String path, int from) throws IOException {
            @Nullable String text = json.getText();
            switch (path) {
                case "/ID" -> id = String.valueOf(text);
                case "/Version/Index" -> version = json.getLongValue();
                case "/UpdatedAt" -> updatedAt = instant(String.valueOf(text));
                case "/UpdateStatus/State" -> updateState = String.valueOf(text);
                case "/Spec/Labels/" + LABEL -> label = String.valueOf(text);
                case "/Spec/Mode/Replicated/Replicas" -> {
                    replicas = json.getIntValue();
                    countFrom = from;
                    countTo = from + json.getTextLength();
                }
                default -> {
                    // Not this program's to know.
                }
            }
        }

        private static Instant instant(String text) {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                return Instant.EPOCH;
            }
        }
    }
}
