package phifleet.gateway.http.routing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import phifleet.common.IndexRoutes;
import phifleet.common.ModelRoutes;
import phifleet.http.HeaderNames;
import phifleet.http.MediaTypes;
import phifleet.http.PathNames;

/** Which model a request names: in its path, in a header, or in a top-level field {@code model} of a JSON body. */
public final class ModelName {
    private static final JsonFactory JSON = new JsonFactory();

    /** How much of a body is looked at; a name that stands behind that is not seen, and any worker may take the request. */
    public static final int SCANNED_BYTES = 256 * 1024;

    private static final String VERSIONS = "/versions/";
    private static final byte[] FIELD = "\"model\"".getBytes(StandardCharsets.US_ASCII);

    private ModelName() {}

    /** The model that the path names, or the index, which is held as models are; null where it names none. */
    public static @Nullable String inPath(String path) {
        if (IndexRoutes.includes(path)) {
            return IndexRoutes.NAME;
        }
        return ModelRoutes.nameIn(path).flatMap(PathNames::decode).orElse(null);
    }

    /** The version of that model that the path names; null where it names none. */
    public static @Nullable String versionInPath(String path) {
        int at = path.indexOf(VERSIONS);
        if (at < 0 || !path.startsWith("/v2/models/")) {
            return null;
        }
        int from = at + VERSIONS.length();
        int slash = path.indexOf('/', from);
        return PathNames.decode(path.substring(from, slash < 0 ? path.length() : slash))
                .orElse(null);
    }

    /** The model that a header names; null where there is none. */
    public static @Nullable String inHead(MultiMap headers) {
        String name = headers.get(HeaderNames.MODEL);
        return name == null || name.isBlank() ? null : name.strip();
    }

    /** Whether the body may be looked into. */
    public static boolean isJson(MultiMap headers) {
        return MediaTypes.isJson(headers.get(HttpHeaders.CONTENT_TYPE));
    }

    /**
     * A name in a body.
     *
     * @param from the first byte of the text, its quote included
     * @param to behind its last
     */
    public record Place(String name, int from, int to) {}

    /** The model in a body; null where it names none, is no JSON object, or names it too far in. */
    public static @Nullable String inBody(byte[] body) {
        Place place = placeIn(body);
        return place == null ? null : place.name();
    }

    /** The same, and where it stands. */
    public static @Nullable Place placeIn(byte[] body) {
        if (!mentions(body, FIELD)) {
            return null;
        }
        try (JsonParser parser = JSON.createParser(body, 0, Math.min(body.length, SCANNED_BYTES))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = parser.currentName().equals("model");
                JsonToken value = parser.nextToken();
                if (found) {
                    return value == JsonToken.VALUE_STRING ? place(parser) : null;
                }
                parser.skipChildren();
            }
            return null;
        } catch (IOException e) {
            // A worker will say what is wrong with it.
            return null;
        }
    }

    private static Place place(JsonParser parser) throws IOException {
        long from = parser.currentTokenLocation().getByteOffset();
        String name = parser.getText();
        return new Place(name, (int) from, (int) parser.currentLocation().getByteOffset());
    }

    /** A quick look, which spares most bodies the parser. */
    static boolean mentions(byte[] body, byte[] word) {
        int last = Math.min(body.length, SCANNED_BYTES) - word.length;
        for (int i = 0; i <= last; i++) {
            if (body[i] == word[0] && matches(body, i, word)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(byte[] body, int at, byte[] word) {
        for (int i = 1; i < word.length; i++) {
            if (body[at + i] != word[i]) {
                return false;
            }
        }
        return true;
    }
}
