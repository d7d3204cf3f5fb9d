package phifleet.worker.http.embed;

import java.util.List;
import java.util.Map;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;

/** What other dialects say a text is, as the names of prompts under which models have it; the first that a model has counts. */
final class PromptNames {
    private static final List<String> QUERY = List.of("query", "search_query", "retrieval.query", "Retrieval-query");
    private static final List<String> DOCUMENT =
            List.of("document", "passage", "search_document", "retrieval.passage", "Retrieval-document");
    private static final Map<String, List<String>> VOYAGE = Map.of("query", QUERY, "document", DOCUMENT);
    private static final Map<String, List<String>> COHERE = Map.of(
            "search_query",
            QUERY,
            "search_document",
            DOCUMENT,
            "classification",
            List.of("classification", "Classification"),
            "clustering",
            List.of("clustering", "Clustering", "separation"));

    private PromptNames() {}

    /** {@code query} or {@code document}; null means neither. */
    static List<String> ofVoyage(String field, JsonInput json) throws BadBody {
        return read(field, json, VOYAGE, "query or document");
    }

    /** Cohere's words. */
    static List<String> ofCohere(String field, JsonInput json) throws BadBody {
        return read(field, json, COHERE, "search_query, search_document, classification or clustering");
    }

    private static List<String> read(String field, JsonInput json, Map<String, List<String>> known, String wanted)
            throws BadBody {
        String name = json.optionalText(field);
        List<String> names = name == null ? List.of() : known.get(name);
        if (names == null) {
            throw json.mismatch(field, -1, wanted);
        }
        return names;
    }
}
