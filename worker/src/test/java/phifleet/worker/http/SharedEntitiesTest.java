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
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tiny models that find entities over HTTP, against what transformers' pipeline and the library gliner gave for the same texts. */
class SharedEntitiesTest {
    private static final double CLOSE = 1e-3;
    private static final String GLINER = "gliner-small";
    private static final List<String> TAGGERS = List.of("ner-bert-cased", "ner-xlm-roberta");
    private static final List<String> AGGREGATIONS = List.of("none", "simple", "first", "average", "max");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static HeadsUnderTest heads;

    @BeforeAll
    static void start() throws Exception {
        heads = HeadsUnderTest.start(List.of("ner-bert-cased", "ner-xlm-roberta", GLINER));
    }

    @AfterAll
    static void stop() {
        if (heads != null) {
            heads.close();
        }
    }

    private static ObjectNode extract(String id, String text) {
        ObjectNode body = JSON.createObjectNode().put("model", id).put("truncate", true);
        body.putArray("texts").add(text);
        return body;
    }

    private static ObjectNode spans(JsonNode one, boolean overlapping) {
        ObjectNode body = extract(GLINER, one.at("/request/text").asText()).put("overlapping", overlapping);
        body.set("labels", one.at("/request/labels"));
        body.set("threshold", one.at("/request/threshold"));
        return body;
    }

    private static String label(JsonNode expected) {
        for (String name : List.of("entity", "entity_group", "label")) {
            if (expected.has(name)) {
                return expected.get(name).asText();
            }
        }
        throw new AssertionError(expected);
    }

    private static void assertEntities(JsonNode found, JsonNode expected, String text, String what) {
        assertThat(found).as(what + ": " + found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            JsonNode entity = found.get(i);
            assertThat(entity.get("label").asText()).as(what + " " + entity).isEqualTo(label(expected.get(i)));
            assertThat(entity.get("start"))
                    .as(what + " " + entity)
                    .isEqualTo(expected.get(i).get("start"));
            assertThat(entity.get("end"))
                    .as(what + " " + entity)
                    .isEqualTo(expected.get(i).get("end"));
            assertThat(entity.get("score").asDouble())
                    .as(what + " " + entity)
                    .isCloseTo(expected.get(i).get("score").asDouble(), within(CLOSE));
            assertThat(text.substring(
                            entity.get("start_utf16").asInt(),
                            entity.get("end_utf16").asInt()))
                    .isEqualTo(entity.get("text").asText());
            assertThat(text.codePointCount(0, entity.get("start_utf16").asInt()))
                    .isEqualTo(entity.get("start").asInt());
            assertThat(text.codePointCount(0, entity.get("end_utf16").asInt()))
                    .isEqualTo(entity.get("end").asInt());
        }
    }

    @ParameterizedTest
    @FieldSource("TAGGERS")
    void extract_eachAggregation_isThePipelines(String id) throws Exception {
        int asked = 0;
        for (JsonNode one : heads.cases(id)) {
            String text = one.at("/request/inputs").asText();
            for (String aggregation : AGGREGATIONS) {
                JsonNode expected = one.at("/expected/" + aggregation);
                if (!expected.isMissingNode()) {
                    JsonNode found = heads.post("/extract", extract(id, text).put("aggregation", aggregation));
                    assertEntities(
                            found.at("/entities/0"),
                            expected,
                            text,
                            id + " " + one.at("/id").asText() + aggregation);
                    asked++;
                }
            }
        }
        assertThat(asked).isGreaterThan(25);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void extract_ownLabels_areGliners(boolean overlapping) throws Exception {
        for (JsonNode one : heads.cases(GLINER)) {
            JsonNode expected = one.at(overlapping ? "/expected/overlapping" : "/expected/flat");
            assertEntities(
                    heads.post("/extract", spans(one, overlapping)).at("/entities/0"),
                    expected,
                    one.at("/request/text").asText(),
                    one.at("/id").asText());
        }
    }

    @Test
    void extract_requestsTogether_areAnsweredAsAlone() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        List<CompletableFuture<HttpResponse<String>>> beside = new ArrayList<>();
        List<JsonNode> expected = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (String id : TAGGERS) {
            for (JsonNode one : heads.cases(id)) {
                texts.add(one.at("/request/inputs").asText());
                expected.add(one.at("/expected/simple"));
                answers.add(heads.send("/extract", extract(id, texts.getLast())));
            }
        }
        for (JsonNode one : heads.cases(GLINER)) {
            texts.add(one.at("/request/text").asText());
            expected.add(one.at("/expected/flat"));
            answers.add(heads.send("/extract", spans(one, false)));
            // Of another number of labels, in the same batch.
            ObjectNode other = spans(one, false);
            other.putArray("labels").add("person");
            beside.add(heads.send("/extract", other));
        }
        for (int i = 0; i < answers.size(); i++) {
            HttpResponse<String> answer = answers.get(i).get();
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertEntities(JSON.readTree(answer.body()).at("/entities/0"), expected.get(i), texts.get(i), "case " + i);
        }
        for (CompletableFuture<HttpResponse<String>> answer : beside) {
            assertThat(answer.get().statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @FieldSource("TAGGERS")
    void extract_batch_isAnsweredAsAlone(String id) throws Exception {
        ObjectNode body = extract(id, "");
        ArrayNode texts = body.putArray("texts");
        List<JsonNode> cases = heads.cases(id);
        cases.forEach(one -> texts.add(one.at("/request/inputs")));
        JsonNode found =
                heads.post("/extract", body.put("aggregation", "simple")).at("/entities");
        for (int i = 0; i < cases.size(); i++) {
            assertEntities(
                    found.get(i),
                    cases.get(i).at("/expected/simple"),
                    texts.get(i).asText(),
                    id + " " + i);
        }
    }

    @Test
    void extract_batchWithEmptyTexts_keepsPlaces() throws Exception {
        List<JsonNode> cases = heads.cases(GLINER);
        ObjectNode body = spans(cases.getFirst(), false);
        body.putArray("texts").add("").add(cases.getFirst().at("/request/text")).add(" \n");
        JsonNode found = heads.post("/extract", body).at("/entities");
        assertThat(found).hasSize(3);
        assertThat(found.get(0)).isEmpty();
        assertThat(found.get(2)).isEmpty();
        assertEntities(
                found.get(1),
                cases.getFirst().at("/expected/flat"),
                cases.getFirst().at("/request/text").asText(),
                "between empty ones");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ner-bert-cased", "ner-xlm-roberta", GLINER})
    void extract_textBeyondTheLimit_isReadToItsEnd(String id) throws Exception {
        String sentence = "Anna Keller moved from Hamburg to Lisbon to work for Northwind Shipping. ";
        ObjectNode body = extract(id, sentence.repeat(40)).put("truncate", false);
        if (id.equals(GLINER)) {
            body.putArray("labels").add("person").add("city");
        } else {
            body.put("aggregation", "none");
        }
        JsonNode found = heads.post("/extract", body).at("/entities/0");
        int[] perSentence = new int[40];
        int before = -1;
        for (JsonNode entity : found) {
            int start = entity.get("start").asInt();
            assertThat(start).isGreaterThanOrEqualTo(before);
            before = entity.get("end").asInt();
            perSentence[start / sentence.length()]++;
        }
        assertThat(perSentence).doesNotContain(0);
        JsonNode beginning = heads.post("/extract", body.put("truncate", true)).at("/entities/0");
        assertThat(beginning.size()).isLessThan(found.size() / 4);
    }

    @Test
    void root_tokenClassification_hasWhatTheHubsClientReads() throws Exception {
        JsonNode one = heads.cases("ner-bert-cased").getFirst();
        ObjectNode body = JSON.createObjectNode();
        body.set("inputs", one.at("/request/inputs"));
        body.putObject("parameters").put("aggregation_strategy", "simple");
        JsonNode found = heads.post("/", body);
        JsonNode expected = one.at("/expected/simple");
        assertThat(found).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            for (String field : List.of("entity_group", "word", "start", "end")) {
                assertThat(found.get(i).get(field)).isEqualTo(expected.get(i).get(field));
            }
        }
        body.putObject("parameters").put("aggregation_strategy", "none").putArray("ignore_labels");
        assertThat(heads.post("/", body).at("/0/entity").asText())
                .isEqualTo(one.at("/expected/none/0/entity").asText());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"texts\":[\"a\"],\"labels\":[\"PER\",\"TOWN\"]} labels[1]",
                "{\"texts\":[\"a\"],\"labels\":[]} labels",
                "{\"texts\":[\"a\"],\"labels\":[\"PER\",\"PER\"]} labels[1]",
                "{\"texts\":[\"a\"],\"threshold\":1.5} threshold",
                "{\"texts\":[\"a\"],\"aggregation\":\"most\"} aggregation",
                "{\"texts\":[\"a\"],\"overlapping\":true} overlapping",
                "{\"texts\":[]} texts",
                "{\"text\":[]} text",
                "{\"texts\":[\"a\"],\"model\":\"gliner-small\"} labels",
                "{\"texts\":[\"a\"],\"model\":\"gliner-small\",\"labels\":[\"a <<ENT>> b\"]} labels[0]",
                "{\"texts\":[\"a\"],\"model\":\"gliner-small\",\"labels\":[\"a\"],\"aggregation\":\"max\"} aggregation"
            })
    void extract_mistakes_areNamed(String bodyAndField) throws Exception {
        int space = bodyAndField.lastIndexOf(' ');
        HttpResponse<String> answer = heads.send("/extract", JSON.readTree(bodyAndField.substring(0, space)))
                .get();
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).at("/error/field").asText())
                .as(answer.body())
                .isEqualTo(bodyAndField.substring(space + 1));
    }

    @Test
    void extract_labelsBeyondAnyRoom_areRefused() throws Exception {
        ObjectNode body = JSON.createObjectNode().put("model", GLINER);
        body.putArray("texts").add("a");
        ArrayNode labels = body.putArray("labels");
        for (int i = 0; i < 90; i++) {
            labels.add("label" + i);
        }
        HttpResponse<String> answer = heads.send("/extract", body).get();
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("tokens").contains("at most 64");
    }
}
