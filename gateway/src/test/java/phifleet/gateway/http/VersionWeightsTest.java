package phifleet.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Shares of two versions of one model, each held by a worker of its own. */
@Timeout(60)
class VersionWeightsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WEIGHTS = "/fleet/models/m/weights";
    private static final String JSON_TYPE = "Content-Type";

    private final GatewayFixture fixture = new GatewayFixture(2);
    private final FakeWorker first = fixture.workers.getFirst();
    private final FakeWorker second = fixture.workers.getLast();

    @BeforeEach
    void hold() throws Exception {
        first.models = held("1");
        second.models = held("2");
        GatewayFixture.await(() -> fixture.directory.snapshot().eligible().stream()
                        .filter(worker -> worker.versionOf("m") != null)
                        .count()
                == 2);
    }

    private static String held(String version) {
        return "[{\"name\":\"m\",\"kind\":\"detector\",\"version\":\"" + version + "\",\"aliases\":[\"mm\"]}]";
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private HttpResponse<String> send(String method, String body) throws Exception {
        return fixture.client.send(
                fixture.request(WEIGHTS)
                        .header("Authorization", "Bearer " + GatewayFixture.ADMIN_KEY)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode shown() throws Exception {
        return JSON.readTree(send("GET", "").body());
    }

    private void set(String body) throws Exception {
        HttpResponse<String> answer = send("PUT", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        first.seen.set(0);
        second.seen.set(0);
    }

    @Test
    void shares_goToTheWorkersThatHoldTheVersions_asTheyWereSent() throws Exception {
        set("{\"versions\":{\"1\":90,\"2\":10}}");
        for (int i = 0; i < 300; i++) {
            assertThat(fixture.post("/predict/m", "{}").statusCode()).isEqualTo(200);
        }
        assertThat(second.seen.get()).isBetween(8, 70);
        assertThat(first.seen.get()).isEqualTo(300 - second.seen.get());
        int before = second.seen.get();
        set("{\"versions\":{\"1\":0,\"2\":1}}");
        String body = "{\"model\":\"m\",\"texts\":[\"a\"]}";
        HttpResponse<String> answer = fixture.post("/embed", body, JSON_TYPE, "application/json");
        assertThat(answer.body()).isEqualTo(FakeWorker.answer(body.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        fixture.post("/x", "{}", "X-Model", "m");
        assertThat(second.seen).hasValue(2);
        assertThat(first.seen).hasValue(0);
        assertThat(before).isPositive();
    }

    @Test
    void show_hasEachVersionsRequestsErrorsLatenciesAndWorkers() throws Exception {
        set("{\"versions\":{\"1\":1,\"2\":1}}");
        for (int i = 0; i < 40; i++) {
            // Not so many in a row that the worker is passed over.
            int status = i % 4 == 0 ? 500 : 200;
            fixture.post("/predict/m?status=" + status + "&only=" + second.id, "{}", "X-Sticky", "user-" + i);
        }
        JsonNode versions = shown().path("versions");
        assertThat(versions.findValuesAsText("version")).containsExactly("1", "2");
        assertThat(versions.findValuesAsText("workers")).containsExactly("1", "1");
        assertThat(versions.at("/0/share").asDouble()).isEqualTo(0.5);
        assertThat(versions.at("/0/errors").asInt()).isZero();
        assertThat(versions.at("/0/requests").asInt())
                .isEqualTo(first.seen.get())
                .isPositive();
        assertThat(versions.at("/1/requests").asInt())
                .isEqualTo(second.seen.get())
                .isPositive();
        assertThat(versions.at("/1/errors").asInt()).isBetween(1, second.seen.get() - 1);
        assertThat(versions.at("/1/latency_ms/count").asInt()).isEqualTo(second.seen.get());
    }

    @Test
    void fleet_namesWhatHasShares_untilTheyEnd() throws Exception {
        JsonNode before = JSON.readTree(fixture.get("/fleet").body()).at("/gateway/weights");
        assertThat(before.isArray()).isTrue();
        assertThat(before).isEmpty();
        set("{\"versions\":{\"1\":9,\"2\":1}}");
        assertThat(JSON.readTree(fixture.get("/fleet").body())
                        .at("/gateway/weights/0")
                        .asText())
                .isEqualTo("m");
        assertThat(send("DELETE", "").statusCode()).isEqualTo(204);
        assertThat(JSON.readTree(fixture.get("/fleet").body()).at("/gateway/weights"))
                .isEmpty();
    }

    @Test
    void history_hasEachVersion() throws Exception {
        set("{\"versions\":{\"1\":0,\"2\":1}}");
        fixture.post("/predict/m?status=500", "{}");
        GatewayFixture.await(() -> errors("m@2").contains("\"m@2\""));
        assertThat(errors("m@1")).doesNotContain("\"m@1\"");
    }

    private String errors(String model) {
        try {
            return fixture.get("/fleet/history?metric=errors_per_second&model=" + model)
                    .body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void sticky_getsTheSameVersionEachTime() throws Exception {
        set("{\"versions\":{\"1\":1,\"2\":1}}");
        for (int i = 0; i < 20; i++) {
            fixture.post("/predict/m", "{}", "X-Sticky", "somebody");
        }
        assertThat(first.seen.get() * second.seen.get()).isZero();
    }

    @Test
    void versionThatNobodyHoldsAnyMore_isAnsweredByAnother_andCountedAsThat() throws Exception {
        set("{\"versions\":{\"1\":0,\"2\":1}}");
        second.models = held("1");
        GatewayFixture.await(() ->
                fixture.directory.snapshot().eligible().stream().allMatch(worker -> "1".equals(worker.versionOf("m"))));
        for (int i = 0; i < 5; i++) {
            assertThat(fixture.post("/predict/m", "{}").statusCode()).isEqualTo(200);
        }
        assertThat(shown().at("/versions/0/requests").asInt()).isEqualTo(5);
        assertThat(shown().at("/versions/1/requests").asInt()).isZero();
        assertThat(shown().at("/versions/1/workers").asInt()).isZero();
    }

    @Test
    void pathThatNamesAVersion_goesToWhoHoldsIt_whateverTheShares() throws Exception {
        set("{\"versions\":{\"1\":1,\"2\":0}}");
        for (int i = 0; i < 10; i++) {
            assertThat(fixture.post("/v2/models/m/versions/2/infer", "{}").statusCode())
                    .isEqualTo(200);
        }
        assertThat(second.seen).hasValue(10);
        assertThat(shown().at("/versions/0/requests").asInt()).isZero();
    }

    @Test
    void set_ofAVersionThatNobodyHolds_isRefused() throws Exception {
        String body = "{\"versions\":{\"1\":1,\"3\":1}}";
        HttpResponse<String> answer = send("PUT", body);
        // While a worker is not heard of nobody can say what it holds, and shares are taken as they are.
        for (int i = 0; i < 50 && answer.statusCode() == 200; i++) {
            Thread.sleep(100);
            answer = send("PUT", body);
        }
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("`versions.3` is a version of m that no worker of the fleet holds");
    }
}
