package phifleet.worker.http.ingest;

import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.MultiMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.json.BadBody;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.worker.http.image.ImageBody;
import phifleet.worker.index.ImageQuery;
import phifleet.worker.index.IndexContents;
import phifleet.worker.index.Words;

/** What {@code /search} was asked. */
final class SearchRequest {
    private static final int USUAL = 10;
    private static final int MOST_LABELS = 32;

    /** What is written in the images that are looked for. */
    private static final String OCR_TEXT = "ocr_text";

    /** Characters of it: engines take no more than some hundred words. */
    private static final int MOST_OCR_TEXT = 500;

    /** The index of whole images, as answers of {@code /ingest} call it. */
    private static final String IMAGES = "global";

    private byte @Nullable [] image;
    private @Nullable String id;
    private @Nullable String text;
    private int k = USUAL;
    private double minScore = -1;
    private List<String> labels = List.of();
    private List<String> words = List.of();
    private IndexContents contents = IndexContents.IMAGES;

    private SearchRequest() {}

    /** The file of an image alone; the rest is in the query. */
    static SearchRequest of(MultiMap query, byte[] image) throws BadBody {
        SearchRequest request = new SearchRequest();
        request.image = image;
        request.k = (int) number(query, "k", USUAL, 1, ImageQuery.MOST, true);
        request.minScore = number(query, "min_score", -1, -1, 1, false);
        String index = query.get("index");
        request.contents = index == null ? IndexContents.IMAGES : contents(index, "index");
        String written = query.get(OCR_TEXT);
        if (written != null) {
            request.words = words(written);
        }
        String labels = query.get("labels");
        if (labels != null && !labels.isEmpty()) {
            request.labels = List.of(labels.split(",", MOST_LABELS + 1));
            if (request.labels.size() > MOST_LABELS) {
                throw JsonInput.tooMany("labels", MOST_LABELS);
            }
        }
        return request;
    }

    static SearchRequest parse(byte[] body, JsonLimits limits) throws BadBody {
        SearchRequest request = new SearchRequest();
        limits.readObject(body, (field, json) -> {
            switch (field) {
                case "image" -> request.image = ImageBody.decode(json.text(field), field);
                case "id" -> request.id = json.text(field);
                case "text" -> request.text = text(json, field);
                case "k" -> request.k = json.integer(field, -1, 1, ImageQuery.MOST);
                case "min_score" -> request.minScore = score(json, field);
                case "labels" -> request.labels = labels(json, field);
                case OCR_TEXT -> request.words = words(json.text(field));
                case "index" -> request.contents = contents(json.text(field), field);
                default ->
                    throw BadBody.value(Problem.badRequest(
                            "unknown_field",
                            "`" + Excerpt.of(field)
                                    + "` is no field of a search; there are image, id, text, k, min_score, labels,"
                                    + " ocr_text and index",
                            Excerpt.of(field)));
            }
        });
        int ways = (request.image == null ? 0 : 1) + (request.id == null ? 0 : 1) + (request.text == null ? 0 : 1);
        if (ways > 1) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value",
                    "a search has one of `image`, `id` and `text`",
                    request.id != null ? "id" : "text"));
        }
        if (ways == 0 && request.labels.isEmpty() && request.words.isEmpty()) {
            throw BadBody.value(Problem.badRequest(
                    "missing_field", "`image`, `id`, `text`, `labels` or `ocr_text` is needed to search by", "image"));
        }
        return request;
    }

    private static IndexContents contents(String name, String field) throws BadBody {
        return switch (name) {
            case IMAGES -> IndexContents.IMAGES;
            case "vehicles" -> IndexContents.VEHICLES;
            case "people" -> IndexContents.PEOPLE;
            default ->
                throw BadBody.value(Problem.badRequest(
                        "invalid_value",
                        "`" + field + "` must be global, vehicles or people, was '" + Excerpt.of(name) + "'",
                        field));
        };
    }

    private static String text(JsonInput json, String field) throws BadBody {
        String text = json.text(field);
        if (text.isBlank()) {
            throw BadBody.value(Problem.badRequest("invalid_value", "`text` cannot be empty", field));
        }
        return text;
    }

    private static List<String> words(String text) throws BadBody {
        if (text.length() > MOST_OCR_TEXT) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value",
                    "`ocr_text` has " + text.length() + " characters, at most " + MOST_OCR_TEXT + " are taken",
                    OCR_TEXT));
        }
        List<String> words = Words.sought(text);
        if (words.isEmpty()) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value",
                    "`ocr_text` must have a letter or a digit, was '" + Excerpt.of(text) + "'",
                    OCR_TEXT));
        }
        return words;
    }

    private static double score(JsonInput json, String field) throws BadBody {
        double value = json.float64(field, -1);
        if (value < -1 || value > 1) {
            throw json.mismatch(field, -1, "a number from -1 to 1");
        }
        return value;
    }

    private static List<String> labels(JsonInput json, String field) throws BadBody {
        if (json.current() != JsonToken.START_ARRAY) {
            throw json.mismatch(field, -1, "a list of strings");
        }
        List<String> labels = new ArrayList<>();
        while (json.next() != JsonToken.END_ARRAY) {
            if (labels.size() == MOST_LABELS) {
                throw JsonInput.tooMany(field, MOST_LABELS);
            }
            labels.add(json.text(field, labels.size()));
        }
        return labels;
    }

    private static double number(MultiMap query, String key, double fallback, double least, double most, boolean whole)
            throws BadBody {
        @Nullable String text = query.get(key);
        if (text == null) {
            return fallback;
        }
        double value = text.matches("-?\\d{1,9}(\\.\\d{1,9})?") ? Double.parseDouble(text) : Double.NaN;
        if (value >= least && value <= most && (!whole || value == Math.rint(value))) {
            return value;
        }
        throw BadBody.value(Problem.badRequest(
                "invalid_value",
                "`" + key + "` must be a " + (whole ? "whole number" : "number") + " from " + (int) least + " to "
                        + (int) most + ", was '" + Excerpt.of(text) + "'",
                key));
    }

    /** The file to search by; null where there is none. */
    byte @Nullable [] image() {
        return image;
    }

    /** The image of the index to search by; null where there is none. */
    @Nullable
    String id() {
        return id;
    }

    /** What is to be seen in the images; null where that is not said. */
    @Nullable
    String text() {
        return text;
    }

    int k() {
        return k;
    }

    double minScore() {
        return minScore;
    }

    List<String> labels() {
        return labels;
    }

    /** Each of which must be written in the images; none where that is not said. */
    List<String> words() {
        return words;
    }

    /** What is looked for. */
    IndexContents contents() {
        return contents;
    }
}
