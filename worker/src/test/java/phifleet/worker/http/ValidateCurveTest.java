package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.http.Json;

class ValidateCurveTest {
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
    void curve_ofOneFreeSymbol_hasBothSidesWithNullsForGaps() {
        HttpResponse<String> response =
                worker.post("/validate/curve", "{\"equation\":\"1/x = x\",\"from\":-2,\"to\":2,\"points\":101}");
        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode curve = Json.of(response);
        assertThat(curve.at("/variable").asText()).isEqualTo("x");
        assertThat(curve.at("/from").asDouble()).isEqualTo(-2);
        assertThat(curve.at("/left/0").asDouble()).isEqualTo(-0.5);
        assertThat(curve.at("/right/0").asDouble()).isEqualTo(-2);
        assertThat(curve.at("/left")).anyMatch(JsonNode::isNull);
        assertThat(curve.at("/right")).noneMatch(JsonNode::isNull);
        assertThat(curve.at("/x").size()).isEqualTo(curve.at("/left").size()).isGreaterThan(100);
    }

    @Test
    void curve_ofSeveralFreeSymbols_saysWhyThereIsNone() {
        JsonNode none = Json.of(worker.post("/validate/curve", "{\"equation\":\"E = m c^2\"}"));
        assertThat(none.at("/variable").isNull()).isTrue();
        assertThat(none.at("/reason").asText()).isEqualTo("3 symbols are free, and a picture is of one.");
        assertThat(none.at("/x").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | `equation` is needed | equation",
                "{\"equation\":\"x = 1\",\"points\":2001} | from 2 to 2000 | points",
                "{\"equation\":\"x = 1\",\"points\":1} | from 2 to 2000 | points",
                "{\"equation\":\"x = 1\",\"from\":3,\"to\":2} | it lies behind `from` | to",
                "{\"equation\":\"x = 1\",\"to\":1e300} | it is at most 1e100 from 0 | to",
                "{\"equation\":\"x = 1\",\"from\":\"a\"} | a finite number | from",
                "{\"equation\":\"x = 1\",\"colour\":1} | is not known | colour",
                "{\"equation\":\"x = )\"} | closes nothing | equation"
            })
    void curve_wrongRequest_is400WithTheField(String body, String message, String field) {
        HttpResponse<String> response = worker.post("/validate/curve", body);
        assertThat(response.statusCode()).isEqualTo(400);
        JsonNode error = Json.of(response).at("/error");
        assertThat(error.at("/message").asText()).containsIgnoringCase(message);
        assertThat(error.at("/field").asText()).isEqualTo(field);
    }
}
