package phifleet.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import phifleet.gateway.balance.DirectorySettings;

/** What the gateway says of itself and its workers. */
@Timeout(60)
class FleetViewTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads events until one of that name has data that fits; gives the data. */
    private static JsonNode await(BufferedReader events, String name, Predicate<JsonNode> wanted) throws Exception {
        String current = "";
        for (String line = events.readLine(); line != null; line = events.readLine()) {
            if (line.startsWith("event: ")) {
                current = line.substring("event: ".length());
            } else if (line.startsWith("data: ") && current.equals(name)) {
                JsonNode data = JSON.readTree(line.substring("data: ".length()));
                if (wanted.test(data)) {
                    return data;
                }
            }
        }
        throw new AssertionError("the stream ended before the event");
    }

    private static BufferedReader events(GatewayFixture fixture) throws Exception {
        HttpResponse<InputStream> stream = fixture.client.send(
                fixture.request("/fleet/events").build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(stream.headers().firstValue("Content-Type")).contains("text/event-stream");
        return new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8));
    }

    @Test
    void fleet_showsEachWorkerWithItsCounts() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(2)) {
            for (int i = 0; i < 10; i++) {
                fixture.get("/workers/w1/x");
            }

            JsonNode fleet = JSON.readTree(fixture.get("/fleet").body());

            assertThat(fleet.at("/gateway/id").asText()).isEqualTo("test-gateway");
            assertThat(fleet.at("/gateway/workers/ready").asInt()).isEqualTo(2);
            assertThat(fleet.at("/workers/0/id").asText()).isEqualTo("w0");
            assertThat(fleet.at("/workers/1/state").asText()).isEqualTo("ready");
            assertThat(fleet.at("/workers/1/served").asInt()).isEqualTo(10);
            assertThat(fleet.at("/workers/1/latency_ms/p50").asDouble()).isPositive();
            assertThat(fleet.at("/workers/1/queue/depth").asInt()).isEqualTo(3);
            assertThat(fleet.at("/workers/1/node").asText()).isEqualTo("machine-7");
        }
    }

    @Test
    void events_startWithASnapshotAndTellWhatHappens() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(2);
                BufferedReader events = events(fixture)) {
            assertThat(await(events, "snapshot", data -> true).at("/workers").size())
                    .isEqualTo(2);

            FakeWorker third = FakeWorker.start(fixture.vertx, "w2");
            fixture.announce(fixture.workers.get(0), fixture.workers.get(1), third);
            await(events, "worker", data -> isIn(data, "w2", "ready"));

            fixture.workers.get(0).kill();
            await(events, "worker", data -> isIn(data, "w0", "ejected"));

            fixture.announce(fixture.workers.get(1), third);
            await(events, "worker", data -> isIn(data, "w0", "gone"));
            await(events, "gateway", data -> data.at("/workers/ready").asInt() == 2);
        }
    }

    private static boolean isIn(JsonNode worker, String id, String state) {
        return worker.path("id").asText().equals(id)
                && worker.path("state").asText().equals(state);
    }

    @Test
    void targets_areWhatPrometheusAsksFor() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(1)) {
            JsonNode targets = JSON.readTree(fixture.get("/fleet/targets").body());

            assertThat(targets.at("/0/targets/0").asText())
                    .isEqualTo("127.0.0.1:" + fixture.workers.getFirst().port());
            assertThat(targets.at("/0/labels/worker").asText()).isEqualTo("w0");
        }
    }

    @Test
    void metrics_countRequestsRetriesAndStates() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(2)) {
            for (int i = 0; i < 10; i++) {
                fixture.get("/x?die=head&only=w0");
            }
            String metrics = fixture.get("/metrics").body();

            assertThat(metrics)
                    .contains("fleet_workers{state=\"ready\"}")
                    .contains("proxy_in_flight{worker=\"w1\"} 0.0")
                    .contains("proxy_retries_total{reason=\"cut_off\"}")
                    .doesNotContain("proxy_retries_total{reason=\"cut_off\"} 0.0")
                    .contains("proxy_latency_seconds_count 10")
                    .contains("proxy_retries_total{reason=\"connect\"} 0.0")
                    .contains("proxy_retries_denied_total 0.0");
        }
    }

    @Test
    void fleet_failedAnswersAndFailedAttempts_areTwoNumbers() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(2)) {
            int served = 0;
            for (int i = 0; i < 10; i++) {
                served += fixture.get("/x?die=head&only=w0").statusCode() == 200 ? 1 : 0;
            }
            JsonNode gateway = JSON.readTree(fixture.get("/fleet").body()).at("/gateway");

            assertThat(served).isEqualTo(10);
            assertThat(gateway.at("/failed_attempts").asInt()).isPositive();
            assertThat(gateway.at("/failed").asInt()).isZero();
            assertThat(fixture.get("/metrics").body())
                    .contains("proxy_answers_failed_total 0.0")
                    .contains("proxy_served_total{worker=\"w1\"}")
                    .contains("# TYPE proxy_served_total counter")
                    .contains("# TYPE proxy_failed_total counter");
        }
        try (GatewayFixture fixture = new GatewayFixture(0)) {
            fixture.get("/x");

            assertThat(JSON.readTree(fixture.get("/fleet").body())
                            .at("/gateway/failed")
                            .asInt())
                    .isEqualTo(1);
        }
    }

    @Test
    void metrics_countWhatTheGatewayRefusedByItself() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(0)) {
            fixture.get("/x");
            fixture.get("/workers/nobody/x");

            assertThat(fixture.get("/metrics").body())
                    .contains("proxy_refused_total{reason=\"no_worker\"} 1.0")
                    .contains("proxy_refused_total{reason=\"unknown_worker\"} 1.0");
        }
    }

    @Test
    void health_followsTheWorkers_andLiveDoesNot() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(1)) {
            assertThat(fixture.get("/health").statusCode()).isEqualTo(200);
            assertThat(JSON.readTree(fixture.get("/health").body())
                            .at("/workers")
                            .asInt())
                    .isEqualTo(1);

            fixture.workers.getFirst().kill();
            GatewayFixture.await(() -> fixture.ready() == 0);

            assertThat(fixture.get("/health").statusCode()).isEqualTo(503);
            assertThat(fixture.get("/health/ready").statusCode()).isEqualTo(503);
            assertThat(fixture.get("/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void apiKey_isAskedForEverywhereButHealth() throws Exception {
        try (GatewayFixture fixture =
                new GatewayFixture(1, GatewayFixture.PROXY, "secret", DirectorySettings.DEFAULT)) {
            assertThat(fixture.get("/fleet").statusCode()).isEqualTo(401);
            assertThat(fixture.get("/fleet").headers().firstValue("WWW-Authenticate"))
                    .contains("Bearer realm=\"phi-fleet\"");
            assertThat(fixture.get("/workers/w0/x").statusCode()).isEqualTo(401);
            assertThat(fixture.get("/health").statusCode()).isEqualTo(200);
            HttpResponse<String> allowed = fixture.client.send(
                    fixture.request("/fleet")
                            .header("Authorization", "Bearer secret")
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(allowed.statusCode()).isEqualTo(200);
        }
    }

    @Test
    void fleet_otherMethods_areRefused() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(0)) {
            HttpResponse<String> answer = fixture.post("/fleet", "");

            assertThat(answer.statusCode()).isEqualTo(405);
            assertThat(answer.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
        }
    }
}
