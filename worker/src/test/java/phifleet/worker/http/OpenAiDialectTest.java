package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.http.Json;
import phifleet.inference.Catalogue;
import phifleet.inference.lane.Outcome;
import phifleet.worker.http.state.WorkerState;

class OpenAiDialectTest {
    private static TestWorker worker;

    @BeforeAll
    static void start() {
        worker = new TestWorker("http: {max-texts: 3}\napi-key: secret");
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @AfterEach
    void answerAgain() {
        worker.encoder.answer();
        worker.state.set(WorkerState.ready(new Catalogue(List.of(worker.encoder))));
    }

    private static HttpResponse<String> post(String body) {
        return worker.post("/v1/embeddings", body, "Authorization", "Bearer secret");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"ab cde\"|1|4",
                "[\"ab cde\"]|1|4",
                "[1,12,13,2]|1|4",
                "[[1,12,13,2],[1,2]]|2|6",
                "[\"a\",\"b\"]|2|6"
            })
    void embeddings_everyFormOfInput_answersAList(String input, int count, int tokens) {
        JsonNode json = Json.of(post("{\"input\":" + input + ",\"model\":\"fake-model\",\"user\":\"u\",\"new\":{}}"));
        assertThat(json.at("/object").asText()).isEqualTo("list");
        assertThat(json.at("/model").asText()).isEqualTo("fake-model");
        assertThat(json.at("/data")).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(json.at("/data/" + i + "/object").asText()).isEqualTo("embedding");
            assertThat(json.at("/data/" + i + "/index").asInt()).isEqualTo(i);
            assertThat(json.at("/data/" + i + "/embedding")).hasSize(FakeEncoder.DIMENSION);
        }
        assertThat(json.at("/usage/prompt_tokens").asInt()).isEqualTo(tokens);
        assertThat(json.at("/usage/total_tokens").asInt()).isEqualTo(tokens);
    }

    @Test
    void embeddings_base64_isTheLittleEndianFloats() {
        JsonNode floats = Json.of(post("{\"input\":\"ab cde\",\"encoding_format\":\"float\"}"));
        JsonNode base64 = Json.of(post("{\"input\":\"ab cde\",\"encoding_format\":\"base64\"}"));
        byte[] bytes = Base64.getDecoder().decode(base64.at("/data/0/embedding").asText());
        assertThat(bytes).hasSize(4 * FakeEncoder.DIMENSION);
        ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < FakeEncoder.DIMENSION; i++) {
            assertThat(values.getFloat())
                    .isEqualTo(floats.at("/data/0/embedding/" + i).floatValue());
        }
    }

    @Test
    void embeddings_dimensions_areFewerAndOfUnitLength() {
        JsonNode vector = Json.of(post("{\"input\":\"ab\",\"dimensions\":2}")).at("/data/0/embedding");
        assertThat(vector).hasSize(2);
        assertThat(Math.hypot(vector.get(0).asDouble(), vector.get(1).asDouble()))
                .isCloseTo(1, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "null",
            value = {
                "{}|400|invalid_request_error|input|missing_field",
                "{\"input\":[]}|400|invalid_request_error|input|empty",
                "{\"input\":\"\"}|400|invalid_request_error|input|empty",
                "{\"input\":[\"a\",\"\"]}|400|invalid_request_error|input[1]|empty",
                "{\"input\":null}|400|invalid_request_error|input|invalid_value",
                "{\"input\":{\"a\":1}}|400|invalid_request_error|input|invalid_value",
                "{\"input\":[\"a\",null]}|400|invalid_request_error|input[1]|invalid_value",
                "{\"input\":[3,1.5]}|400|invalid_request_error|input[1]|invalid_value",
                "{\"input\":[[3],[1000]]}|400|invalid_request_error|input[1][0]|invalid_value",
                "{\"input\":\"a\",\"encoding_format\":\"hex\"}|400|invalid_request_error|encoding_format|invalid_value",
                "{\"input\":\"a\",\"dimensions\":0}|400|invalid_request_error|dimensions|invalid_value",
                "{\"input\":\"a\",\"dimensions\":9}|400|invalid_request_error|dimensions|invalid_value",
                "{\"input\":\"a\",\"user\":4}|400|invalid_request_error|user|invalid_value",
                "{\"input\":[\"a\",\"a\",\"a\",\"a\"]}|413|invalid_request_error|input|too_many_texts",
                "{\"input\":\"a\",\"model\":\"gpt\"}|404|invalid_request_error|model|model_not_found",
                "{\"input\":\"a\" x|400|invalid_request_error|null|invalid_json"
            })
    void embeddings_badInput_answersOpenAiErrors(String body, int status, String type, String param, String code) {
        HttpResponse<String> response = post(body);
        assertThat(response.statusCode()).isEqualTo(status);
        JsonNode error = Json.of(response).at("/error");
        assertThat(error.at("/type").asText()).isEqualTo(type);
        assertThat(error.at("/code").asText()).isEqualTo(code);
        assertThat(error.at("/param").textValue()).isEqualTo(param);
        assertThat(error.at("/message").asText()).isNotEmpty();
    }

    @Test
    void embeddings_noKeyOrAWrongOne_is401InOpenAisShape() {
        for (String[] headers : new String[][] {
            {},
            {"Authorization", "Bearer wrong"},
            {"Authorization", "Bearer secre"},
            {"Authorization", "Basic secret"},
            {"Authorization", "secret"}
        }) {
            HttpResponse<String> response = worker.post("/v1/embeddings", "{\"input\":\"a\"}", headers);
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate"))
                    .get()
                    .asString()
                    .startsWith("Bearer");
            assertThat(Json.of(response).at("/error/code").asText()).isEqualTo("invalid_api_key");
        }
    }

    @Test
    void health_needsNoKey_othersDo() {
        assertThat(worker.get("/health").statusCode()).isEqualTo(200);
        assertThat(worker.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(worker.get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(worker.get("/metrics").statusCode()).isEqualTo(401);
        assertThat(worker.get("/info").statusCode()).isEqualTo(401);
        assertThat(worker.get("/nothing").statusCode()).isEqualTo(401);
        assertThat(worker.get("/v1/models", "Authorization", "bearer secret").statusCode())
                .isEqualTo(200);
    }

    @Test
    void embeddings_overloadedAndFailed_answerRetryableStatuses() {
        worker.encoder.refuse(FakeEncoder.overloaded());
        HttpResponse<String> overloaded = post("{\"input\":\"a\"}");
        assertThat(overloaded.statusCode()).isEqualTo(429);
        assertThat(overloaded.headers().firstValue("Retry-After")).contains("2");
        assertThat(Json.of(overloaded).at("/error/type").asText()).isEqualTo("rate_limit_error");
        worker.encoder.end(new Outcome.Failed<>("lost"));
        HttpResponse<String> failed = post("{\"input\":\"a\"}");
        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(Json.of(failed).at("/error/type").asText()).isEqualTo("server_error");
    }

    @Test
    void embeddings_workerStarts_is503() {
        worker.state.set(new WorkerState(WorkerState.Phase.STARTING, "loading fake-model", Catalogue.empty()));
        HttpResponse<String> response = post("{\"input\":\"a\"}");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(Json.of(response).at("/error/message").asText()).contains("loading fake-model");
    }

    @Test
    void models_listAndOne_answerOpenAisForm() {
        JsonNode list = Json.of(worker.get("/v1/models", "Authorization", "Bearer secret"));
        assertThat(list.at("/object").asText()).isEqualTo("list");
        assertThat(list.at("/data/0/id").asText()).isEqualTo("fake-model");
        assertThat(list.at("/data/0/created").asLong()).isEqualTo(TestWorker.STARTED_AT.getEpochSecond());
        JsonNode one = Json.of(worker.get("/v1/models/fake%2Dalias", "Authorization", "Bearer secret"));
        assertThat(one).isEqualTo(list.at("/data/0"));
        assertThat(worker.get("/v1/models/a/b", "Authorization", "Bearer secret")
                        .statusCode())
                .isEqualTo(404);
    }
}
