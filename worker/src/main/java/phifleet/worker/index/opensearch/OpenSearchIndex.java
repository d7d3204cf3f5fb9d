package phifleet.worker.index.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.Vector;
import phifleet.worker.index.GroupCommit;
import phifleet.worker.index.Hit;
import phifleet.worker.index.ImageIndex;
import phifleet.worker.index.ImageQuery;
import phifleet.worker.index.ImageRecord;
import phifleet.worker.index.IndexException;
import phifleet.worker.index.IndexState;
import phifleet.worker.index.Operation;
import phifleet.worker.index.Put;
import phifleet.worker.index.UnitVector;
import phifleet.worker.index.VectorSource;
import phifleet.worker.index.opensearch.OpenSearchCalls.Answer;

/**
 * An index in OpenSearch with its k-NN plugin (https://opensearch.org, Apache-2.0), which any number of processes may have open. Changes
 * that came together go as one bulk. What goes wrong is tried again for as long as {@link Retries} has it, and then said.
 */
public final class OpenSearchIndex implements ImageIndex {
    static final String ENGINE = "opensearch";

    private final VectorSource source;
    private final IndexName name;
    private final OpenSearchHttp http;
    private final OpenSearchCalls calls;
    private final Retries retries;
    private final GroupCommit changes;

    private OpenSearchIndex(
            VectorSource source, IndexName name, OpenSearchHttp http, OpenSearchSettings settings, Retries retries) {
        this.source = source;
        this.name = name;
        this.http = http;
        this.retries = retries;
        this.calls = new OpenSearchCalls(http, retries);
        OpenSearchWriter writer = new OpenSearchWriter(http, name, settings, retries);
        this.changes = new GroupCommit("opensearch", writer::write, () -> 0);
    }

    /**
     * Opens the index of a source, or makes it.
     *
     * @throws IndexException if OpenSearch is not there, does not take it, or has another source's vectors under its name
     */
    public static OpenSearchIndex open(OpenSearchSettings settings, VectorSource source) throws IndexException {
        return open(settings, source, new Retries(settings.tries()));
    }

    static OpenSearchIndex open(OpenSearchSettings settings, VectorSource source, Retries retries)
            throws IndexException {
        OpenSearchHttp http = new OpenSearchHttp(settings);
        try {
            IndexName name = IndexName.of(settings.prefix(), source);
            // Whoever asks is told at once: others wait behind it.
            OpenSearchCalls calls = new OpenSearchCalls(http, new Retries(1));
            String mapping = name.path("/_mapping");
            Answer there = calls.ask("GET", mapping, null);
            if (there.reply().status() == 404) {
                create(calls, settings, source, name);
                there = calls.ask("GET", mapping, null);
            }
            JsonNode mappings = require(there).path(name.index()).path("mappings");
            if (!Documents.source(mappings).equals(Optional.of(source))) {
                throw new IndexException("the index " + name.alias() + " has vectors of " + mappings.path("_meta")
                        + ", and " + source + " made those that came");
            }
            Optional<ObjectNode> addition = Documents.addition(mappings);
            if (addition.isPresent()) {
                require(calls.ask("PUT", mapping, Documents.write(addition.get())));
            }
            return new OpenSearchIndex(source, name, http, settings, retries);
        } catch (IndexException | RuntimeException e) {
            http.close();
            throw e;
        }
    }

    private static void create(OpenSearchCalls calls, OpenSearchSettings settings, VectorSource source, IndexName name)
            throws IndexException {
        try {
            require(calls.ask(
                    "PUT", "/" + name.index(), Documents.write(Documents.index(settings, source, name.alias()))));
        } catch (IndexException e) {
            if (!String.valueOf(e.getMessage()).contains("resource_already_exists")) {
                throw e;
            }
            // By another worker in the same moment.
        }
    }

    /** The answer's body. */
    static JsonNode require(Answer answer) throws IndexException {
        if (answer.reply().status() >= 300) {
            throw OpenSearchCalls.refused(answer.reply());
        }
        return answer.reply().body();
    }

    @Override
    public CompletableFuture<Put> put(ImageRecord image, Vector vector, boolean durable) {
        CompletableFuture<Put> outcome = new CompletableFuture<>();
        try {
            changes.add(new Operation.Putting(image, UnitVector.of(vector, source), durable, outcome));
        } catch (IndexException e) {
            outcome.completeExceptionally(e);
        }
        return outcome;
    }

    @Override
    public CompletableFuture<Boolean> delete(String id) {
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        changes.add(new Operation.Deleting(id, outcome));
        return outcome;
    }

    @Override
    public Optional<ImageRecord> get(String id) throws IndexException {
        ObjectNode search = Searches.byId(id);
        search.putArray("_source").add(Documents.RECORD);
        List<Hit> hits = hits(search, false);
        return hits.isEmpty() ? Optional.empty() : Optional.of(hits.getFirst().image());
    }

    @Override
    public Optional<Put> present(String id, String pixels) throws IndexException {
        if (get(id).isPresent()) {
            return Optional.of(new Put.Present(id, Put.Sameness.FILE));
        }
        JsonNode twin = calls.ask("GET", name.document(pixels) + "?_source_includes=" + Documents.ID, null)
                .reply()
                .body();
        return twin.path("found").asBoolean()
                ? Optional.of(
                        new Put.Present(twin.path("_source").path(Documents.ID).asText(), Put.Sameness.PIXELS))
                : Optional.empty();
    }

    @Override
    public Optional<Vector> vector(String id) throws IndexException {
        ObjectNode search = Searches.byId(id);
        search.putArray("_source").add(Documents.VECTOR);
        JsonNode values = search(search).path(0).path("_source").path(Documents.VECTOR);
        if (values.size() != source.dimension()) {
            return Optional.empty();
        }
        float[] vector = new float[values.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = values.get(i).floatValue();
        }
        return Optional.of(new Vector(vector));
    }

    @Override
    public List<Hit> search(ImageQuery query) throws IndexException {
        if (query.vector() == null) {
            return hits(Searches.newest(query), false);
        }
        return hits(Searches.nearest(query, UnitVector.of(query.vector(), source)), true).stream()
                .filter(hit -> hit.score() != null && hit.score() >= query.minScore())
                .toList();
    }

    private List<Hit> hits(ObjectNode search, boolean scored) throws IndexException {
        List<Hit> hits = new ArrayList<>();
        try {
            for (JsonNode hit : search(search)) {
                hits.add(new Hit(
                        Documents.record(hit),
                        scored ? Searches.cosine(hit.path("_score").asDouble()) : null));
            }
        } catch (IOException e) {
            throw new IndexException("OpenSearch has an image that cannot be read: " + e.getMessage(), e);
        }
        return hits;
    }

    /** All shards or none: images that are not found because theirs is missing would be put in again. */
    private JsonNode search(ObjectNode search) throws IndexException {
        Answer answer =
                calls.ask("POST", name.path("/_search?allow_partial_search_results=false"), Documents.write(search));
        return require(answer).path("hits").path("hits");
    }

    @Override
    public List<String> ids(@Nullable String after, int most) throws IndexException {
        List<String> ids = new ArrayList<>();
        for (JsonNode hit : search(Searches.ids(after, most))) {
            ids.add(hit.path("_source").path(Documents.ID).asText());
        }
        return ids;
    }

    @Override
    public IndexState state() throws IndexException {
        JsonNode all =
                require(calls.ask("GET", name.path("/_stats/docs,store"), null)).path("_all");
        return state(all, source);
    }

    /** The state of an index by what {@code _stats} tells of it. */
    static IndexState state(JsonNode stats, VectorSource source) {
        return new IndexState(
                stats.path("primaries").path("docs").path("count").asLong(),
                stats.path("total").path("store").path("size_in_bytes").asLong(),
                ENGINE,
                source);
    }

    /** Ends once the changes in hand were tried, each a last time. */
    @Override
    public void close() {
        retries.end();
        changes.close();
        http.close();
    }
}
