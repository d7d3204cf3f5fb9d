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
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tiny models of late interaction over HTTP, against PyLate's vectors and scores for the same texts. */
class SharedMultiVectorsTest {
    private static final double CLOSE = 1e-3;
    private static final List<String> ENCODERS =
            List.of("colbert-pylate", "colbert-one-graph", "colbert-modernbert-pylate");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static HeadsUnderTest heads;

    @BeforeAll
    static void start() throws Exception {
        heads = HeadsUnderTest.start(ENCODERS);
    }

    @AfterAll
    static void stop() {
        if (heads != null) {
            heads.close();
        }
    }

    private static boolean isRanking(JsonNode one) {
        return one.at("/request").has("query");
    }

    private static ObjectNode embed(String id, JsonNode one, boolean isNative) {
        ObjectNode body = JSON.createObjectNode().put("model", id);
        body.set("input_type", one.at("/request/role"));
        body.putArray(isNative ? "texts" : "inputs").add(one.at("/request/inputs"));
        if (isNative) {
            body.putArray("outputs").add("multi_vector");
        }
        return body;
    }

    private static ObjectNode rerank(String id, JsonNode one, String texts) {
        ObjectNode body = JSON.createObjectNode().put("model", id);
        body.set("query", one.at("/request/query"));
        body.set(texts, one.at("/request/texts"));
        return body;
    }

    private static void assertVectors(JsonNode found, JsonNode expected, String what) {
        assertThat(found).as(what).hasSameSizeAs(expected);
        for (int row = 0; row < expected.size(); row++) {
            assertThat(found.get(row)).as(what).hasSameSizeAs(expected.get(row));
            for (int i = 0; i < expected.get(row).size(); i++) {
                assertThat(found.get(row).get(i).asDouble())
                        .as(what + ", vector " + row)
                        .isCloseTo(expected.get(row).get(i).asDouble(), within(CLOSE));
            }
        }
    }

    private static void assertScores(JsonNode ranked, String score, JsonNode expected, String what) {
        assertThat(ranked).as(what).hasSameSizeAs(expected);
        for (JsonNode entry : ranked) {
            // Sums of 32 dot products.
            assertThat(entry.get(score).asDouble())
                    .as(what + " " + entry)
                    .isCloseTo(expected.get(entry.get("index").asInt()).asDouble(), within(10 * CLOSE));
        }
    }

    @ParameterizedTest
    @FieldSource("ENCODERS")
    void embedAll_eachCase_hasTheLibrarysVectors(String id) throws Exception {
        int asked = 0;
        for (JsonNode one : heads.cases(id)) {
            if (!isRanking(one)) {
                String what = id + " " + one.at("/id").asText();
                JsonNode expected = one.at("/expected/vectors");
                assertVectors(heads.post("/embed_all", embed(id, one, false)).get(0), expected, what);
                JsonNode own = heads.post("/embed", embed(id, one, true).put("return_tokens", true));
                assertThat(own.at("/vector_tokens/0")).as(what).hasSameSizeAs(expected);
                assertVectors(own.at("/multi_vector/0"), expected, what);
                assertThat(own.at("/dimension").asInt())
                        .isEqualTo(expected.get(0).size());
                asked++;
            }
        }
        assertThat(asked).isGreaterThan(15);
    }

    @Test
    void embed_tokensOfVectors_areThoseThatCount() throws Exception {
        ObjectNode body = JSON.createObjectNode().put("model", "colbert-pylate").put("return_tokens", true);
        body.putArray("outputs").add("multi_vector");
        body.putArray("texts").add("The old town, and the water.");

        JsonNode document = heads.post("/embed", body.put("input_type", "document"));
        JsonNode query = heads.post("/embed", body.put("input_type", "query"));

        // Punctuation has no vectors in a document.
        assertThat(document.at("/vector_tokens/0").toString())
                .isEqualTo("[\"[CLS]\",\"[D] \",\"the\",\"old\",\"town\",\"and\",\"the\",\"water\",\"[SEP]\"]");
        assertThat(query.at("/vector_tokens/0").toString())
                .startsWith(
                        "[\"[CLS]\",\"[Q] \",\"the\",\"old\",\"town\",\",\",\"and\",\"the\",\"water\",\".\",\"[SEP]\",\"[MASK]\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "colbert-pylate | The inhabitants' hometown; 京. | the/inhabitants/'/hometown/;/京/.",
                "colbert-modernbert-pylate | The inhabitants' hometown; naïve 東. | The/inhabitants/'/hometown/;/naïve/東/."
            })
    void embed_wordsOfVectors_areWholeWhateverTheVocabularysMarks(String id, String text, String words)
            throws Exception {
        ObjectNode body = JSON.createObjectNode().put("model", id).put("return_tokens", true);
        body.putArray("outputs").add("multi_vector");
        body.putArray("texts").add(text);
        JsonNode answer = heads.post("/embed", body.put("input_type", "query"));
        JsonNode found = answer.at("/vector_words/0");
        int at = 0;
        List<String> own = new ArrayList<>();
        for (JsonNode word : found) {
            assertThat(word.path("from").asInt()).isEqualTo(at);
            at = word.path("to").asInt();
            own.add(word.path("text").asText());
        }
        assertThat(at).isEqualTo(answer.at("/multi_vector/0").size());
        assertThat(String.join("/", own)).contains(words);
    }

    @Test
    void embed_wordsOfADocument_areThoseWithVectors() throws Exception {
        ObjectNode body = JSON.createObjectNode().put("model", "colbert-pylate").put("return_tokens", true);
        body.putArray("outputs").add("multi_vector");
        body.putArray("texts").add("The old town, and the water.");
        JsonNode words =
                heads.post("/embed", body.put("input_type", "document")).at("/vector_words/0");
        assertThat(words.findValuesAsText("text"))
                .containsExactly("[CLS]", "[D]", "the", "old", "town", "and", "the", "water", "[SEP]");
        assertThat(words.get(6).path("from").asInt()).isEqualTo(6);
    }

    @ParameterizedTest
    @FieldSource("ENCODERS")
    void rerank_eachCase_hasTheLibrarysScores(String id) throws Exception {
        int asked = 0;
        for (JsonNode one : heads.cases(id)) {
            if (isRanking(one) && !one.at("/request/query").asText().isEmpty()) {
                String what = id + " " + one.at("/id").asText();
                JsonNode expected = one.at("/expected/scores");
                assertScores(heads.post("/rerank", rerank(id, one, "texts")), "score", expected, what);
                for (String path : List.of("/v1/rerank", "/v2/rerank")) {
                    assertScores(
                            heads.post(path, rerank(id, one, "documents")).get("results"),
                            "relevance_score",
                            expected,
                            what);
                }
                asked++;
            }
        }
        assertThat(asked).isGreaterThan(5);
    }

    @Test
    void requestsTogether_areAnsweredAsAlone() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        List<JsonNode> asked = new ArrayList<>();
        for (String id : ENCODERS) {
            for (JsonNode one : heads.cases(id)) {
                if (!isRanking(one)) {
                    asked.add(one);
                    answers.add(heads.send("/embed_all", embed(id, one, false)));
                }
            }
        }
        for (int i = 0; i < answers.size(); i++) {
            HttpResponse<String> answer = answers.get(i).get();
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertVectors(JSON.readTree(answer.body()).get(0), asked.get(i).at("/expected/vectors"), "case " + i);
        }
    }

    @ParameterizedTest
    @FieldSource("ENCODERS")
    void embedAll_batch_isAnsweredAsAlone(String id) throws Exception {
        ObjectNode body = JSON.createObjectNode().put("model", id).put("prompt_name", "document");
        ArrayNode inputs = body.putArray("inputs");
        List<JsonNode> documents = heads.cases(id).stream()
                .filter(one -> one.at("/request/role").asText().equals("document"))
                .toList();
        documents.forEach(one -> inputs.add(one.at("/request/inputs")));
        JsonNode found = heads.post("/embed_all", body);
        for (int i = 0; i < documents.size(); i++) {
            assertVectors(found.get(i), documents.get(i).at("/expected/vectors"), id + " " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/embed {\"texts\":[\"a\"],\"outputs\":[\"dense\",\"multi_vector\"]} 424 null",
                "/embed {\"texts\":[\"a\"],\"outputs\":[\"sparse\"]} 424 null",
                "/embed {\"texts\":[\"a\"],\"outputs\":[\"vector\"]} 400 outputs[0]",
                "/embed {\"texts\":[\"a\"],\"outputs\":[\"multi_vector\"],\"dimensions\":3} 400 dimensions",
                "/embed {\"texts\":[\"a\"],\"outputs\":[\"multi_vector\"],\"input_type\":\"page\"} 400 input_type",
                "/embed {\"texts\":[],\"outputs\":[\"multi_vector\"]} 400 texts",
                "/embed {\"texts\":[\"a\"]} 424 null"
            })
    void mistakes_areNamed(String words) throws Exception {
        int body = words.indexOf(' ');
        int status = words.lastIndexOf("} ") + 1;
        HttpResponse<String> answer = heads.send(
                        words.substring(0, body), JSON.readTree(words.substring(body + 1, status)))
                .get();
        assertThat(answer.statusCode())
                .as(answer.body())
                .isEqualTo(Integer.parseInt(words.substring(status + 1, status + 4)));
        assertThat(JSON.readTree(answer.body()).at("/error/field").asText("null"))
                .as(answer.body())
                .isEqualTo(words.substring(status + 5));
    }

    @Test
    void longText_isCutOrRefusedAsAsked() throws Exception {
        String text = "people of the town ".repeat(40);
        ObjectNode body = JSON.createObjectNode().put("model", "colbert-pylate").put("inputs", text);
        assertThat(heads.post("/embed_all", body).get(0)).hasSize(48);
        HttpResponse<String> refused =
                heads.send("/embed_all", body.put("truncate", false)).get();
        assertThat(refused.statusCode()).isIn(413, 422);
        assertThat(refused.body()).contains("takes at most 48");
        ObjectNode ranking = JSON.createObjectNode()
                .put("model", "colbert-pylate")
                .put("query", "town")
                .put("truncate", false);
        ranking.putArray("texts").add("a town").add(text);
        HttpResponse<String> unranked = heads.send("/rerank", ranking).get();
        assertThat(unranked.statusCode()).isIn(413, 422);
        assertThat(heads.post("/rerank", ranking.put("truncate", true))).hasSize(2);
        HttpResponse<String> instructed =
                heads.send("/rerank", ranking.put("instruction", "be kind")).get();
        assertThat(instructed.statusCode()).isEqualTo(422);
        assertThat(instructed.body()).contains("takes none");
    }
}
