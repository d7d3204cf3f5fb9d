package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Tiny models with heads over HTTP, against what the usual libraries gave for the same requests. */
class SharedHeadsTest {
    private static final double CLOSE = 1e-3;

    private static final List<String> RANKERS = List.of(
            "ms-marco-minilm",
            "ms-marco-tinybert-old-key",
            "stsb-roberta-sigmoid",
            "bge-reranker-v2-m3",
            "gte-reranker-modernbert",
            "qwen3-reranker",
            "qwen3-reranker-with-past",
            "qwen3-reranker-seq-cls");
    private static final List<String> INFERRERS = List.of("nli-deberta-v3", "nli-roberta-mnli");
    private static final List<String> CLASSIFIERS =
            List.of("emotion-distilbert", "toxic-bert-multilabel", "sentiment-roberta-binary", "regression-bert");
    private static final List<String> SPARSE =
            List.of("splade-v3", "opensearch-sparse-doc-v3", "opensearch-sparse-doc-resaved");

    private static final ObjectMapper JSON = new ObjectMapper();

    private static HeadsUnderTest heads;

    @BeforeAll
    static void start() throws Exception {
        heads = HeadsUnderTest.start(Stream.of(RANKERS, INFERRERS, CLASSIFIERS, SPARSE)
                .flatMap(List::stream)
                .toList());
    }

    @AfterAll
    static void stop() {
        if (heads != null) {
            heads.close();
        }
    }

    private static List<JsonNode> cases(String id) throws Exception {
        return heads.cases(id);
    }

    private static CompletableFuture<HttpResponse<String>> send(String path, JsonNode body) {
        return heads.send(path, body);
    }

    private static JsonNode post(String path, JsonNode body) throws Exception {
        return heads.post(path, body);
    }

    private static ObjectNode rerank(String id, JsonNode one, String texts) {
        ObjectNode body = JSON.createObjectNode().put("model", id);
        body.set("query", one.at("/request/query"));
        body.set(texts, one.at("/request/texts"));
        if (one.at("/request").has("instruction")) {
            body.set("instruction", one.at("/request/instruction"));
        }
        return body;
    }

    private static boolean hasQuery(JsonNode one) {
        return !one.at("/request/query").asText().isEmpty();
    }

    private static void assertRanked(JsonNode ranked, String score, JsonNode expected, String what) {
        assertThat(ranked.size()).as(what).isEqualTo(expected.size());
        double before = Double.POSITIVE_INFINITY;
        for (JsonNode entry : ranked) {
            double found = entry.get(score).asDouble();
            assertThat(found)
                    .as(what + " " + entry)
                    .isCloseTo(expected.get(entry.get("index").asInt()).asDouble(), within(CLOSE));
            assertThat(found).as(what).isLessThanOrEqualTo(before);
            before = found;
        }
    }

    @ParameterizedTest
    @FieldSource("RANKERS")
    void rerank_eachCase_hasTheLibrarysScores(String id) throws Exception {
        for (JsonNode one : cases(id)) {
            String what = id + " " + one.at("/id").asText();
            if (!hasQuery(one)) {
                assertThat(send("/rerank", rerank(id, one, "texts")).get().statusCode())
                        .as(what)
                        .isEqualTo(400);
                continue;
            }
            assertRanked(post("/rerank", rerank(id, one, "texts")), "score", one.at("/expected/scores"), what);
            assertRanked(
                    post("/rerank", rerank(id, one, "texts").put("raw_scores", true)),
                    "score",
                    one.at("/expected/logits"),
                    what);
            for (String path : List.of("/v1/rerank", "/v2/rerank")) {
                assertRanked(
                        post(path, rerank(id, one, "documents")).get("results"),
                        "relevance_score",
                        one.at("/expected/scores"),
                        what + path);
            }
        }
    }

    @Test
    void rerank_requestsTogether_areAnsweredAsAlone() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        List<JsonNode> asked = new ArrayList<>();
        for (String id : RANKERS) {
            for (JsonNode one : cases(id)) {
                if (hasQuery(one)) {
                    asked.add(one);
                    answers.add(send("/rerank", rerank(id, one, "texts")));
                }
            }
        }
        for (int i = 0; i < answers.size(); i++) {
            HttpResponse<String> answer = answers.get(i).get();
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertRanked(JSON.readTree(answer.body()), "score", asked.get(i).at("/expected/scores"), "case " + i);
        }
    }

    private static void assertLabels(JsonNode found, JsonNode expected, String what) {
        assertThat(found.size()).as(what).isEqualTo(expected.size());
        Map<String, Double> wanted = expected.valueStream()
                .collect(Collectors.toMap(
                        label -> label.get("label").asText(),
                        label -> label.get("score").asDouble()));
        for (JsonNode label : found) {
            assertThat(label.get("score").asDouble())
                    .as(what + " " + label)
                    .isCloseTo(wanted.get(label.get("label").asText()), within(CLOSE));
        }
        assertThat(found.get(0).get("score").asDouble())
                .as(what)
                .isCloseTo(expected.get(0).get("score").asDouble(), within(CLOSE));
    }

    private static ObjectNode predict(String id, JsonNode inputs) {
        ObjectNode body = JSON.createObjectNode().put("model", id);
        body.set("inputs", inputs);
        return body;
    }

    private static ObjectNode classify(String id, JsonNode text) {
        ObjectNode body = JSON.createObjectNode().put("model", id);
        body.putArray("texts").add(text);
        return body;
    }

    @ParameterizedTest
    @FieldSource("CLASSIFIERS")
    void predict_eachCase_hasTheLibrarysScores(String id) throws Exception {
        ArrayNode batch = JSON.createArrayNode();
        List<JsonNode> cases = cases(id);
        for (JsonNode one : cases) {
            JsonNode inputs = one.at("/request/inputs");
            JsonNode scores = one.at("/expected/scores");
            String what = id + " " + one.at("/id").asText();
            assertLabels(post("/predict", predict(id, inputs)), scores, what);
            assertLabels(post("/", predict(id, inputs)).get(0), scores, what);
            assertLabels(post("/classify", classify(id, inputs)).at("/predictions/0"), scores, what);
            batch.addArray().add(inputs);
        }
        JsonNode together = post("/predict", predict(id, batch));
        for (int i = 0; i < cases.size(); i++) {
            assertLabels(together.get(i), cases.get(i).at("/expected/scores"), id + " " + i);
        }
        JsonNode raw = post("/predict", predict(id, batch).put("raw_scores", true));
        for (int i = 0; i < cases.size(); i++) {
            double most = cases.get(i)
                    .at("/expected/logits")
                    .valueStream()
                    .mapToDouble(JsonNode::asDouble)
                    .max()
                    .orElseThrow();
            assertThat(raw.get(i).get(0).get("score").asDouble()).isCloseTo(most, within(CLOSE));
        }
    }

    @ParameterizedTest
    @FieldSource("INFERRERS")
    void predict_pairs_haveTheLibrarysScores(String id) throws Exception {
        for (JsonNode one : cases(id)) {
            if (one.at("/request").has("inputs")) {
                String what = id + " " + one.at("/id").asText();
                assertLabels(
                        post("/predict", predict(id, one.at("/request/inputs"))), one.at("/expected/scores"), what);
                assertLabels(
                        post("/classify", classify(id, one.at("/request/inputs")))
                                .at("/predictions/0"),
                        one.at("/expected/scores"),
                        what);
            }
        }
    }

    /** Labels and scores, as {@code huggingface_hub}'s zero_shot_classification asks for them. */
    private static Map<String, Double> asHubClients(String id, JsonNode request) throws Exception {
        ObjectNode body = predict(id, request.get("sequence"));
        ObjectNode parameters = body.putObject("parameters");
        for (String field : List.of("candidate_labels", "multi_label", "hypothesis_template")) {
            parameters.set(field, request.get(field));
        }
        JsonNode found = post("/", body);
        assertThat(labels(post("/predict", body))).isEqualTo(labels(found));
        body.putArray("inputs").add(request.get("sequence"));
        assertThat(labels(post("/", body).get(0))).isEqualTo(labels(found));
        return labels(found);
    }

    private static Map<String, Double> labels(JsonNode found) {
        return found.valueStream()
                .collect(Collectors.toMap(
                        label -> label.get("label").asText(),
                        label -> label.get("score").asDouble()));
    }

    @ParameterizedTest
    @FieldSource("INFERRERS")
    void classify_ownLabels_haveThePipelinesScores(String id) throws Exception {
        int asked = 0;
        for (JsonNode one : cases(id)) {
            JsonNode request = one.at("/request");
            if (request.has("sequence")) {
                ObjectNode body = classify(id, request.get("sequence"));
                body.set("labels", request.get("candidate_labels"));
                body.set("multi_label", request.get("multi_label"));
                body.set("hypothesis_template", request.get("hypothesis_template"));
                JsonNode found = post("/classify", body).at("/predictions/0");
                assertThat(asHubClients(id, request)).isEqualTo(labels(found));
                JsonNode expected = one.at("/expected");
                String what = id + " " + one.at("/id").asText();
                for (int i = 0; i < expected.get("labels").size(); i++) {
                    assertThat(found.get(i).get("label")).as(what).isEqualTo(expected.at("/labels/" + i));
                    assertThat(found.get(i).get("score").asDouble())
                            .as(what)
                            .isCloseTo(expected.at("/scores/" + i).asDouble(), within(CLOSE));
                }
                asked++;
            }
        }
        assertThat(asked).isGreaterThan(3);
    }

    private static void assertSparse(JsonNode found, JsonNode expected, String what) {
        Map<Integer, Double> wanted = expected.valueStream()
                .collect(Collectors.toMap(
                        weight -> weight.get(0).asInt(), weight -> weight.get(1).asDouble()));
        Map<Integer, Double> given = found.valueStream()
                .collect(Collectors.toMap(
                        weight -> weight.get("index").asInt(),
                        weight -> weight.get("value").asDouble()));
        Stream.concat(wanted.keySet().stream(), given.keySet().stream())
                .forEach(index -> assertThat(given.getOrDefault(index, 0.0))
                        .as(what + ", token " + index)
                        .isCloseTo(wanted.getOrDefault(index, 0.0), within(CLOSE)));
    }

    @ParameterizedTest
    @FieldSource("SPARSE")
    void embedSparse_eachCase_hasTheLibrarysWeights(String id) throws Exception {
        ArrayNode batch = JSON.createArrayNode();
        List<JsonNode> expected = new ArrayList<>();
        for (JsonNode one : cases(id)) {
            JsonNode inputs = one.at("/request/inputs");
            String what = id + " " + one.at("/id").asText();
            JsonNode document =
                    one.at("/expected").has("document") ? one.at("/expected/document") : one.at("/expected/sparse");
            assertSparse(post("/embed_sparse", predict(id, inputs)).get(0), document, what);
            if (one.at("/expected").has("query")) {
                assertSparse(
                        post("/embed_sparse", predict(id, inputs).put("input_type", "query"))
                                .get(0),
                        one.at("/expected/query"),
                        what + " as a query");
            }
            batch.add(inputs);
            expected.add(document);
        }
        JsonNode together = post("/embed_sparse", predict(id, batch));
        for (int i = 0; i < expected.size(); i++) {
            assertSparse(together.get(i), expected.get(i), id + " " + i);
        }
    }

    @Test
    void embedSparse_strongest_areInTheirPlacesWithTheirTokens() throws Exception {
        JsonNode one = cases("splade-v3").getFirst();
        ObjectNode body =
                predict("splade-v3", one.at("/request/inputs")).put("top_k", 3).put("return_tokens", true);
        List<JsonNode> found = post("/embed_sparse", body).get(0).valueStream().toList();
        assertThat(found).hasSize(3);
        assertThat(found.stream()
                        .map(weight -> weight.get("value").asDouble())
                        .sorted()
                        .toList()
                        .getLast())
                .isCloseTo(one.at("/expected/top/0/1").asDouble(), within(CLOSE));
        assertThat(found)
                .isSortedAccordingTo(
                        (a, b) -> a.get("index").asInt() - b.get("index").asInt());
        assertThat(found).allMatch(weight -> weight.get("token").isTextual());
    }
}
