package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import phifleet.http.Json;

class NativeEmbedTest {
    private static TestWorker worker;

    @BeforeAll
    static void start() {
        worker = new TestWorker("");
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @Test
    void embed_twoTexts_answersVectorsModelAndCounts() {
        HttpResponse<String> response = worker.post("/embed", "{\"texts\":[\"ab cde\",\"é\"],\"normalize\":false}");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode json = Json.of(response);
        // Ids 1, 12, 13, 2 and 1, 11, 2.
        assertThat(json.at("/embeddings/0").toString()).isEqualTo("[3.5,3.625,3.75,3.875]");
        assertThat(json.at("/embeddings/1").toString()).isEqualTo("[1.75,1.875,2.0,2.125]");
        assertThat(json.at("/model").asText()).isEqualTo("fake-model");
        assertThat(json.at("/dimension").asInt()).isEqualTo(4);
        assertThat(json.at("/tokens").asInt()).isEqualTo(7);
        assertThat(json.at("/processing_time_ms").asDouble()).isPositive();
    }

    /** One dialect's error for each status, whatever kind of model is missing. */
    @Test
    void embed_kindOfModelMissing_isRefusedInTheNativeShape() {
        HttpResponse<String> answer = worker.post("/embed", "{\"texts\":[\"a\"],\"outputs\":[\"multi_vector\"]}");
        assertThat(answer.statusCode()).isEqualTo(424);
        assertThat(Json.of(answer).at("/error/code").asText()).isEqualTo("model_kind_missing");
    }

    /** As a client sends them that was written from the description. */
    @Test
    void embed_defaultsOfTheDescription_areTaken() {
        ApiDescription api = ApiDescription.read();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        api.document()
                .at("/components/schemas/NativeEmbedRequest/properties")
                .properties()
                .forEach(property -> {
                    JsonNode value = api.resolved(property.getValue()).path("default");
                    if (!value.isMissingNode()) {
                        body.set(property.getKey(), value);
                    }
                });
        assertThat(body.fieldNames()).toIterable().contains("truncate", "output_dtype", "return_tokens");
        body.putArray("texts").add("ab cde");
        assertThat(Json.of(worker.post("/embed", body.toString())).at("/embeddings"))
                .isEqualTo(Json.of(worker.post("/embed", "{\"texts\":[\"ab cde\"]}"))
                        .at("/embeddings"));
        body.putArray("outputs").add("multi_vector");
        assertThat(worker.post("/embed", body.toString()).statusCode()).isEqualTo(424);
        body.put("output_dtype", "binary");
        assertThat(worker.post("/embed", body.toString()).body())
                .contains("`output_dtype` is float32 with such outputs, was `binary`");
    }

    @Test
    void embed_tokensOfDenseVectors_areRefused() {
        HttpResponse<String> answer = worker.post("/embed", "{\"texts\":[\"a\"],\"return_tokens\":true}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.of(answer).at("/error/message").asText())
                .isEqualTo("`return_tokens` is of sparse and multi_vector outputs, which `outputs` do not ask for");
    }

    @Test
    void embed_normalizeNotGiven_answersUnitLength() {
        JsonNode vector = Json.of(worker.post("/embed", "{\"texts\":[\"ab\"]}")).at("/embeddings/0");
        double squares = 0;
        for (JsonNode value : vector) {
            squares += value.asDouble() * value.asDouble();
        }
        assertThat(squares).isCloseTo(1, within(1e-6));
    }

    @Test
    void embed_imageForAModelOfTexts_namesTheItem() {
        HttpResponse<String> answer = worker.post("/embed", "{\"texts\":[\"a\",{\"image\":\"aGVsbG8=\"}]}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.of(answer).at("/error/message").asText())
                .isEqualTo("`texts[1].image`: the model fake-model takes texts alone");
    }

    @Test
    void embed_itemsOfText_areTexts() {
        HttpResponse<String> answer =
                worker.post("/embed", "{\"texts\":[{\"text\":\"ab cde\"},\"é\"],\"normalize\":false}");
        assertThat(Json.of(answer).at("/embeddings/0").toString()).isEqualTo("[3.5,3.625,3.75,3.875]");
        assertThat(Json.of(answer).at("/embeddings/1").toString()).isEqualTo("[1.75,1.875,2.0,2.125]");
    }

    @Test
    void embed_manyTexts_streamsAllOfThemInOrder() {
        StringBuilder body = new StringBuilder("{\"normalize\":false,\"texts\":[\"a\"");
        for (int i = 1; i < 2048; i++) {
            body.append(",\"").append("a".repeat(1 + i % 50)).append('"');
        }
        JsonNode json = Json.of(worker.post("/embed", body + "]}"));
        assertThat(json.at("/embeddings")).hasSize(2048);
        for (int i = 0; i < 2048; i++) {
            assertThat(json.at("/embeddings/" + i + "/0").asDouble()).isEqualTo((3 + 11 + i % 50) / 8.0);
        }
    }

    @Test
    void embed_promptTruncateAndModel_reachTheEncoder() {
        String words = "\"a b c d e f g h i j k l m n o p q r s t\"";
        JsonNode json = Json.of(worker.post(
                "/embed",
                "{\"texts\":[" + words + "],\"model\":\"fake-alias\",\"prompt_name\":\"query\",\"truncate\":true}"));
        assertThat(json.at("/tokens").asInt()).isEqualTo(FakeEncoder.MAX_TOKENS);
        assertThat(json.at("/model").asText()).isEqualTo("fake-model");
        HttpResponse<String> whole = worker.post("/embed", "{\"texts\":[\"a\"," + words + "],\"truncate\":false}");
        assertThat(whole.statusCode()).isEqualTo(413);
        assertThat(Json.of(whole).at("/error/field").asText()).isEqualTo("texts[1]");
    }

    @Test
    void embed_otherJsonMediaTypes_areTaken() {
        for (String type : new String[] {
            "application/json; charset=utf-8", "Application/JSON;charset=\"UTF-8\"", "application/vnd.x+json"
        }) {
            assertThat(worker.post("/embed", "{\"texts\":[\"a\"]}", "Content-Type", type)
                            .statusCode())
                    .as(type)
                    .isEqualTo(200);
        }
    }

    @Test
    void embed_nullsForOptionalFields_areTheDefaults() {
        assertThat(worker.post(
                                "/embed",
                                "{\"texts\":[\"a\"],\"model\":null,\"normalize\":null,\"truncate\":null,\"prompt_name\":null}")
                        .statusCode())
                .isEqualTo(200);
    }
}
