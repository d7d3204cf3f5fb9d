package phifleet.worker.index.opensearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * As much of OpenSearch as an index of images asks of it, in memory: what it is asked is noted, and it misbehaves as it is told. Whether it
 * is like the real one is seen by the contract, which runs on both.
 */
public final class FakeOpenSearch implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    /** Requests as they came: method, path and query. */
    public final List<String> requests = new CopyOnWriteArrayList<>();

    /** What {@code Authorization} said last. */
    volatile @Nullable String authorization;

    /** The ids of documents in each bulk. */
    final List<List<String>> bulks = new CopyOnWriteArrayList<>();

    /** What to do with a request; null for what is right. */
    volatile Function<String, @Nullable Trouble> trouble = request -> null;

    /** The status of a document in a bulk; null for what is right. */
    volatile Function<String, @Nullable Integer> itemTrouble = id -> null;

    private final Map<String, Index> indexes = new LinkedHashMap<>();
    private final HttpServer server;

    /** What goes wrong with a request. */
    sealed interface Trouble {
        /** It is answered with a status, and not done. */
        record Status(int status, String body) implements Trouble {}

        /** It is done, and its connection closed without a word. */
        record LostAnswer() implements Trouble {}

        /** It is done so late. */
        record Late(long millis) implements Trouble {}
    }

    private record Document(JsonNode source, long number) {}

    private static final class Index {
        private final JsonNode definition;
        private final Map<String, Document> documents = new LinkedHashMap<>();
        private long number;

        Index(JsonNode definition) {
            this.definition = definition;
        }
    }

    private record Answer(int status, JsonNode body) {}

    /** Starts one, empty. */
    public FakeOpenSearch() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where it is. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Throws all away, as somebody who deletes indexes does. */
    synchronized void lose() {
        indexes.clear();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI();
        requests.add(request);
        authorization = exchange.getRequestHeaders().getFirst("Authorization");
        byte[] body = exchange.getRequestBody().readAllBytes();
        Trouble wrong = trouble.apply(request);
        Answer answer = switch (wrong) {
            case null -> answer(exchange, body);
            case Trouble.Status(int status, String text) -> new Answer(status, JSON.readTree(text));
            case Trouble.LostAnswer() -> {
                answer(exchange, body);
                exchange.close();
                yield new Answer(0, object());
            }
            case Trouble.Late(long millis) -> {
                sleep(millis);
                yield answer(exchange, body);
            }
        };
        if (answer.status() != 0) {
            byte[] bytes = JSON.writeValueAsBytes(answer.body());
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Answer answer(HttpExchange exchange, byte[] body) throws IOException {
        String[] path = exchange.getRequestURI().getPath().substring(1).split("/", -1);
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        String what = exchange.getRequestMethod() + " " + (path.length < 2 ? "" : path[1]);
        if (what.equals("PUT ")) {
            return create(path[0], JSON.readTree(body));
        }
        if (path[0].endsWith("*")) {
            return all(path[0].substring(0, path[0].length() - 1), what);
        }
        Index index = index(path[0]);
        if (index == null) {
            return what.equals("POST _bulk") ? bulkOfNothing(body) : gone(path[0]);
        }
        return switch (what) {
            case "PUT _mapping" -> addMapping(index, JSON.readTree(body));
            case "GET _mapping" -> new Answer(200, mapping(object(), index));
            case "GET _stats" -> new Answer(200, object().set("_all", stats(index)));
            case "POST _refresh" -> new Answer(200, object());
            case "POST _bulk" -> bulk(index, body);
            case "POST _mget" -> mget(index, JSON.readTree(body));
            case "POST _search" -> search(index, JSON.readTree(body));
            case "GET _doc" -> get(index, path[2]);
            case "DELETE _doc" -> delete(index, path[2], query);
            default -> new Answer(400, error("illegal_argument_exception", what));
        };
    }

    private @Nullable Index index(String alias) {
        return indexes.values().stream()
                .filter(index -> index.definition.path("aliases").has(alias))
                .findFirst()
                .orElse(null);
    }

    private static Answer gone(String name) {
        return new Answer(404, error("index_not_found_exception", "no such index [" + name + "]"));
    }

    private Answer create(String name, JsonNode definition) {
        if (indexes.putIfAbsent(name, new Index(definition)) != null) {
            return new Answer(400, error("resource_already_exists_exception", "index [" + name + "] already exists"));
        }
        return new Answer(200, object().put("acknowledged", true));
    }

    private ObjectNode mapping(ObjectNode into, Index index) {
        String name = indexes.entrySet().stream()
                .filter(entry -> entry.getValue() == index)
                .findFirst()
                .orElseThrow()
                .getKey();
        into.putObject(name).set("mappings", index.definition.path("mappings"));
        return into;
    }

    private static Answer addMapping(Index index, JsonNode addition) {
        ObjectNode mappings = (ObjectNode) index.definition.path("mappings");
        mappings.withObject("/properties").setAll((ObjectNode) addition.path("properties"));
        return new Answer(200, object().put("acknowledged", true));
    }

    /** Makes an index as if an earlier version had, without a field. */
    synchronized void forgetField(String field) {
        indexes.values().forEach(index -> ((ObjectNode) index.definition.at("/mappings/properties")).remove(field));
    }

    private static ObjectNode stats(Index index) {
        ObjectNode stats = object();
        stats.putObject("primaries").putObject("docs").put("count", index.documents.size());
        stats.putObject("total").putObject("store").put("size_in_bytes", 100 * index.documents.size());
        return stats;
    }

    private Answer all(String prefix, String what) {
        ObjectNode answer = object();
        ObjectNode into = what.equals("GET _stats") ? answer.putObject("indices") : answer;
        indexes.forEach((name, index) -> {
            if (name.startsWith(prefix)) {
                if (what.equals("GET _stats")) {
                    into.set(name, stats(index));
                } else {
                    mapping(into, index);
                }
            }
        });
        return new Answer(200, answer);
    }

    private static List<JsonNode> lines(byte[] body) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : new String(body, StandardCharsets.UTF_8).lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private static Answer bulkOfNothing(byte[] body) throws IOException {
        ObjectNode answer = object().put("errors", true);
        ArrayNode items = answer.putArray("items");
        for (int i = 0; i < lines(body).size() / 2; i++) {
            ObjectNode item = items.addObject().putObject("create").put("status", 404);
            item.set(
                    "error",
                    error("index_not_found_exception", "[require_alias] request flag is [true]")
                            .get("error"));
        }
        return new Answer(200, answer);
    }

    private Answer bulk(Index index, byte[] body) throws IOException {
        List<JsonNode> lines = lines(body);
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < lines.size(); i += 2) {
            String id = lines.get(i).path("create").path("_id").asText();
            ids.add(id);
            Integer wrong = itemTrouble.apply(id);
            int status = wrong != null ? wrong : index.documents.containsKey(id) ? 409 : 201;
            if (status == 201) {
                index.documents.put(id, new Document(lines.get(i + 1), index.number++));
            }
            ObjectNode item =
                    items.addObject().putObject("create").put("_id", id).put("status", status);
            if (status != 201) {
                item.set("error", error("trouble_" + status, "of " + id).get("error"));
            }
        }
        bulks.add(ids);
        return new Answer(200, object().set("items", items));
    }

    private static Answer mget(Index index, JsonNode wanted) {
        ObjectNode answer = object();
        ArrayNode found = answer.putArray("docs");
        for (JsonNode one : wanted.path("docs")) {
            Document document = index.documents.get(one.path("_id").asText());
            ObjectNode said = found.addObject().put("found", document != null);
            if (document != null) {
                said.set("_source", document.source());
            }
        }
        return new Answer(200, answer);
    }

    private static Answer get(Index index, String id) {
        Document document = index.documents.get(id);
        return document == null
                ? new Answer(404, object().put("found", false))
                : new Answer(200, object().put("found", true).set("_source", document.source()));
    }

    private static Answer delete(Index index, String id, String query) {
        Document document = index.documents.get(id);
        if (document == null) {
            return new Answer(404, object().put("result", "not_found"));
        }
        if (!query.contains("if_seq_no=" + document.number() + "&")) {
            return new Answer(409, error("version_conflict_engine_exception", id));
        }
        index.documents.remove(id);
        return new Answer(200, object().put("result", "deleted"));
    }

    private static Answer search(Index index, JsonNode search) {
        JsonNode query = search.path("query");
        JsonNode knn = query.path("knn").path("vector");
        JsonNode filter =
                (query.has("knn") ? knn.path("filter") : query).path("bool").path("filter");
        String id = query.path("term").path("id").asText("");
        record Scored(String id, Document document, double score) {}
        List<Scored> found = new ArrayList<>();
        index.documents.forEach((key, document) -> {
            boolean fits =
                    (id.isEmpty() || document.source().path("id").asText().equals(id))
                            && StreamSupport.stream(filter.spliterator(), false)
                                    .allMatch(term -> has(index, document, term.path("term")));
            if (fits) {
                double score = query.has("knn")
                        ? (1 + dot(knn.path("vector"), document.source().path("vector"))) / 2
                        : document.source().path("indexed_at").asDouble();
                found.add(new Scored(key, document, score));
            }
        });
        found.sort(Comparator.comparingDouble(Scored::score).reversed());
        if (search.path("sort").path(0).has("id")) {
            Comparator<Scored> byId = Comparator.comparing(
                    hit -> hit.document().source().path("id").asText());
            String after = search.path("search_after").path(0).asText("");
            found.removeIf(hit -> hit.document().source().path("id").asText().compareTo(after) <= 0);
            found.sort(byId);
        }
        ObjectNode answer = object();
        ArrayNode hits = answer.putObject("hits").putArray("hits");
        for (Scored hit :
                found.subList(0, Math.min(found.size(), search.path("size").asInt()))) {
            hits.addObject()
                    .put("_id", hit.id())
                    .put("_score", hit.score())
                    .put("_seq_no", hit.document().number())
                    .put("_primary_term", 1)
                    .set("_source", hit.document().source());
        }
        return new Answer(200, answer);
    }

    /** A field that is not in the mapping is found by nothing. */
    private static boolean has(Index index, Document document, JsonNode term) {
        String field = term.fieldNames().next();
        return index.definition.at("/mappings/properties").has(field)
                && StreamSupport.stream(document.source().path(field).spliterator(), false)
                        .anyMatch(
                                value -> value.asText().equals(term.path(field).asText()));
    }

    private static double dot(JsonNode first, JsonNode second) {
        double sum = 0;
        for (int i = 0; i < first.size(); i++) {
            sum += first.get(i).asDouble() * second.get(i).asDouble();
        }
        return sum;
    }

    private static ObjectNode error(String type, String reason) {
        ObjectNode answer = object();
        answer.putObject("error").put("type", type).put("reason", reason);
        return answer;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
