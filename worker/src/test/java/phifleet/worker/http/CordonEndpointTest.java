package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import phifleet.http.Json;

/** What a worker does when an operator keeps new requests from it. */
class CordonEndpointTest {
    private static final String[] ADMIN = {"Authorization", "Bearer a"};

    private static JsonNode told(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.of(answer);
    }

    @Test
    void cordon_isToldByInfo_untilItIsResumed() throws Exception {
        try (TestWorker worker = new TestWorker("{admin-key: a}")) {
            assertThat(told(worker.get("/fleet/cordon", ADMIN)).path("state").asText())
                    .isEqualTo("open");
            assertThat(Json.of(worker.get("/info")).has("cordon")).isFalse();

            JsonNode cordoned = told(worker.post("/fleet/cordon", "", ADMIN));
            assertThat(cordoned.path("state").asText()).isEqualTo("cordoned");
            assertThat(cordoned.path("changed").asBoolean()).isTrue();
            assertThat(cordoned.path("in_hand").asInt()).isZero();
            assertThat(told(worker.post("/fleet/cordon", "", ADMIN))
                            .path("changed")
                            .asBoolean())
                    .isFalse();
            JsonNode info = Json.of(worker.get("/info"));
            assertThat(info.path("cordon").asText()).isEqualTo("cordoned");
            assertThat(info.path("status").asText()).isEqualTo("ready");
            assertThat(worker.post("/embed", "{\"texts\":[\"a\"]}").statusCode())
                    .as("what comes all the same is served")
                    .isEqualTo(200);

            JsonNode drained = told(worker.post("/fleet/cordon?drain=true", "", ADMIN));
            assertThat(drained.path("state").asText()).isEqualTo("drained");
            assertThat(told(worker.post("/fleet/cordon", "", ADMIN))
                            .path("state")
                            .asText())
                    .as("it drains on")
                    .isEqualTo("drained");

            JsonNode open = told(
                    worker.send(worker.request("/fleet/cordon", ADMIN).DELETE().build()));
            assertThat(open.path("state").asText()).isEqualTo("open");
            assertThat(open.path("changed").asBoolean()).isTrue();
            assertThat(Json.of(worker.get("/info")).has("cordon")).isFalse();
        }
    }

    @Test
    void cordon_withoutTheKey_isRefused_andWithoutAnyIsNotThere() {
        try (TestWorker worker = new TestWorker("{admin-key: a}")) {
            assertThat(worker.post("/fleet/cordon", "").statusCode()).isEqualTo(401);
            assertThat(worker.get("/fleet/cordon", "Authorization", "Bearer b").statusCode())
                    .isEqualTo(401);
            assertThat(worker.post("/fleet/cordon?drain=maybe", "", ADMIN).statusCode())
                    .isEqualTo(400);
        }
        try (TestWorker worker = new TestWorker("")) {
            assertThat(worker.post("/fleet/cordon", "", ADMIN).statusCode()).isEqualTo(404);
        }
    }
}
