package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.http.Json;
import phifleet.inference.Catalogue;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Timing;
import phifleet.inference.model.WorkUnit;
import phifleet.worker.http.state.WorkerState;

class TeiDialectTest {
    private static TestWorker worker;

    @BeforeAll
    static void start() {
        worker = new TestWorker("http: {max-texts: 3}");
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"ab cde\"|[[3.5,3.625,3.75,3.875]]",
                "[\"ab cde\"]|[[3.5,3.625,3.75,3.875]]",
                "[1,12,13,2]|[[3.5,3.625,3.75,3.875]]",
                "[[1,12,13,2],\"é\"]|[[3.5,3.625,3.75,3.875],[1.75,1.875,2.0,2.125]]"
            })
    void embed_everyFormOfInputs_answersNestedVectors(String inputs, String expected) {
        HttpResponse<String> response = worker.post("/embed", "{\"inputs\":" + inputs + ",\"normalize\":false}");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(expected);
    }

    @Test
    void embed_timings_areInTheHeaders() {
        HttpResponse<String> response = worker.post("/embed", "{\"inputs\":\"ab é\",\"later_field\":1}");
        assertThat(response.headers().firstValue("x-compute-tokens")).contains("4");
        assertThat(response.headers().firstValue("x-compute-characters")).contains("4");
        assertThat(response.headers().firstValue("x-compute-type")).contains("cpu");
        assertThat(response.headers().firstValue("x-queue-time")).contains("1");
        assertThat(response.headers().firstValue("x-inference-time")).contains("2");
        assertThat(response.headers().firstValue("X-Device-Ms")).contains("1.5");
        assertThat(response.headers().firstValue("x-tokenization-time")).contains("0");
        for (String name : List.of("x-total-time", "x-compute-time")) {
            assertThat(response.headers().firstValue(name)).get().asString().matches("\\d+");
        }
    }

    @Test
    void embed_truncationDirection_cutsThatEnd() {
        String text = "aaaaa " + "b ".repeat(13) + "cc dd";
        String right = worker.post("/embed", "{\"inputs\":\"" + text + "\",\"normalize\":false}")
                .body();
        String left = worker.post(
                        "/embed", "{\"inputs\":\"" + text + "\",\"normalize\":false,\"truncation_direction\":\"Left\"}")
                .body();
        assertThat(right).startsWith("[[" + (1 + 15 + 13 * 11 + 12) / 8f);
        assertThat(left).startsWith("[[" + (12 * 11 + 2 * 12 + 2 + 11) / 8f);
    }

    @Test
    void embed_dimensions_cutsTheVector() {
        assertThat(worker.post("/embed", "{\"inputs\":\"ab cde\",\"normalize\":false,\"dimensions\":2}")
                        .body())
                .isEqualTo("[[3.5,3.625]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"inputs\":[]}|400|Empty|inputs",
                "{\"inputs\":[[]]}|400|Empty|inputs[0]",
                "{\"inputs\":null}|422|Validation|was null",
                "{\"inputs\":[\"a\",5]}|422|Validation|`inputs[1]` must be a string, was the number 5",
                "{\"inputs\":[[1,\"a\"]]}|422|Validation|`inputs[0][1]` must be a whole number",
                "{\"inputs\":[1,99999999999]}|422|Validation|was the number 99999999999",
                "{\"inputs\":[1,-4]}|422|Validation|was the number -4",
                "{\"inputs\":[1,1000]}|422|Validation|`inputs[1]` must be a token id from 0 to 999, was 1000",
                "{\"inputs\":\"a\",\"truncate\":\"yes\"}|422|Validation|`truncate` must be true or false",
                "{\"truncate\":\"yes\",\"inputs\":\"a\"}|422|Validation|`truncate` must be true or false",
                "{\"inputs\":\"a\",\"dimensions\":-1}|422|Validation|`dimensions` must be a whole number from 1",
                "{\"inputs\":\"a\",\"dimensions\":5}|422|Validation|`dimensions` must be from 1 to 4",
                "{\"inputs\":\"a\",\"truncation_direction\":\"Up\"}|422|Validation|Left or Right",
                "{\"inputs\":\"a\",\"prompt_name\":\"x\"}|422|Validation|has no prompt 'x'",
                "{\"inputs\":\"a\",\"model\":\"x\"}|404|Validation|the model 'x' does not exist",
                "{\"inputs\":[\"a\",\"b\",\"c\",\"d\"]}|413|Validation|more than 3 entries",
                "{\"inputs\":\"a a a a a a a a a a a a a a a a\",\"truncate\":false}|413|Validation|18 tokens",
                "{\"inputs\":\"a\"|400|Validation|ends too early"
            })
    void embed_badInput_answersItsStatusAndType(String body, int status, String type, String message) {
        HttpResponse<String> response = worker.post("/embed", body);
        assertThat(response.statusCode()).isEqualTo(status);
        JsonNode json = Json.of(response);
        assertThat(json.at("/error_type").asText()).isEqualTo(type);
        assertThat(json.at("/error").asText()).contains(message);
    }

    @Test
    void bareAddress_withInputsThatAreAnObject_answersAsSimilarity() {
        String body = "{\"inputs\":{\"source_sentence\":\"a\",\"sentences\":[\"a\",\"b\"]}}";
        HttpResponse<String> bare = worker.post("/", body);
        assertThat(bare.statusCode()).isEqualTo(200);
        assertThat(bare.body()).isEqualTo(worker.post("/similarity", body).body());
        HttpResponse<String> wrong = worker.post("/", "{\"inputs\":{\"sentences\":[\"a\"]}}");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("`inputs.source_sentence` is needed");
    }

    @Test
    void embed_laneOverloaded_is429WithRetryAfter() {
        worker.encoder.refuse(FakeEncoder.overloaded());
        HttpResponse<String> response = worker.post("/embed", "{\"inputs\":\"a\"}");
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).contains("2");
        assertThat(Json.of(response).at("/error_type").asText()).isEqualTo("Overloaded");
    }

    @Test
    void embed_queueTooLong_is429ThatNamesTheTimes() {
        worker.encoder.refuse(new Admission.Overloaded(
                new Admission.Excess.Time(Duration.ofMillis(14_210), Duration.ofMillis(10_000), Admission.Bound.QUEUE),
                Duration.ofMillis(4_210)));
        HttpResponse<String> response = worker.post("/embed", "{\"inputs\":\"a\"}");
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.headers().firstValue("Retry-After")).contains("5");
        assertThat(Json.of(response).at("/error").asText()).contains("14.2 s").contains("10.0 s");
    }

    @Test
    void embed_aloneTooLong_is504AtOnce() {
        worker.encoder.refuse(new Admission.TooLate(Duration.ofMillis(5_200), Duration.ofMillis(2_000)));
        HttpResponse<String> response = worker.post("/embed", "{\"inputs\":\"a\"}");
        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(response.headers().firstValue("Retry-After")).isEmpty();
        assertThat(Json.of(response).at("/error").asText()).contains("5.2 s").contains("2.0 s");
    }

    @Test
    void embed_laneFullAnyway_is429WithoutTokenising() {
        worker.encoder.refuseUnseen(FakeEncoder.overloaded());
        HttpResponse<String> response = worker.post("/embed", "{\"inputs\":\"a\"}");
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(worker.encoder.submissions).isEmpty();
    }

    @Test
    void embed_laneTooSmall_is413() {
        worker.encoder.refuse(new Admission.TooLarge(WorkUnit.TOKENS, 5000, 1000));
        HttpResponse<String> response = worker.post("/embed", "{\"inputs\":\"a\"}");
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(Json.of(response).at("/error").asText())
                .contains("5000 tokens")
                .contains("1000");
    }

    @Test
    void embed_modelFails_is424Backend() {
        worker.encoder.end(new Outcome.Failed<>("the device is lost"));
        HttpResponse<String> response = worker.post("/embed", "{\"inputs\":\"a\"}");
        assertThat(response.statusCode()).isEqualTo(424);
        assertThat(Json.of(response).at("/error_type").asText()).isEqualTo("Backend");
    }

    @Test
    void embed_deadlinePasses_is504() {
        worker.encoder.end(new Outcome.Expired<>(new Timing(0, 0)));
        assertThat(worker.post("/embed", "{\"inputs\":\"a\"}").statusCode()).isEqualTo(504);
    }

    @Test
    void embed_workerDrains_is503Unhealthy() {
        worker.state.set(
                new WorkerState(WorkerState.Phase.DRAINING, "SIGTERM", new Catalogue(List.of(worker.encoder))));
        HttpResponse<String> response = worker.post("/embed", "{\"inputs\":\"a\"}");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
        assertThat(Json.of(response).at("/error_type").asText()).isEqualTo("Unhealthy");
    }

    @Test
    void similarity_threeSentences_answersTheirCosines() {
        HttpResponse<String> response = worker.post(
                "/similarity",
                "{\"inputs\":{\"source_sentence\":\"ab\",\"sentences\":[\"ab\",\"cd\",\"a b c\"]},"
                        + "\"parameters\":{\"truncate\":true,\"prompt_name\":\"query\"}}");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode json = Json.of(response);
        assertThat(json).hasSize(3);
        assertThat(json.get(0).asDouble()).isEqualTo(1);
        assertThat(json.get(1).asDouble()).isEqualTo(1);
        assertThat(json.get(2).asDouble()).isBetween(0.9, 0.99999);
        assertThat(response.headers().firstValue("x-compute-tokens")).isPresent();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"inputs\":{\"source_sentence\":\"a\",\"sentences\":[]}}|400|Empty|`inputs.sentences` cannot be empty",
                "{\"inputs\":{\"sentences\":[\"a\"]}}|422|Validation|`inputs.source_sentence` is needed",
                "{\"inputs\":{\"source_sentence\":\"a\"}}|422|Validation|`inputs.sentences` is needed",
                "{\"inputs\":\"a\"}|422|Validation|`inputs` must be an object",
                "{\"inputs\":{\"source_sentence\":\"a\",\"sentences\":[\"a\",7]}}|422|Validation|`inputs.sentences[1]`",
                "{\"inputs\":{\"source_sentence\":7,\"sentences\":[\"a\"]}}|422|Validation|`inputs.source_sentence` must",
                "[]|400|Validation|must be a JSON object, was a list"
            })
    void similarity_badInput_answersItsStatusAndType(String body, int status, String type, String message) {
        HttpResponse<String> response = worker.post("/similarity", body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(Json.of(response).at("/error_type").asText()).isEqualTo(type);
        assertThat(Json.of(response).at("/error").asText()).contains(message);
    }

    @Test
    void tokenize_textBeyondAscii_answersTokensWithCodePointOffsets() {
        HttpResponse<String> response = worker.post("/tokenize", "{\"inputs\":[\"a 😀b\",\"c\"]}");
        assertThat(response.body())
                .isEqualTo("[[{\"id\":1,\"text\":\"[CLS]\",\"special\":true,\"start\":null,\"stop\":null},"
                        + "{\"id\":11,\"text\":\"a\",\"special\":false,\"start\":0,\"stop\":1},"
                        + "{\"id\":12,\"text\":\"😀b\",\"special\":false,\"start\":2,\"stop\":4},"
                        + "{\"id\":2,\"text\":\"[SEP]\",\"special\":true,\"start\":null,\"stop\":null}],"
                        + "[{\"id\":1,\"text\":\"[CLS]\",\"special\":true,\"start\":null,\"stop\":null},"
                        + "{\"id\":11,\"text\":\"c\",\"special\":false,\"start\":0,\"stop\":1},"
                        + "{\"id\":2,\"text\":\"[SEP]\",\"special\":true,\"start\":null,\"stop\":null}]]");
    }

    @Test
    void tokenize_withoutSpecialTokens_leavesThemOut() {
        assertThat(worker.post("/tokenize", "{\"inputs\":\"ab\",\"add_special_tokens\":false}")
                        .body())
                .isEqualTo("[[{\"id\":12,\"text\":\"ab\",\"special\":false,\"start\":0,\"stop\":2}]]");
    }

    @Test
    void tokenize_promptName_putsThePromptFirst() {
        assertThat(Json.of(worker.post(
                                "/tokenize",
                                "{\"inputs\":\"ab\",\"add_special_tokens\":false,\"prompt_name\":\"query\"}"))
                        .at("/0")
                        .findValuesAsText("text"))
                .containsExactly("ask:", "ab");
        assertThat(worker.post("/tokenize", "{\"inputs\":\"ab\",\"prompt_name\":\"x\"}")
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void decode_oneListOrMany_answersTheirTexts() {
        assertThat(worker.post("/decode", "{\"ids\":[1,12,13,2]}").body()).isEqualTo("[\"xx xxx\"]");
        assertThat(worker.post("/decode", "{\"ids\":[[12],[13]],\"skip_special_tokens\":true}")
                        .body())
                .isEqualTo("[\"xx\",\"xxx\"]");
        assertThat(worker.post("/decode", "{\"ids\":[1,12],\"skip_special_tokens\":false}")
                        .body())
                .isEqualTo("[\"[1] xx\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "/decode|{\"ids\":[]}|400|Empty|`ids` cannot be empty",
                "/decode|{\"ids\":[1000]}|422|Validation|`ids[0]` must be a token id from 0 to 999, was 1000",
                "/decode|{\"ids\":[[1],[1000]]}|422|Validation|`ids[1][0]` must be",
                "/decode|{\"ids\":\"a\"}|422|Validation|a list of token ids",
                "/decode|{\"ids\":[[1],2]}|422|Validation|`ids[1]` must be a list of token ids",
                "/decode|{}|422|Validation|`ids` is needed",
                "/tokenize|{\"inputs\":[]}|400|Empty|`inputs` cannot be empty",
                "/tokenize|{\"inputs\":[1,2]}|422|Validation|`inputs[0]` must be a string",
                "/tokenize|{}|422|Validation|`inputs` is needed",
                "/tokenize|{\"inputs\":\"a\",\"model\":\"x\"}|404|Validation|the model 'x' does not exist",
                "/rerank|{\"query\":\"a\",\"texts\":[\"b\"]}|424|Backend|cross-encoder"
            })
    void tokenizeDecodeRerank_badInput_answerStatusAndType(
            String path, String body, int status, String type, String message) {
        HttpResponse<String> response = worker.post(path, body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(Json.of(response).at("/error_type").asText()).isEqualTo(type);
        assertThat(Json.of(response).at("/error").asText()).contains(message);
    }

    @Test
    void retryAfter_isWholeSecondsAndAtLeastOne() {
        worker.encoder.refuse(
                new Admission.Overloaded(new Admission.Excess.Work(WorkUnit.TOKENS, 1, 1), Duration.ofMillis(10)));
        assertThat(worker.post("/embed", "{\"inputs\":\"a\"}").headers().firstValue("Retry-After"))
                .contains("1");
    }
}
