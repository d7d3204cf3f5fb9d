package phifleet.worker.index.opensearch;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import phifleet.inference.model.Vector;
import phifleet.worker.index.ImageRecord;
import phifleet.worker.index.RecordFormat;
import phifleet.worker.index.VectorSource;

/**
 * An image as a document of OpenSearch's. Its {@code _id} is the hash of its pixels: a file has one, whoever decodes it, so that
 * {@code create} puts a file in once and a picture once, of however many workers, without a lock.
 */
final class Documents {
    static final String ID = "id";
    static final String LABELS = "labels";
    static final String WORDS = "words";
    static final String INDEXED_AT = "indexed_at";
    static final String VECTOR = "vector";
    static final String RECORD = "record";

    /** Names the call that put a document in: whoever gets no answer and tries again knows its own. */
    static final String PUT = "put";

    private static final JsonMapper JSON = new JsonMapper();

    private Documents() {}

    /** Settings and mapping of an index of a source's vectors, and its alias. */
    static ObjectNode index(OpenSearchSettings settings, VectorSource source, String alias) {
        ObjectNode all = object();
        all.putObject("aliases").putObject(alias);
        ObjectNode index = all.putObject("settings").putObject("index");
        index.put("knn", true)
                .put("number_of_shards", settings.shards())
                .put("number_of_replicas", settings.replicas());
        ObjectNode mappings = all.putObject("mappings").put("dynamic", false);
        mappings.set("_meta", source(source));
        ObjectNode fields = mappings.putObject("properties");
        fields.putObject(ID).put("type", "keyword");
        fields.putObject(LABELS).put("type", "keyword");
        fields.set(WORDS, words());
        fields.putObject(INDEXED_AT).put("type", "long");
        fields.putObject(RECORD).put("type", "object").put("enabled", false);
        ObjectNode vector = fields.putObject(VECTOR).put("type", "knn_vector").put("dimension", source.dimension());
        ObjectNode method = vector.putObject("method")
                .put("name", "hnsw")
                .put("space_type", "cosinesimil")
                .put("engine", settings.engine().name().toLowerCase(Locale.ROOT));
        method.putObject("parameters").put("m", 16).put("ef_construction", 100);
        return all;
    }

    private static ObjectNode words() {
        return object().put("type", "keyword");
    }

    /** What is added to the mapping of an index that an earlier version made; empty where there is nothing. */
    static Optional<ObjectNode> addition(JsonNode mappings) {
        if (mappings.path("properties").has(WORDS)) {
            return Optional.empty();
        }
        ObjectNode addition = object();
        addition.putObject("properties").set(WORDS, words());
        return Optional.of(addition);
    }

    private static ObjectNode source(VectorSource source) {
        ObjectNode written = object().put("model", source.model())
                .put("checksum", source.checksum())
                .put("dimension", source.dimension());
        return source.writtenContents().isEmpty() ? written : written.put("contents", source.writtenContents());
    }

    /** Whose vectors an index has, by its mapping; empty where it does not say. */
    static Optional<VectorSource> source(JsonNode mappings) {
        JsonNode meta = mappings.path("_meta");
        return meta.path("model").isTextual()
                        && meta.path("checksum").isTextual()
                        && meta.path("dimension").isInt()
                ? VectorSource.written(
                        meta.path("model").asText(),
                        meta.path("checksum").asText(),
                        meta.path("dimension").asInt(),
                        meta.path("contents").asText())
                : Optional.empty();
    }

    /**
     * The two lines of a bulk that put an image in.
     *
     * @param unit of length one
     */
    static byte[] create(ImageRecord image, Vector unit, String put) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(16 * unit.dimension());
        out.write(write(object().set("create", object().put("_id", image.pixels()))));
        out.write('\n');
        try (JsonGenerator json = JSON.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)) {
            json.writeStartObject();
            json.writeStringField(ID, image.id());
            json.writeArrayFieldStart(LABELS);
            for (String label : RecordFormat.terms(image)) {
                json.writeString(label);
            }
            json.writeEndArray();
            json.writeArrayFieldStart(WORDS);
            for (String word : RecordFormat.words(image)) {
                json.writeString(word);
            }
            json.writeEndArray();
            json.writeNumberField(INDEXED_AT, image.indexedAt());
            json.writeArrayFieldStart(VECTOR);
            for (float value : unit.values()) {
                json.writeNumber(value);
            }
            json.writeEndArray();
            json.writeStringField(PUT, put);
            json.writeFieldName(RECORD);
            json.writeTree(JSON.readTree(RecordFormat.write(image)));
            json.writeEndObject();
        }
        out.write('\n');
        return out.toByteArray();
    }

    /** What is known of an image, by its document. */
    static ImageRecord record(JsonNode document) throws IOException {
        return RecordFormat.read(document.path("_source").path(RECORD));
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static byte[] write(JsonNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
