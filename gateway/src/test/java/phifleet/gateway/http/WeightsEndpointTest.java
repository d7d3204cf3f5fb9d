package phifleet.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.common.WorkerCard.HeldModel;

/** Names that stand for shares of several models. */
@Timeout(60)
class WeightsEndpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] ADMIN = {"Authorization", "Bearer " + GatewayFixture.ADMIN_KEY};
    private static final String WEIGHTS = "/fleet/models/m/weights";

    private final GatewayFixture fixture = new GatewayFixture(1);
    private final FakeWorker worker = fixture.workers.getFirst();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    WeightsEndpointTest() {
        worker.asked = asked;
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static HttpResponse<String> send(GatewayFixture at, String method, String path, String body)
            throws Exception {
        return at.client.send(
                at.request(path)
                        .headers(ADMIN)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode set(String body) throws Exception {
        HttpResponse<String> answer = send(fixture, "PUT", WEIGHTS, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        asked.clear();
        return JSON.readTree(answer.body());
    }

    private long askedFor(String text) {
        return asked.stream().filter(request -> request.contains(text)).count();
    }

    @Test
    void shares_areKept_whereverTheNameStands() throws Exception {
        JsonNode view = set("{\"models\":{\"a\":75,\"b/c\":25}}");
        assertThat(view.at("/models/0/share").asDouble()).isEqualTo(0.75);
        for (int i = 0; i < 400; i++) {
            assertThat(fixture.post("/predict/m?x=1", "{}").statusCode()).isEqualTo(200);
        }
        assertThat(askedFor("/predict/a?x=1 ") + askedFor("/predict/b%2Fc?x=1 "))
                .isEqualTo(400);
        assertThat(askedFor("/predict/a?x=1 ")).isBetween(250L, 350L);
        asked.clear();
        for (int i = 0; i < 60; i++) {
            fixture.post("/x", "{}", "X-Model", "m");
            fixture.post(
                    "/embed",
                    "{\"ä\":\"\\\"model\\\"\",\"model\" : \"m\",\"texts\":[\"m\"]}",
                    "Content-Type",
                    "application/json");
        }
        assertThat(askedFor("/x a {}")).isBetween(20L, 59L);
        assertThat(askedFor("/x b/c {}")).isBetween(1L, 40L);
        String before = "{\"ä\":\"\\\"model\\\"\",\"model\" : ";
        assertThat(askedFor(before + "\"a\",\"texts\":[\"m\"]}")).isBetween(20L, 59L);
        assertThat(askedFor(before + "\"b/c\",\"texts\":[\"m\"]}")).isBetween(1L, 40L);
        asked.clear();
        fixture.post("/predict/other", "{}");
        fixture.post("/workers/" + worker.id + "/predict/m", "{}");
        assertThat(askedFor("/predict/other ")).isEqualTo(1);
        assertThat(askedFor("/predict/m "))
                .as("who names a worker names a model")
                .isEqualTo(1);
    }

    @Test
    void sticky_getsTheSameEachTime() throws Exception {
        set("{\"models\":{\"a\":50,\"b\":50}}");
        Set<String> seen = new HashSet<>();
        for (int user = 0; user < 20; user++) {
            asked.clear();
            for (int i = 0; i < 5; i++) {
                fixture.post("/predict/m", "{}", "X-Sticky", "user-" + user);
            }
            assertThat(asked.stream().distinct()).hasSize(1);
            seen.add(asked.element());
        }
        assertThat(seen).as("both have their users").hasSize(2);
    }

    @Test
    void show_hasRequestsErrorsAndLatencies_ofEach() throws Exception {
        set("{\"models\":{\"a\":1,\"b\":0}}");
        for (int i = 0; i < 5; i++) {
            fixture.post("/predict/m?delay=20", "{}");
        }
        assertThat(fixture.post("/predict/m?status=500", "{}").statusCode()).isEqualTo(500);
        JsonNode shown = JSON.readTree(send(fixture, "GET", WEIGHTS, "").body());
        assertThat(shown.at("/models/0/model").asText()).isEqualTo("a");
        assertThat(shown.at("/models/0/requests").asInt()).isEqualTo(6);
        assertThat(shown.at("/models/0/errors").asInt()).isEqualTo(1);
        assertThat(shown.at("/models/0/latency_ms/p50").asDouble()).isGreaterThan(15);
        assertThat(shown.at("/models/0/latency_ms/count").asInt()).isEqualTo(6);
        assertThat(shown.at("/models/1/requests").asInt()).isZero();
    }

    @Test
    void show_ofWhatTheGatewayItselfAnswers_countsItOnce() throws Exception {
        set("{\"models\":{\"a\":1}}");
        assertThat(fixture.post("/predict/m?delay=2000", "{}", "X-Request-Timeout-Ms", "50")
                        .statusCode())
                .isEqualTo(504);
        JsonNode shown = JSON.readTree(send(fixture, "GET", WEIGHTS, "").body());
        assertThat(shown.at("/models/0/requests").asInt()).isEqualTo(1);
        assertThat(shown.at("/models/0/errors").asInt()).isEqualTo(1);
    }

    @Test
    void shares_reachOtherGateways_andLateWorkers_untilTheyEnd() throws Exception {
        set("{\"models\":{\"a\":1}}");
        FakeWorker late = fixture.another();
        GatewayFixture.await(() -> late.changes.equals(worker.changes));
        try (GatewayFixture other = new GatewayFixture(0)) {
            other.announce(worker);
            GatewayFixture.await(() -> status(other, "GET") == 200);
            assertThat(other.post("/predict/m", "{}").statusCode()).isEqualTo(200);
            assertThat(askedFor("/predict/a ")).isEqualTo(1);

            assertThat(status(other, "DELETE")).isEqualTo(204);
            assertThat(status(other, "GET")).isEqualTo(404);
            GatewayFixture.await(() -> status(fixture, "GET") == 404);
            asked.clear();
            assertThat(fixture.post("/predict/m", "{}").statusCode()).isEqualTo(200);
            assertThat(late.changes.size() + worker.changes.size()).isPositive();
            assertThat(askedFor("/predict/a ")).isZero();
        }
        assertThat(status(fixture, "DELETE")).as("there is nothing to end").isEqualTo(404);
    }

    private static int status(GatewayFixture at, String method) {
        try {
            return send(at, method, WEIGHTS, "").statusCode();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{'versions':{'1':-1}}; `versions.1` must be a number from 0 to 1000000, was -1.0",
                "{'versions':{'1':0}}; at least one version with a share above 0",
                "{'models':{'a':1},'versions':{'1':1}}; there must be `models` or `versions`, not both",
                "{'models':{'a':-1}}; `models.a` must be a number from 0 to 1000000, was -1.0",
                "{'models':{'a':'x'}}; `models.a` must be a finite number",
                "{'models':{'a':0}}; at least one model with a share above 0",
                "{}; at least one model with a share above 0",
                "{'model':{'a':1}}; `model` is no field of this request",
                "nothing; the body"
            })
    void set_wrongBody_isRefused(String body, String reason) throws Exception {
        HttpResponse<String> answer = send(fixture, "PUT", WEIGHTS, body.replace('\'', '"'));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).at("/error/message").asText()).contains(reason);
    }

    @Test
    void set_whatCannotBe_isRefused() throws Exception {
        assertThat(send(fixture, "PUT", WEIGHTS, " ".repeat(20_000)).statusCode())
                .isEqualTo(413);
        StringBuilder many = new StringBuilder("{\"models\":{\"m0\":1");
        for (int i = 1; i < 20; i++) {
            many.append(",\"m").append(i).append("\":1");
        }
        assertThat(send(fixture, "PUT", WEIGHTS, many.append("}}").toString()).body())
                .contains("at most 16 models");
        assertThat(fixture.post("/v2/repository/models/m/weights", "{}", ADMIN).statusCode())
                .as("not past what reads them")
                .isEqualTo(404);
        assertThat(fixture.get(WEIGHTS).statusCode()).isEqualTo(401);
        assertThat(fixture.post(WEIGHTS, "{}", ADMIN).statusCode()).isEqualTo(405);
        assertThat(send(fixture, "PUT", "/fleet/models//weights", "{}").statusCode())
                .isEqualTo(404);
        assertThat(send(fixture, "PUT", "/fleet/models/a%0Ab/weights", "{\"models\":{\"a\":1}}")
                        .statusCode())
                .as("a name of one line")
                .isEqualTo(404);
        assertThat(asked).isEmpty();

        fixture.directory.members(java.util.List.of(worker.card(new HeldModel("a", "detector"))));
        GatewayFixture.await(() -> fixture.directory.snapshot().knows("a") && fixture.ready() == 1);
        HttpResponse<String> unknown = send(fixture, "PUT", WEIGHTS, "{\"models\":{\"a\":1,\"b\":1}}");
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("`models.b` is a model that no worker of the fleet has");
    }
}
