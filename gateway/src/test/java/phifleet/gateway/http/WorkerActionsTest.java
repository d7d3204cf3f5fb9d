package phifleet.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import phifleet.common.WorkerCard.HeldModel;
import phifleet.gateway.balance.WorkerState;
import phifleet.gateway.http.operator.WorkerDrain;

/** Workers that an operator takes out of the fleet's work, and back into it. */
@Timeout(60)
class WorkerActionsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] ADMIN = {"Authorization", "Bearer " + GatewayFixture.ADMIN_KEY};

    private final GatewayFixture fixture = new GatewayFixture(2);
    private final FakeWorker first = fixture.workers.getFirst();
    private final FakeWorker second = fixture.workers.getLast();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private HttpResponse<String> act(FakeWorker worker, String action, String... more) throws Exception {
        List<String> headers = new ArrayList<>(List.of(ADMIN));
        headers.addAll(List.of(more));
        return fixture.post("/fleet/workers/" + worker.id + "/" + action, "", headers.toArray(String[]::new));
    }

    private JsonNode done(FakeWorker worker, String action) throws Exception {
        HttpResponse<String> answer = act(worker, action);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private WorkerState state(FakeWorker worker) {
        return fixture.directory.find(worker.id).orElseThrow().state();
    }

    @Test
    void cordonAndResume_underLoad_loseNothing() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger lost = new AtomicInteger();
        List<CompletableFuture<Void>> load = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            load.add(CompletableFuture.runAsync(() -> {
                while (!over.get()) {
                    try {
                        boolean ok = fixture.post("/x?delay=15", "{}").statusCode() == 200;
                        (ok ? answered : lost).incrementAndGet();
                    } catch (Exception e) {
                        lost.incrementAndGet();
                    }
                }
            }));
        }
        GatewayFixture.await(() -> first.seen.get() > 20 && second.seen.get() > 20);
        for (int round = 0; round < 3; round++) {
            assertThat(done(first, "cordon").path("state").asText()).isEqualTo("cordoned");
            GatewayFixture.await(() -> first.inHand.get() == 0);
            int seen = first.seen.get();
            int others = second.seen.get();
            GatewayFixture.await(() -> second.seen.get() > others + 30);
            assertThat(first.seen).as("none came after those in hand").hasValue(seen);
            assertThat(done(first, "resume").path("state").asText()).isEqualTo("ready");
            GatewayFixture.await(() -> first.seen.get() > seen + 10);
        }
        over.set(true);
        CompletableFuture.allOf(load.toArray(CompletableFuture[]::new)).join();
        assertThat(lost).hasValue(0);
        assertThat(answered.get()).isGreaterThan(100);
    }

    @Test
    void drain_answersOnceNothingIsInHand() throws Exception {
        CompletableFuture<HttpResponse<String>> inHand = fixture.client.sendAsync(
                fixture.request("/workers/" + first.id + "/x?delay=3000").build(),
                HttpResponse.BodyHandlers.ofString());
        GatewayFixture.await(() -> first.inHand.get() == 1);

        JsonNode drained = done(first, "drain");

        assertThat(inHand).isCompletedWithValueMatching(answer -> answer.statusCode() == 200);
        assertThat(drained.path("changed").asBoolean()).isTrue();
        assertThat(drained.path("drained").asBoolean()).isTrue();
        assertThat(drained.path("in_hand").asInt()).isZero();
        assertThat(drained.path("cordoned_ms").asLong()).isGreaterThanOrEqualTo(WorkerDrain.OTHERS_LEARN_MILLIS);
        assertThat(state(first)).isEqualTo(WorkerState.CORDONED);
    }

    @Test
    void drain_pastItsDeadline_saysWhatIsInHand_andLeavesItCordoned() throws Exception {
        CompletableFuture<HttpResponse<String>> inHand = fixture.client.sendAsync(
                fixture.request("/workers/" + first.id + "/x?delay=2000").build(),
                HttpResponse.BodyHandlers.ofString());
        GatewayFixture.await(() -> first.inHand.get() == 1);

        HttpResponse<String> answer = act(first, "drain", "X-Request-Timeout-Ms", "300");

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains("worker w0 has 1 requests in hand still; it stays cordoned");
        assertThat(state(first)).isEqualTo(WorkerState.CORDONED);
        assertThat(inHand.join().statusCode()).isEqualTo(200);
    }

    @Test
    void drain_thatIsResumed_says_so() throws Exception {
        CompletableFuture<HttpResponse<String>> draining = fixture.client.sendAsync(
                fixture.request("/fleet/workers/" + first.id + "/drain")
                        .headers(ADMIN)
                        .POST(java.net.http.HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        GatewayFixture.await(() -> first.cordoned);
        done(first, "resume");

        assertThat(draining.join().statusCode()).isEqualTo(409);
        assertThat(draining.join().body()).contains("resumed before it had drained");
    }

    @Test
    void cordon_ofTheLastWorker_isRefused_unlessForced() throws Exception {
        done(first, "cordon");
        HttpResponse<String> refused = act(second, "cordon");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("last_worker").contains("force=true");
        assertThat(second.cordoned).isFalse();
        assertThat(act(second, "cordon?force=perhaps").statusCode()).isEqualTo(400);

        assertThat(act(second, "cordon?force=true").statusCode()).isEqualTo(200);
        assertThat(fixture.get("/health").statusCode()).isEqualTo(503);
        assertThat(fixture.post("/x", "{}").statusCode()).as("nobody is asked").isEqualTo(503);
        assertThat(first.seen.get() + second.seen.get()).isZero();
    }

    @Test
    void cordon_ofTheLastHolderOfAModel_isRefused_naming_it_unlessForced() throws Exception {
        HeldModel both = new HeldModel("both", "detector");
        fixture.directory.members(List.of(first.card(both, new HeldModel("mine", "detector")), second.card(both)));
        GatewayFixture.await(() -> fixture.directory.snapshot().knows("mine") && fixture.ready() == 2);
        for (String action : List.of("cordon", "drain")) {
            HttpResponse<String> refused = act(first, action);
            assertThat(refused.statusCode()).isEqualTo(409);
            assertThat(refused.body())
                    .contains("last_holder")
                    .contains("no other worker than w0 that takes requests has or could load mine,")
                    .contains("force=true");
        }
        assertThat(first.cordoned).isFalse();
        assertThat(act(first, "cordon?force=true").statusCode()).isEqualTo(200);
        assertThat(state(first)).isEqualTo(WorkerState.CORDONED);
    }

    @Test
    void cordon_again_changesNothing() throws Exception {
        assertThat(done(first, "cordon").path("changed").asBoolean()).isTrue();
        assertThat(done(first, "cordon").path("changed").asBoolean()).isFalse();
        assertThat(done(second, "resume").path("changed").asBoolean()).isFalse();
    }

    @Test
    void cordon_isSeenByAnotherGateway_andByOneThatStartsLater() throws Exception {
        done(first, "cordon");
        try (GatewayFixture other = new GatewayFixture(0)) {
            other.announce(first, second);
            GatewayFixture.await(() -> other.ready() == 1);
            GatewayFixture.await(
                    () -> other.directory.find(first.id).orElseThrow().state() == WorkerState.CORDONED);
            for (int i = 0; i < 10; i++) {
                assertThat(other.post("/x", "{}").statusCode()).isEqualTo(200);
            }
            assertThat(first.seen).hasValue(0);
            done(first, "resume");
            GatewayFixture.await(() -> other.ready() == 2);
        }
    }

    @Test
    void cordon_thatTheWorkerRefuses_isNone() throws Exception {
        first.cordonStatus = 404;
        HttpResponse<String> answer = act(first, "cordon");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("worker w0 does not know this gateway's admin key");
        assertThat(state(first)).isEqualTo(WorkerState.READY);
    }

    @Test
    void fleet_showsWhoIsCordoned() throws Exception {
        done(first, "cordon");
        JsonNode fleet = JSON.readTree(fixture.get("/fleet").body());
        assertThat(fleet.at("/gateway/workers/cordoned").asInt()).isEqualTo(1);
        assertThat(fleet.at("/gateway/operable").asBoolean()).isTrue();
        assertThat(fleet.at("/workers/0/state").asText()).isEqualTo("cordoned");
        assertThat(fleet.at("/workers/0/state_reason").asText()).contains("by an operator");
        assertThat(fixture.get("/metrics").body()).contains("fleet_workers{state=\"cordoned\"} 1.0");
        assertThat(JSON.readTree(fixture.get("/health").body()).at("/workers").asInt())
                .isEqualTo(1);
        GatewayFixture.await(() -> present() == 1);
    }

    private int present() {
        try {
            return JSON.readTree(fixture.get("/fleet/demand").body())
                    .at("/present_workers")
                    .asInt();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void events_tellWhoDidWhat() throws Exception {
        HttpResponse<java.io.InputStream> stream = fixture.client.send(
                fixture.request("/fleet/events").build(), HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader events = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            done(first, "cordon");
            done(first, "cordon");
            assertThat(fixture.post("/v2/repository/models/a%20b/load", "{}", ADMIN)
                            .statusCode())
                    .isEqualTo(200);
            JsonNode cordon = nextAction(events);
            assertThat(cordon.path("text").asText()).isEqualTo("Cordon of " + first.id + ".");
            assertThat(cordon.path("worker").asText()).isEqualTo(first.id);
            assertThat(cordon.path("by").asText()).isEqualTo("admin");
            assertThat(cordon.path("at").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
            JsonNode load = nextAction(events);
            assertThat(load.path("text").asText())
                    .as("the second cordon changed nothing")
                    .isEqualTo("Load of a b.");
            assertThat(load.has("worker")).isFalse();
            assertThat(fixture.post("/workers/" + second.id + "/v2/repository/models/m/unload", "{}", ADMIN)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(nextAction(events).path("worker").asText()).isEqualTo(second.id);
        }
    }

    private static JsonNode nextAction(BufferedReader events) throws Exception {
        boolean meant = false;
        for (String line = events.readLine(); line != null; line = events.readLine()) {
            if (line.startsWith("event: ")) {
                meant = line.equals("event: happened");
            } else if (meant && line.startsWith("data: ")) {
                JsonNode happened = JSON.readTree(line.substring("data: ".length()));
                if (happened.path("kind").asText().equals("action")) {
                    return happened;
                }
            }
        }
        throw new AssertionError("the stream ended before the event");
    }

    @Test
    void wrongRequests_areRefused() throws Exception {
        assertThat(fixture.post("/fleet/workers/w0/cordon", "").statusCode()).isEqualTo(401);
        assertThat(fixture.post("/fleet/workers/nobody/cordon", "", ADMIN).statusCode())
                .isEqualTo(404);
        assertThat(act(first, "paint").statusCode()).isEqualTo(404);
        assertThat(act(first, "cordon/now").statusCode()).isEqualTo(404);
        assertThat(fixture.post("/fleet/cordon", "", ADMIN).statusCode()).isEqualTo(404);
        HttpResponse<String> read = fixture.client.send(
                fixture.request("/fleet/workers/w0/cordon").headers(ADMIN).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(read.statusCode()).isEqualTo(405);
        assertThat(first.cordoned).isFalse();
        assertThat(first.seen).as("nothing was passed on").hasValue(0);
        assertThat(fixture.client
                        .send(
                                fixture.request("/x")
                                        .timeout(Duration.ofSeconds(5))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }
}
