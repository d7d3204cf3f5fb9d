package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.http.Json;
import phifleet.http.RawClient;
import phifleet.inference.Catalogue;
import phifleet.worker.http.state.WorkerState;

class ValidateTest {
    private static TestWorker worker;

    @BeforeAll
    static void start() {
        worker = new TestWorker("");
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    @AfterEach
    void idleAgain() {
        worker.awaitIdle();
        worker.state.set(WorkerState.ready(new Catalogue(List.of(worker.encoder))));
    }

    @Test
    void validate_knownLaw_answersEveryField() {
        HttpResponse<String> response = worker.post("/validate", "{\"equation\":\"E = mc²\",\"mode\":null}");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode report = Json.of(response);
        assertThat(report.at("/valid").asBoolean()).isTrue();
        assertThat(report.at("/verdict").asText()).isEqualTo("known_law");
        assertThat(report.at("/betti").toString()).isEqualTo("[2,0,0]");
        assertThat(report.at("/chi").asInt()).isEqualTo(2);
        assertThat(report.at("/latex").asText()).isEqualTo("E = m c^{2}");
        assertThat(report.at("/terms").toString()).isEqualTo("[[\"E\"],[\"c\",\"m\"]]");
        assertThat(report.at("/confidence").asDouble()).isBetween(0.5, 1.0);
        assertThat(report.at("/matched_law/name").asText()).isNotEmpty();
        assertThat(report.fieldNames())
                .toIterable()
                .containsExactly(
                        "valid",
                        "confidence",
                        "betti",
                        "chi",
                        "phi_coherence",
                        "explanation",
                        "processing_time_ms",
                        "verdict",
                        "normalized",
                        "latex",
                        "evidence",
                        "dimensions",
                        "counterexample",
                        "matched_law",
                        "solutions",
                        "betti_higher",
                        "loops",
                        "terms",
                        "readings",
                        "parts",
                        "warnings");
    }

    @Test
    void validate_notAnIdentity_answersItsCounterexample() {
        JsonNode report = Json.of(worker.post(
                "/validate", "{\"equation\":\"sin(x+y) = sin(x)*cos(y)\",\"mode\":\"identity\",\"seed\":7}"));
        assertThat(report.at("/verdict").asText()).isEqualTo("not_identity");
        assertThat(report.at("/counterexample/values/x").asText()).isNotEmpty();
        assertThat(report.at("/counterexample/left").asText())
                .isNotEqualTo(report.at("/counterexample/right").asText());
    }

    @Test
    void validate_unitsGiven_decideTheDimensions() {
        JsonNode report = Json.of(worker.post(
                "/validate",
                "{\"equation\":\"E = m*c\",\"mode\":\"dimensional\",\"variables\":{\"E\":{\"unit\":\"J\"},"
                        + "\"m\":{\"unit\":\"kg\"},\"c\":{\"unit\":\"m/s\",\"domain\":null}},\"assumptions\":[]}"));
        assertThat(report.at("/valid").asBoolean()).isFalse();
        assertThat(report.at("/verdict").asText()).isEqualTo("dimension_mismatch");
        assertThat(report.at("/dimensions/consistent").asBoolean(true)).isFalse();
        assertThat(report.at("/dimensions/basis").asText()).isEqualTo("units");
        assertThat(report.at("/dimensions/per_symbol").findValuesAsText("name")).contains("E", "m", "c");
        assertThat(report.at("/dimensions/per_symbol").findValuesAsText("source"))
                .contains("user");
    }

    @Test
    void validate_noEquation_answersItsPlace() {
        HttpResponse<String> response = worker.post("/validate", "{\"equation\":\"E = m c^2)\"}");
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode error = Json.of(response).at("/error");
        assertThat(error.at("/position").asInt()).isEqualTo(9);
        assertThat(error.at("/length").asInt()).isEqualTo(1);
        assertThat(error.at("/line").asInt()).isEqualTo(1);
        assertThat(error.at("/expected").isArray()).isTrue();
        assertThat(error.at("/excerpt").asText()).contains("c^2)");
        assertThat(error.at("/code").asText()).isEqualTo("unbalanced_bracket");
        assertThat(error.at("/message").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}|400|missing_field|`equation` is needed",
                "{\"equation\":5}|400|invalid_value|`equation` must be a string, was the number 5",
                "{\"equation\":null}|400|invalid_value|was null",
                "{\"equation\":\"\"}|400|empty|",
                "{\"equation\":\"a=b\",\"mode\":\"magic\"}|400|invalid_value|syntax, identity, dimensional, physics, golden, signature",
                "{\"equation\":\"a=b\",\"format\":\"word\"}|400|invalid_value|auto, ascii, unicode, latex",
                "{\"equation\":\"a=b\",\"timeout_ms\":0}|400|invalid_value|from 1 to 2000, was the number 0",
                "{\"equation\":\"a=b\",\"timeout_ms\":2001}|400|invalid_value|from 1 to 2000",
                "{\"equation\":\"a=b\",\"seed\":1e300}|400|invalid_value|a whole number of 64 bits",
                "{\"equation\":\"a=b\",\"seed\":99999999999999999999}|400|invalid_value|a whole number of 64 bits",
                "{\"equation\":\"a=b\",\"variables\":[]}|400|invalid_value|`variables` must be an object",
                "{\"equation\":\"a=b\",\"variables\":{\"a\":\"J\"}}|400|invalid_value|`variables.a` must be an object",
                "{\"equation\":\"a=b\",\"variables\":{\"a\":{\"units\":\"J\"}}}|400|unknown_field|`variables.a.units`",
                "{\"equation\":\"a=b\",\"variables\":{\"a\":{\"unit\":\"parsec per\"}}}|400|invalid_value|variables.a.unit",
                "{\"equation\":\"a=b\",\"assumptions\":[1]}|400|invalid_value|`assumptions[0]` must be a string",
                "{\"equation\":\"a=b\",\"units\":{}}|400|unknown_field|here are equation, mode, format",
                "[\"a=b\"]|400|invalid_json|must be a JSON object",
                "{\"equation\":\"a=b\"|400|invalid_json|ends too early"
            })
    void validate_badInput_isNamed(String body, int status, String code, String message) {
        HttpResponse<String> response = worker.post("/validate", body);
        assertThat(response.statusCode()).isEqualTo(status);
        JsonNode error = Json.of(response).at("/error");
        assertThat(error.at("/code").asText()).isEqualTo(code);
        assertThat(error.at("/message").asText()).contains(message == null ? "" : message);
    }

    @Test
    void validate_tooLong_is413() {
        HttpResponse<String> response = worker.post("/validate", "{\"equation\":\"" + "a+".repeat(2001) + "a=b\"}");
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(Json.of(response).at("/error/code").asText()).isEqualTo("too_long");
    }

    @Test
    void validate_otherMediaType_is415() {
        assertThat(worker.post("/validate", "a=b", "Content-Type", "text/plain").statusCode())
                .isEqualTo(415);
    }

    @Test
    void validate_withoutAnyModel_isServed_butNotWhileDraining() {
        worker.state.set(new WorkerState(WorkerState.Phase.STARTING, "", Catalogue.empty()));
        assertThat(worker.post("/validate", "{\"equation\":\"a=a\"}").statusCode())
                .isEqualTo(200);
        worker.state.set(new WorkerState(WorkerState.Phase.DRAINING, "", Catalogue.empty()));
        assertThat(worker.post("/validate", "{\"equation\":\"a=a\"}").statusCode())
                .isEqualTo(503);
        assertThat(worker.post("/validate/batch", "{\"equations\":[\"a=a\"]}").statusCode())
                .isEqualTo(503);
    }

    @Test
    void batch_stringsAndObjects_answersAListInOrder() {
        HttpResponse<String> response = worker.post(
                "/validate/batch",
                "{\"equations\":[\"a = a\",\"a = (\",{\"equation\":\"x = y\",\"mode\":\"syntax\"}],\"mode\":\"identity\"}");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode list = Json.of(response);
        assertThat(list).hasSize(3);
        assertThat(list.at("/0/verdict").asText()).isEqualTo("identity_proved");
        assertThat(list.at("/1/error/position").asInt()).isEqualTo(5);
        assertThat(list.at("/2/verdict").asText()).isEqualTo("well_formed");
    }

    @Test
    void batch_manyAsLines_streamsThemInOrder() {
        int count = 10_000;
        StringBuilder body = new StringBuilder("{\"mode\":\"syntax\",\"equations\":[");
        for (int i = 0; i < count; i++) {
            body.append(i == 0 ? "" : ",").append("\"x = ").append(i).append('"');
        }
        HttpResponse<String> response = worker.post("/validate/batch", body + "]}", "Accept", "application/x-ndjson");
        assertThat(response.headers().firstValue("content-type")).contains("application/x-ndjson");
        String[] lines = response.body().split("\n", -1);
        assertThat(lines).hasSize(count + 1);
        for (int i = 0; i < count; i++) {
            assertThat(Json.of(lines[i]).at("/normalized").asText()).endsWith("= " + i);
        }
    }

    @Test
    void batch_clientThatLeaves_endsIt() {
        String body = "{\"equations\":[\"sin(x)^2+cos(x)^2=1\"" + ",\"sin(x)^2+cos(x)^2=1\"".repeat(9_999) + "]}";
        try (RawClient client = worker.raw()) {
            client.post("/validate/batch", body.getBytes(StandardCharsets.UTF_8));
            assertThat(client.head()).startsWith("HTTP/1.1 200 ").contains("transfer-encoding: chunked");
        }
        worker.awaitIdle();
    }

    @Test
    void batch_deadlinePasses_saysSoForWhatIsLeft() {
        String body = "{\"equations\":[\"sin(x)^2+cos(x)^2=1\"" + ",\"sin(x)^2+cos(x)^2=1\"".repeat(9_999) + "]}";
        JsonNode list = Json.of(worker.post("/validate/batch", body, "X-Request-Timeout-Ms", "60"));
        assertThat(list).hasSize(10_000);
        assertThat(list.at("/9999/error/code").asText()).isEqualTo("deadline_exceeded");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}|400|`equations` is needed",
                "{\"equations\":[]}|400|`equations` cannot be empty",
                "{\"equations\":\"a=b\"}|400|`equations` must be a list of strings or objects",
                "{\"equations\":[\"a=b\",3]}|400|`equations[1]` must be a string or an object, was the number 3",
                "{\"equations\":[{\"mode\":\"auto\"}]}|400|`equations[0].equation` is needed",
                "{\"equations\":[{\"equation\":\"a=b\",\"x\":1}]}|400|`equations[0].x` is not known",
                "{\"equations\":[\"a=b\"],\"equation\":\"a=b\"}|400|`equation` is not known; here are equations, mode"
            })
    void batch_badInput_isNamed(String body, int status, String message) {
        HttpResponse<String> response = worker.post("/validate/batch", body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(Json.of(response).at("/error/message").asText()).contains(message);
    }

    @Test
    void batch_moreThanTenThousand_is413() {
        HttpResponse<String> response =
                worker.post("/validate/batch", "{\"equations\":[\"a=b\"" + ",\"a=b\"".repeat(10_000) + "]}");
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(Json.of(response).at("/error/message").asText()).contains("more than 10000 entries");
    }
}
