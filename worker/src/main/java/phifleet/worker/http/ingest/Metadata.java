package phifleet.worker.http.ingest;

import java.util.LinkedHashMap;
import java.util.Map;
import phifleet.common.Problem;
import phifleet.http.json.BadBody;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;

/** What a caller keeps beside an image: an object of texts, numbers and truth values. */
final class Metadata {
    static final String FIELD = "metadata";

    private static final int MOST_KEYS = 64;
    private static final int MOST_CHARACTERS = 16_384;

    /** Of one that stands alone, as a part of a form. */
    private static final JsonLimits LIMITS = new JsonLimits(MOST_KEYS, MOST_CHARACTERS, 4);

    private Metadata() {}

    /** One that is a JSON text of its own. */
    static Map<String, Object> parse(byte[] json) throws BadBody {
        Map<String, Object> metadata = new LinkedHashMap<>();
        LIMITS.readObject(json, (key, value) -> add(value, key, FIELD, metadata));
        return metadata;
    }

    /**
     * One inside of a request.
     *
     * @param field its place there
     */
    static Map<String, Object> read(JsonInput json, String field) throws BadBody {
        Map<String, Object> metadata = new LinkedHashMap<>();
        if (json.isNull()) {
            return metadata;
        }
        json.openNested(field);
        for (String key = json.nextField(); key != null; key = json.nextField()) {
            add(json, key, field, metadata);
        }
        return metadata;
    }

    private static void add(JsonInput json, String key, String field, Map<String, Object> metadata) throws BadBody {
        String place = field + "." + Excerpt.of(key);
        switch (json.current()) {
            case VALUE_STRING -> metadata.put(key, json.text(place));
            case VALUE_TRUE, VALUE_FALSE -> metadata.put(key, json.flag(place, false));
            case VALUE_NUMBER_INT -> metadata.put(key, json.integer64(place));
            case VALUE_NUMBER_FLOAT -> metadata.put(key, json.float64(place, -1));
            default -> throw json.mismatch(place, -1, "a string, a number, true or false");
        }
        if (metadata.size() > MOST_KEYS) {
            throw tooLarge(field, "keys", MOST_KEYS);
        }
        long characters = 0;
        for (Map.Entry<String, Object> entry : metadata.entrySet()) {
            characters +=
                    entry.getKey().length() + String.valueOf(entry.getValue()).length();
        }
        if (characters > MOST_CHARACTERS) {
            throw tooLarge(field, "characters", MOST_CHARACTERS);
        }
    }

    private static BadBody tooLarge(String field, String what, int most) {
        return BadBody.value(
                Problem.of(413, "metadata_too_large", "`" + field + "` has more than " + most + " " + what, field));
    }
}
