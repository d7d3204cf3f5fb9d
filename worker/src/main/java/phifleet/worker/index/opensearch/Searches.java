package phifleet.worker.index.opensearch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.Vector;
import phifleet.worker.index.ImageQuery;
import phifleet.worker.index.RecordFormat;

/** Bodies of searches. */
final class Searches {
    /** Candidates beyond those that are wanted: a graph finds the nearest more surely. */
    private static final int MORE = 40;

    private Searches() {}

    static ObjectNode byId(String id) {
        ObjectNode search = Documents.object().put("size", 1);
        search.putObject("query").putObject("term").put(Documents.ID, id);
        return search;
    }

    static ObjectNode ids(@Nullable String after, int most) {
        ObjectNode search = Documents.object().put("size", most);
        search.putArray("_source").add(Documents.ID);
        search.putObject("query").putObject("match_all");
        search.putArray("sort").addObject().put(Documents.ID, "asc");
        if (after != null) {
            search.putArray("search_after").add(after);
        }
        return search;
    }

    static ObjectNode newest(ImageQuery query) {
        ObjectNode search = Documents.object().put("size", query.k());
        search.putArray("_source").add(Documents.RECORD);
        if (isFiltered(query)) {
            search.set("query", filter(query));
        } else {
            search.putObject("query").putObject("match_all");
        }
        search.putArray("sort").addObject().put(Documents.INDEXED_AT, "desc");
        return search;
    }

    /** @param unit of length one */
    static ObjectNode nearest(ImageQuery query, Vector unit) {
        ObjectNode search = Documents.object().put("size", query.k());
        search.putArray("_source").add(Documents.RECORD);
        ObjectNode knn = search.putObject("query").putObject("knn").putObject(Documents.VECTOR);
        ArrayNode vector = knn.putArray("vector");
        for (float value : unit.values()) {
            vector.add(value);
        }
        knn.put("k", query.k() + MORE);
        if (isFiltered(query)) {
            knn.set("filter", filter(query));
        }
        return search;
    }

    private static boolean isFiltered(ImageQuery query) {
        return !query.labels().isEmpty() || !query.words().isEmpty();
    }

    private static ObjectNode filter(ImageQuery query) {
        ObjectNode all = Documents.object();
        ArrayNode terms = all.putObject("bool").putArray("filter");
        for (String label : query.labels()) {
            terms.addObject().putObject("term").put(Documents.LABELS, RecordFormat.term(label));
        }
        for (String word : query.words()) {
            terms.addObject().putObject("term").put(Documents.WORDS, word);
        }
        return all;
    }

    /** The cosine of a score of the space {@code cosinesimil}, which is half of one more than it. */
    static double cosine(double score) {
        return Math.clamp(2 * score - 1, -1, 1);
    }
}
