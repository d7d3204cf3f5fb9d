package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** BGE-M3 with its three heads over HTTP, as layers beside the graph and as outputs of it, against its definition's numbers. */
class SharedHybridTest {
    private static final double CLOSE = 1e-3;
    private static final List<String> ENCODERS = List.of("bge-m3", "bge-m3-three-outputs");
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

    private static ObjectNode embed(String id, JsonNode one, String... outputs) {
        ObjectNode body = JSON.createObjectNode().put("model", id);
        body.putArray("texts").add(one.at("/request/inputs"));
        for (String output : outputs) {
            body.withArray("outputs").add(output);
        }
        return body;
    }

    private static ObjectNode inputs(String id, JsonNode one) {
        ObjectNode body = JSON.createObjectNode().put("model", id);
        body.putArray("inputs").add(one.at("/request/inputs"));
        return body;
    }

    private static void assertNumbers(JsonNode found, JsonNode expected, String what) {
        assertThat(found).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i).asDouble())
                    .as(what + ", number " + i)
                    .isCloseTo(expected.get(i).asDouble(), within(CLOSE));
        }
    }

    private static void assertWeights(JsonNode found, JsonNode expected, String what) {
        assertThat(found).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i).get("index").asInt())
                    .as(what)
                    .isEqualTo(expected.get(i).get(0).asInt());
            assertThat(found.get(i).get("value").asDouble())
                    .as(what)
                    .isCloseTo(expected.get(i).get(1).asDouble(), within(CLOSE));
        }
    }

    /** Of long texts the answers have the first two vectors alone, and how many there are. */
    private static void assertVectors(JsonNode found, JsonNode expected, String what) {
        assertThat(found).as(what).hasSize(expected.get("colbert_count").asInt());
        JsonNode known = expected.get("colbert");
        for (int row = 0; row < known.size(); row++) {
            assertNumbers(found.get(row), known.get(row), what + ", vector " + row);
        }
    }

    private static void assertAll(JsonNode answer, JsonNode expected, String what) {
        assertNumbers(answer.at("/embeddings/0"), expected.get("dense"), what);
        assertWeights(answer.at("/sparse/0"), expected.get("sparse"), what);
        assertVectors(answer.at("/multi_vector/0"), expected, what);
        assertThat(answer.at("/tokens").asInt())
                .isEqualTo(expected.get("tokens").asInt());
    }

    private static List<JsonNode> texts(String id) throws Exception {
        List<JsonNode> texts = heads.cases(id).stream()
                .filter(one -> one.at("/request").has("inputs"))
                .toList();
        assertThat(texts).hasSizeGreaterThan(10);
        return texts;
    }

    @Test
    void embed_wordsOfVectors_areWholeAlsoWithSentencePiecesMarks() throws Exception {
        ObjectNode body = JSON.createObjectNode().put("model", "bge-m3").put("return_tokens", true);
        body.putArray("outputs").add("multi_vector");
        body.putArray("texts").add("The inhabitants' hometown, 京.");
        JsonNode answer = heads.post("/embed", body);
        JsonNode words = answer.at("/vector_words/0");
        assertThat(String.join("/", words.findValuesAsText("text"))).isEqualTo("The/inhabitants/'/hometown/,/京/./</s>");
        assertThat(words.get(words.size() - 1).path("to").asInt())
                .isEqualTo(answer.at("/multi_vector/0").size());
    }

    @ParameterizedTest
    @FieldSource("ENCODERS")
    void embed_allOutputs_areTheDefinitions(String id) throws Exception {
        for (JsonNode one : texts(id)) {
            assertAll(
                    heads.post("/embed", embed(id, one, "dense", "sparse", "multi_vector")),
                    one.get("expected"),
                    id + " " + one.at("/id").asText());
        }
    }

    @ParameterizedTest
    @FieldSource("ENCODERS")
    void eachRoute_givesItsOutput(String id) throws Exception {
        for (JsonNode one : texts(id)) {
            String what = id + " " + one.at("/id").asText();
            JsonNode expected = one.get("expected");
            assertNumbers(heads.post("/embed", embed(id, one)).at("/embeddings/0"), expected.get("dense"), what);
            assertWeights(heads.post("/embed_sparse", inputs(id, one)).get(0), expected.get("sparse"), what);
            assertVectors(heads.post("/embed_all", inputs(id, one)).get(0), expected, what);
            assertWeights(heads.post("/embed", embed(id, one, "sparse")).at("/sparse/0"), expected.get("sparse"), what);
            assertVectors(heads.post("/embed", embed(id, one, "multi_vector")).at("/multi_vector/0"), expected, what);
            JsonNode two = heads.post("/embed", embed(id, one, "sparse", "dense"));
            assertNumbers(two.at("/embeddings/0"), expected.get("dense"), what);
            assertWeights(two.at("/sparse/0"), expected.get("sparse"), what);
            assertThat(two.has("multi_vector")).isFalse();
            JsonNode named = heads.post(
                    "/embed", embed(id, one, "sparse", "multi_vector").put("return_tokens", true));
            assertThat(named.at("/vector_tokens/0")).hasSameSizeAs(named.at("/multi_vector/0"));
            assertThat(named.at("/sparse/0").findValues("token")).hasSameSizeAs(named.at("/sparse/0"));
        }
    }

    @ParameterizedTest
    @FieldSource("ENCODERS")
    void rerank_isTheMeanOfTheBestMatches(String id) throws Exception {
        int asked = 0;
        for (JsonNode one : heads.cases(id)) {
            if (one.at("/request").has("pair")) {
                ObjectNode body = JSON.createObjectNode().put("model", id);
                body.set("query", one.at("/request/pair/0"));
                body.putArray("texts").add(one.at("/request/pair/1"));
                for (String path : List.of("/rerank", "/")) {
                    assertThat(heads.post(path, body).at("/0/score").asDouble())
                            .isCloseTo(one.at("/expected/colbert_score").asDouble(), within(CLOSE));
                }
                asked++;
            }
        }
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void requestsOfAllKindsTogether_areAnsweredAsAlone() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        List<JsonNode> asked = new ArrayList<>();
        for (String id : ENCODERS) {
            for (JsonNode one : texts(id)) {
                asked.add(one);
                answers.add(heads.send("/embed", embed(id, one, "dense", "sparse", "multi_vector")));
                answers.add(heads.send("/embed", embed(id, one)));
                answers.add(heads.send("/embed_sparse", inputs(id, one)));
            }
        }
        for (int i = 0; i < asked.size(); i++) {
            JsonNode expected = asked.get(i).get("expected");
            assertAll(JSON.readTree(answers.get(3 * i).get().body()), expected, "case " + i);
            assertNumbers(
                    JSON.readTree(answers.get(3 * i + 1).get().body()).at("/embeddings/0"),
                    expected.get("dense"),
                    "case " + i);
            assertWeights(
                    JSON.readTree(answers.get(3 * i + 2).get().body()).get(0), expected.get("sparse"), "case " + i);
        }
    }

    @Test
    void info_saysWhatIsGiven() throws Exception {
        JsonNode models = heads.get("/info").get("models");
        for (JsonNode model : models) {
            assertThat(model.get("gives").toString()).isEqualTo("[\"dense\",\"sparse\",\"multi_vector\"]");
        }
        assertThat(models.get(0).get("decisions").toString()).contains("colbert_linear.pt and sparse_linear.pt");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"texts\":[\"a\"],\"outputs\":[\"dense\",\"sparse\"],\"dimensions\":33} | 400 | dimensions",
                "{\"texts\":[\"a\"],\"outputs\":[\"sparse\"],\"normalize\":true} | 400 | normalize",
                "{\"texts\":[\"a\"],\"outputs\":[\"dense\",\"colour\"]} | 400 | outputs[1]",
                "{\"texts\":[\"a\"],\"outputs\":[\"dense\",\"sparse\"],\"colour\":1} | 400 | colour",
                "{\"texts\":[],\"outputs\":[\"dense\",\"sparse\"]} | 400 | texts",
                "{\"outputs\":[\"dense\",\"sparse\"]} | 400 | texts"
            })
    void mistakes_areNamed(String body, int status, String field) throws Exception {
        HttpResponse<String> answer = heads.send("/embed", JSON.readTree(body)).get();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(JSON.readTree(answer.body()).at("/error/field").asText()).isEqualTo(field);
    }

    @ParameterizedTest
    @FieldSource("ENCODERS")
    void longText_isRefusedWhereItMayNotBeCut(String id) throws Exception {
        ObjectNode body = JSON.createObjectNode().put("model", id).put("truncate", false);
        body.putArray("texts").add("a").add("people of the town ".repeat(60));
        body.putArray("outputs").add("sparse").add("dense");
        HttpResponse<String> answer = heads.send("/embed", body).get();
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("takes at most 64", "texts[1]");
    }

    @ParameterizedTest
    @FieldSource("ENCODERS")
    void dimensionsAndScale_areOfTheDenseVectorAlone(String id) throws Exception {
        JsonNode one = texts(id).getFirst();
        ObjectNode body =
                embed(id, one, "dense", "multi_vector").put("dimensions", 8).put("normalize", true);
        JsonNode answer = heads.post("/embed", body);
        assertThat(answer.at("/embeddings/0")).hasSize(8);
        assertThat(answer.at("/dimension").asInt()).isEqualTo(8);
        double squares = 0;
        for (JsonNode value : answer.at("/embeddings/0")) {
            squares += value.asDouble() * value.asDouble();
        }
        assertThat(squares).isCloseTo(1, within(1e-5));
        assertVectors(answer.at("/multi_vector/0"), one.get("expected"), id);
    }
}
