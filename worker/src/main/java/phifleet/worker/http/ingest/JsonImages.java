package phifleet.worker.http.ingest;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.BodyBudget;
import phifleet.http.dialect.Problems;
import phifleet.http.json.BadBody;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.worker.http.image.ImageBody;
import phifleet.worker.http.ingest.pipeline.GivenImage;
import phifleet.worker.http.ingest.pipeline.IngestSettings;

/** Reads {@code {"images": [{"id"?, "data": base64, "metadata"?}]}}. An image that cannot be read is an item that failed. */
record JsonImages(JsonLimits limits, IngestSettings settings, BodyBudget budget) {
    private static final String IMAGES = "images";

    /** What stands in the list. */
    sealed interface Item {
        record Image(GivenImage image) implements Item {}

        record Broken(@Nullable String name, Problem problem) implements Item {}
    }

    List<Item> read(byte[] body) throws BadBody {
        List<Item> items = new ArrayList<>();
        boolean[] given = new boolean[1];
        try {
            limits.readObject(body, (field, json) -> {
                if (!field.equals(IMAGES)) {
                    throw BadBody.value(Problem.badRequest(
                            "unknown_field",
                            "`" + Excerpt.of(field) + "` is no field of this request; there is images",
                            Excerpt.of(field)));
                }
                given[0] = true;
                list(json, items);
            });
            if (!given[0]) {
                throw BadBody.value(Problem.badRequest(
                        "missing_field", "`images` is needed: a list of objects with `data`", IMAGES));
            }
            if (items.isEmpty()) {
                throw BadBody.value(Problems.empty(IMAGES));
            }
            return items;
        } catch (BadBody e) {
            release(items);
            throw e;
        }
    }

    static void release(List<Item> items) {
        for (Item item : items) {
            if (item instanceof Item.Image(GivenImage image)) {
                image.release();
            }
        }
    }

    private void list(JsonInput json, List<Item> items) throws BadBody {
        if (json.current() != JsonToken.START_ARRAY) {
            throw json.mismatch(IMAGES, -1, "a list of objects");
        }
        while (json.next() != JsonToken.END_ARRAY) {
            if (items.size() == settings.maxImages()) {
                throw JsonInput.tooMany(IMAGES, settings.maxImages());
            }
            items.add(item(json, JsonInput.path(IMAGES, items.size())));
        }
    }

    private Item item(JsonInput json, String place) throws BadBody {
        json.openNested(place);
        String name = null;
        String data = null;
        Map<String, Object> metadata = Map.of();
        for (String key = json.nextField(); key != null; key = json.nextField()) {
            String field = place + "." + key;
            switch (key) {
                case "id" -> name = ImageNames.checked(json.optionalText(field), field);
                case "data" -> data = json.text(field);
                case Metadata.FIELD -> metadata = Metadata.read(json, field);
                default ->
                    throw BadBody.value(Problem.badRequest(
                            "unknown_field",
                            "`" + place + "." + Excerpt.of(key)
                                    + "` is no field of an image; there are id, data and metadata",
                            place + "." + Excerpt.of(key)));
            }
        }
        if (data == null) {
            return new Item.Broken(
                    name, Problem.badRequest("missing_field", "`" + place + ".data` is missing", place + ".data"));
        }
        byte[] file;
        try {
            file = ImageBody.decode(data, place + ".data");
        } catch (BadBody e) {
            return new Item.Broken(name, e.problem());
        }
        Problem problem = IngestProblems.unfit(file.length, settings);
        if (problem == null && !budget.take(file.length, file.length)) {
            problem = IngestProblems.full();
        }
        return problem == null
                ? new Item.Image(new GivenImage(name, metadata, file, budget, file.length))
                : new Item.Broken(name, problem);
    }
}
