package phifleet.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import phifleet.gateway.balance.DirectorySettings;

/** What the gateway remembers, by its routes. */
@Timeout(60)
class HistoryEndpointTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonNode get(GatewayFixture fixture, String path) {
        try {
            return JSON.readTree(fixture.get(path).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static double greatest(JsonNode series) {
        return StreamSupport.stream(series.path("values").spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .max()
                .orElse(-1);
    }

    @Test
    void history_ofWorkersModelsAndTheFleet_hasWhatTheyDid() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(2)) {
            String model = "{\"name\":\"minilm\",\"aliases\":[\"small\"],\"kind\":\"sentence-encoder\"}";
            fixture.workers.forEach(worker -> worker.models = "[" + model + "]");
            GatewayFixture.await(() -> fixture.directory.snapshot().knows("small"));
            GatewayFixture.await(() -> !get(fixture, "/fleet/history?metric=in_flight&worker=w1")
                    .at("/series/0/values")
                    .isMissingNode());
            for (int i = 0; i < 10; i++) {
                fixture.post("/embed", "{\"model\":\"small\"}", "Content-Type", "application/json");
            }
            fixture.post("/embed?status=500", "{\"model\":\"small\"}", "Content-Type", "application/json");

            GatewayFixture.await(() -> greatest(get(fixture, "/fleet/history?metric=requests_per_second&model=minilm")
                            .at("/series/0"))
                    > 0);
            GatewayFixture.await(
                    () -> greatest(get(fixture, "/fleet/history?metric=requests_per_second&from=-60&step=10")
                                    .at("/series/0"))
                            > 0);
            JsonNode byWorker = get(fixture, "/fleet/history?metric=queue_depth&by=worker");
            JsonNode errors = get(fixture, "/fleet/history?metric=errors_per_second&model=minilm");

            assertThat(byWorker.path("unit").asText()).isEqualTo("inputs");
            assertThat(byWorker.path("series")).hasSize(2);
            assertThat(byWorker.at("/series/1/worker").asText()).isEqualTo("w1");
            assertThat(greatest(byWorker.at("/series/1"))).isEqualTo(3, within(0.01));
            assertThat(greatest(errors.at("/series/0"))).isPositive();
            assertThat(get(fixture, "/fleet/history?metric=p99_ms&worker=nobody")
                            .path("series"))
                    .isEmpty();
        }
    }

    /** By all names of a model, and beside what the workers that are ready give. */
    @Test
    void history_ofTheDemand_isTheFleetsAndEachModels() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(2)) {
            String model = "{\"name\":\"minilm\",\"aliases\":[\"small\"],\"kind\":\"sentence-encoder\"}";
            fixture.workers.forEach(worker -> worker.models = "[" + model + "]");
            GatewayFixture.await(() -> fixture.directory.snapshot().knows("small"));
            for (int i = 0; i < 20; i++) {
                fixture.post(
                        "/embed?device=500",
                        i % 2 == 0 ? "{\"model\":\"small\"}" : "{\"model\":\"minilm\"}",
                        "Content-Type",
                        "application/json",
                        "X-Priority",
                        i % 4 < 2 ? "batch" : "interactive");
            }

            // Twenty of half a second each within ten seconds.
            String asked = "/fleet/history?metric=demand_device_seconds";
            GatewayFixture.await(
                    () -> greatest(get(fixture, asked + "&model=minilm").at("/series/0")) > 0.9);
            JsonNode byModel = get(fixture, asked + "&by=model");
            assertThat(byModel.path("unit").asText()).isEqualTo("device-seconds/s");
            assertThat(byModel.path("series"))
                    .extracting(series -> series.path("model").asText())
                    .contains("minilm")
                    .doesNotContain("small");
            assertThat(greatest(get(fixture, asked).at("/series/0"))).isGreaterThan(0.9);
            assertThat(greatest(get(fixture, "/fleet/history?metric=supply_device_seconds")
                            .at("/series/0")))
                    .isEqualTo(2, within(0.01));
        }
    }

    @Test
    void history_mistakes_areRefusedByFieldAndBound() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(0)) {
            assertThat(fixture.get("/fleet/history?metric=x").statusCode()).isEqualTo(400);
            assertThat(status(fixture, "/fleet/history?metric=%zz")).isEqualTo(400);
            assertThat(status(fixture, "/fleet/history?metric=p99_ms&worker=%ff%00"))
                    .isEqualTo(200);
            assertThat(get(fixture, "/fleet/history?metric=p99_ms&step=3")
                            .at("/error/field")
                            .asText())
                    .isEqualTo("step");
            JsonNode events = get(fixture, "/fleet/history/events?limit=1001");
            assertThat(events.at("/error/field").asText()).isEqualTo("limit");
            assertThat(events.at("/error/message").asText()).contains("from 1 to 1000");
            assertThat(get(fixture, "/fleet/history/events?after=x")
                            .at("/error/field")
                            .asText())
                    .isEqualTo("after");
        }
    }

    @Test
    void events_areWhatHappenedToWorkersRequestsAndModels() {
        try (GatewayFixture fixture = new GatewayFixture(2)) {
            FakeWorker first = fixture.workers.get(0);
            FakeWorker second = fixture.workers.get(1);
            first.models = "[{\"name\":\"minilm\",\"version\":\"1\",\"kind\":\"sentence-encoder\"}]";
            GatewayFixture.await(() -> fixture.directory.snapshot().knows("minilm"));
            awaitEvent(fixture, "ready");
            // The first word of a worker is no change, so that the next must not come in the same second.
            GatewayFixture.await(() -> get(fixture, "/fleet")
                    .at("/workers/0/models/0/version")
                    .asText()
                    .equals("1"));
            pause(1_100);
            first.models = "[{\"name\":\"minilm\",\"version\":\"2\",\"kind\":\"sentence-encoder\"}]";
            awaitEvent(fixture, "model_swapped");

            second.kill();
            fixture.announce(first);
            awaitEvent(fixture, "died");

            JsonNode events = get(fixture, "/fleet/history/events").path("events");
            assertThat(events)
                    .extracting(event -> event.path("kind").asText() + " "
                            + event.path("worker").asText(""))
                    .contains("joined w0", "ready w1", "model_swapped w0", "died w1");
            assertThat(events)
                    .extracting(event -> event.path("text").asText())
                    .contains("w0 has swapped minilm from 1 to 2.", "w1 is gone, and did not leave the fleet first.");
            assertThat(get(fixture, "/fleet/history/events?limit=1").path("events"))
                    .hasSize(1);
        }
    }

    @Test
    void events_workerThatSaysGoodbye_left() {
        try (GatewayFixture fixture = new GatewayFixture(2)) {
            FakeWorker second = fixture.workers.get(1);
            second.status = "draining";
            fixture.announce(fixture.workers.get(0));
            awaitEvent(fixture, "draining");
            pause(1_200);
            second.kill();
            awaitEvent(fixture, "left");
        }
    }

    @Test
    void events_requestsThatMoved_areOneEvent() throws Exception {
        try (GatewayFixture fixture = new GatewayFixture(2)) {
            for (int i = 0; i < 10; i++) {
                fixture.get("/x?die=head&only=w0");
            }
            awaitEvent(fixture, "retried");
        }
    }

    @Test
    void history_withAnApiKey_isAskedForIt() throws Exception {
        try (GatewayFixture fixture =
                new GatewayFixture(0, GatewayFixture.PROXY, "secret", DirectorySettings.DEFAULT)) {
            assertThat(fixture.get("/fleet/history?metric=p99_ms").statusCode()).isEqualTo(401);
            assertThat(fixture.get("/fleet/history/events").statusCode()).isEqualTo(401);
        }
    }

    /** By a client that sends the path as it stands. */
    private static int status(GatewayFixture fixture, String path) {
        return fixture.vertx
                .createHttpClient(
                        new HttpClientOptions().setDefaultPort(fixture.port).setDefaultHost("127.0.0.1"))
                .request(HttpMethod.GET, path)
                .compose(request -> request.send())
                .map(response -> response.statusCode())
                .await();
    }

    private static void awaitEvent(GatewayFixture fixture, String kind) {
        GatewayFixture.await(() -> StreamSupport.stream(
                        get(fixture, "/fleet/history/events").path("events").spliterator(), false)
                .anyMatch(event -> event.path("kind").asText().equals(kind)));
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
