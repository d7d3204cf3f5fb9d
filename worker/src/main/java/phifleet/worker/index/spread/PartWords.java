package phifleet.worker.index.spread;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.Vector;
import phifleet.worker.index.Hit;
import phifleet.worker.index.ImageQuery;
import phifleet.worker.index.ImageRecord;
import phifleet.worker.index.Put;
import phifleet.worker.index.RecordFormat;
import phifleet.worker.index.VectorSource;

/** What keepers of parts say to each other, as JSON. */
final class PartWords {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SOURCE = "source";
    private static final String VECTOR = "vector";
    private static final String LABELS = "labels";
    private static final String WORDS = "words";
    private static final String HITS = "hits";
    static final String PIXELS = "pixels";

    private PartWords() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static JsonNode parse(byte[] json) throws IOException {
        return JSON.readTree(json);
    }

    static byte[] write(JsonNode json) throws IOException {
        return JSON.writeValueAsBytes(json);
    }

    /** A question about the part of a source's index. */
    static ObjectNode about(VectorSource source) {
        ObjectNode question = object();
        question.putObject(SOURCE)
                .put("model", source.model())
                .put("checksum", source.checksum())
                .put("dimension", source.dimension())
                .put("contents", source.writtenContents());
        return question;
    }

    static VectorSource source(JsonNode question) throws IOException {
        JsonNode source = question.path(SOURCE);
        if (!source.path("model").isTextual() || !source.path("checksum").isTextual()) {
            throw new IOException("no source is named");
        }
        return VectorSource.written(
                        source.path("model").asText(),
                        source.path("checksum").asText(),
                        source.path("dimension").asInt(),
                        source.path("contents").asText())
                .orElseThrow(() -> new IOException("a part of such contents is kept by a later version"));
    }

    static void record(ObjectNode into, ImageRecord image) throws IOException {
        into.set("record", JSON.readTree(RecordFormat.write(image)));
    }

    static Optional<ImageRecord> record(JsonNode from) throws IOException {
        return from.path("record").isObject() ? Optional.of(RecordFormat.read(from.path("record"))) : Optional.empty();
    }

    static void vector(ObjectNode into, @Nullable Vector vector) {
        if (vector != null) {
            ArrayNode values = into.putArray(VECTOR);
            for (float value : vector.values()) {
                values.add(value);
            }
        }
    }

    static @Nullable Vector vector(JsonNode from) {
        JsonNode values = from.path(VECTOR);
        if (!values.isArray()) {
            return null;
        }
        float[] vector = new float[values.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = values.get(i).floatValue();
        }
        return new Vector(vector);
    }

    static void query(ObjectNode into, ImageQuery query) {
        vector(into, query.vector());
        into.put("k", query.k()).put("min_score", query.minScore());
        ArrayNode labels = into.putArray(LABELS);
        query.labels().forEach(labels::add);
        ArrayNode words = into.putArray(WORDS);
        query.words().forEach(words::add);
    }

    static ImageQuery query(JsonNode from) throws IOException {
        int k = from.path("k").asInt();
        if (k < 1 || k > ImageQuery.MOST) {
            throw new IOException("k is " + k);
        }
        return new ImageQuery(
                vector(from), k, from.path("min_score").asDouble(), texts(from.path(LABELS)), texts(from.path(WORDS)));
    }

    static void hits(ObjectNode into, List<Hit> hits) throws IOException {
        ArrayNode list = into.putArray(HITS);
        for (Hit hit : hits) {
            ObjectNode one = list.addObject().put("score", hit.score());
            record(one, hit.image());
        }
    }

    static List<Hit> hits(JsonNode from) throws IOException {
        List<Hit> hits = new ArrayList<>();
        for (JsonNode one : from.path(HITS)) {
            Double score = one.path("score").isNumber() ? one.path("score").asDouble() : null;
            hits.add(new Hit(record(one).orElseThrow(() -> new IOException("a hit has no record")), score));
        }
        return hits;
    }

    static List<String> ids(JsonNode from) {
        return texts(from.path("ids"));
    }

    /** Hashes of pictures. */
    static List<String> pixels(JsonNode from) {
        return texts(from.path(PIXELS));
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** What became of an image, or that it is not there. */
    static void put(ObjectNode into, @Nullable Put put) {
        switch (put) {
            case null -> into.put("put", "absent");
            case Put.Created() -> into.put("put", "created");
            case Put.Present(String id, Put.Sameness by) ->
                into.put("put", by == Put.Sameness.FILE ? "file" : "pixels").put("id", id);
        }
    }

    static @Nullable Put put(JsonNode from) throws IOException {
        String id = from.path("id").asText();
        return switch (from.path("put").asText()) {
            case "absent" -> null;
            case "created" -> new Put.Created();
            case "file" -> new Put.Present(id, Put.Sameness.FILE);
            case "pixels" -> new Put.Present(id, Put.Sameness.PIXELS);
            default -> throw new IOException("it does not say what became of the image");
        };
    }
}
