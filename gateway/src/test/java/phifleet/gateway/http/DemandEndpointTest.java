package phifleet.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import phifleet.gateway.balance.DirectorySettings;
import phifleet.gateway.demand.DemandSettings;

class DemandEndpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode demand(GatewayFixture fleet) {
        try {
            HttpResponse<String> answer = fleet.get("/fleet/demand");
            assertThat(answer.statusCode()).isEqualTo(200);
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(GatewayFixture fleet, Predicate<JsonNode> condition) {
        GatewayFixture.await(() -> condition.test(demand(fleet)));
    }

    @Test
    void demand_ofAnsweredRequests_isWhatTheirAnswersSayTheyTook() throws Exception {
        try (GatewayFixture fleet = new GatewayFixture(1)) {
            for (int i = 0; i < 40; i++) {
                HttpResponse<String> answer = fleet.post("/embed?device=400.5", "{}", "X-Priority", "batch");
                assertThat(answer.headers().firstValue("X-Device-Ms")).contains("400.5");
            }

            await(fleet, now -> now.path("wanted_workers").asInt() > 1);
            JsonNode now = demand(fleet);
            JsonNode kind = now.path("models").path(0);
            assertThat(kind.path("model").asText()).isEqualTo("(sentence-encoder)");
            assertThat(kind.path("priority").asText()).isEqualTo("batch");
            assertThat(kind.path("device_ms").asDouble()).isEqualTo(400.5);
            assertThat(now.path("reason").asText()).contains("device-seconds are asked a second");
            assertThat(fleet.get("/metrics").body())
                    .contains("fleet_wanted_workers ")
                    .contains("fleet_demand_device_seconds{model=\"(sentence-encoder)\",priority=\"batch\"}");
        }
    }

    @Test
    void demand_requestWithoutAWorker_waitsAndIsSeen() throws Exception {
        try (GatewayFixture fleet = new GatewayFixture(
                0, GatewayFixture.waiting(Duration.ofSeconds(10)), null, DirectorySettings.DEFAULT)) {
            CompletableFuture<HttpResponse<String>> waiting = fleet.client.sendAsync(
                    fleet.request("/embed")
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            await(fleet, now -> now.path("waiting").asInt() == 1);
            assertThat(fleet.get("/metrics").body()).contains("proxy_waiting 1");
            assertThat(JSON.readTree(fleet.get("/fleet").body())
                            .path("gateway")
                            .path("waiting")
                            .asInt())
                    .isOne();
            fleet.another();
            assertThat(waiting.get().statusCode()).isEqualTo(200);
            await(
                    fleet,
                    now -> now.path("waiting").asInt() == 0
                            && now.path("models").path(0).path("in_hand").asInt() == 0);
        }
    }

    @Test
    void demand_refusedRequest_countsAsOneLikeIt() throws Exception {
        try (GatewayFixture fleet = new GatewayFixture(1)) {
            fleet.post("/embed?device=100", "{}");
            for (int i = 0; i < 20; i++) {
                assertThat(fleet.post("/embed?status=429", "{}").statusCode()).isEqualTo(429);
            }

            // 21 within ten seconds at 0.1 each.
            await(fleet, now -> now.path("terms").path("demand_device_seconds").asDouble() > 0.19);
            assertThat(demand(fleet).path("models").path(0).path("device_ms").asDouble())
                    .isEqualTo(100);
        }
    }

    @Test
    void demand_modelThatNobodyHolds_isCountedUnderNoNameOfItsOwn() throws Exception {
        try (GatewayFixture fleet = new GatewayFixture(1)) {
            fleet.post("/embed", "{\"model\":\"made-up\"}", "Content-Type", "application/json");

            await(fleet, now -> now.path("models").size() == 1);
            assertThat(demand(fleet).path("models").path(0).path("model").asText())
                    .isEqualTo("(unknown)");
        }
    }

    private static HttpResponse<String> tell(GatewayFixture fleet, String replicas, String... headers)
            throws Exception {
        HttpRequest.Builder request = fleet.request("/fleet/demand").header("X-Fleet-Replicas", replicas);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return fleet.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void demand_scalerSaysWhatTheServiceHasToHave_soManyAreExpected() throws Exception {
        try (GatewayFixture fleet = new GatewayFixture(1)) {
            JsonNode before = JSON.readTree(fleet.get("/fleet").body()).path("gateway");
            assertThat(before.path("expected_workers").asInt()).isOne();
            assertThat(before.has("service_replicas")).isFalse();

            assertThat(tell(fleet, "3").statusCode()).isEqualTo(200);

            JsonNode gateway = JSON.readTree(fleet.get("/fleet").body()).path("gateway");
            assertThat(gateway.path("expected_workers").asInt()).isEqualTo(3);
            assertThat(gateway.path("service_replicas").asInt()).isEqualTo(3);
            assertThat(fleet.get("/metrics").body()).contains("fleet_workers_expected 3");
        }
    }

    @Test
    void demand_whatIsNoNumberOfReplicas_isRefusedByItsBound() throws Exception {
        try (GatewayFixture fleet = new GatewayFixture(0)) {
            for (String wrong : List.of("-1", "many", "100001", "9999999999", "3, 4", "")) {
                HttpResponse<String> answer = tell(fleet, wrong);
                assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
                assertThat(answer.body()).contains("X-Fleet-Replicas", "from 0 to 100000, was '" + wrong + "'");
            }
            assertThat(fleet.directory.serviceReplicas()).isEmpty();
            assertThat(tell(fleet, "0").statusCode()).isEqualTo(200);
            assertThat(fleet.directory.serviceReplicas()).hasValue(0);
        }
    }

    @Test
    void demand_withoutTheKey_nobodyIsHeard() throws Exception {
        try (GatewayFixture fleet = new GatewayFixture(0, GatewayFixture.PROXY, "k", DirectorySettings.DEFAULT)) {
            assertThat(tell(fleet, "3").statusCode()).isEqualTo(401);
            assertThat(fleet.directory.serviceReplicas()).isEmpty();
            assertThat(tell(fleet, "3", "Authorization", "Bearer k").statusCode())
                    .isEqualTo(200);
            assertThat(fleet.directory.serviceReplicas()).hasValue(3);
        }
    }

    @Test
    void health_ofAFleetThatSleeps_isWellAndARequestWakesIt() throws Exception {
        DemandSettings sleepy = new DemandSettings(
                0, 4, 0.7, Duration.ofSeconds(10), Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(20));
        try (GatewayFixture fleet =
                new GatewayFixture(0, GatewayFixture.PROXY, null, DirectorySettings.DEFAULT, sleepy)) {
            assertThat(fleet.get("/health").statusCode()).isEqualTo(503);
            await(fleet, now -> now.path("wanted_workers").asInt() == 0);
            assertThat(fleet.get("/health").statusCode()).isEqualTo(200);
            assertThat(fleet.get("/health").body()).contains("\"asleep\"");

            CompletableFuture<HttpResponse<String>> first = fleet.client.sendAsync(
                    fleet.request("/embed")
                            .POST(HttpRequest.BodyPublishers.ofString("{}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            await(fleet, now -> now.path("wanted_workers").asInt() == 1);
            assertThat(fleet.get("/health").body()).contains("\"waking\"");
            // Longer than a request waits for a worker of a fleet that is awake.
            Thread.sleep(GatewayFixture.PROXY.waitForWorker().plusMillis(400));
            assertThat(first).isNotDone();
            fleet.another();
            assertThat(first.get().statusCode()).isEqualTo(200);
            assertThat(fleet.get("/health").body()).contains("\"ok\"");
        }
    }
}
