package phifleet.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import phifleet.common.FleetHeaders;

/** Workers that join when models were loaded and unloaded on all others. */
class LateWorkersTest {
    private static final String YOLO = "/v2/repository/models/yolo/";
    private static final String CONFIG = "{\"parameters\":{\"config\":\"{\\\"path\\\":\\\"/yolo.onnx\\\"}\"}}";
    private static final String[] ADMIN = {"Authorization", "Bearer " + GatewayFixture.ADMIN_KEY};

    private final GatewayFixture fixture = new GatewayFixture(2);
    private final FakeWorker first = fixture.workers.getFirst();
    private final FakeWorker second = fixture.workers.getLast();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void ask(String path, String body) throws Exception {
        assertThat(fixture.post(path, body, ADMIN).statusCode()).isEqualTo(200);
    }

    /** Until the gateway has read what each of them says, and so has had the occasion to ask. */
    private static void awaitProbes(FakeWorker... workers) {
        for (FakeWorker worker : workers) {
            int before = worker.infos.get();
            GatewayFixture.await(() -> worker.infos.get() >= before + 3);
        }
    }

    @Test
    void load_byAll_isDoneByAWorkerThatJoinsLater() throws Exception {
        ask(YOLO + "load", CONFIG);
        GatewayFixture.await(() -> first.changes.size() == 1 && second.changes.equals(first.changes));
        FakeWorker late = fixture.another();
        GatewayFixture.await(() -> late.changes.equals(first.changes));
        assertThat(late.changes.getFirst()).contains("\"action\":\"load\"").contains("/yolo.onnx");
        assertThat(late.lastHeaders.get("Authorization")).isEqualTo(ADMIN[1]);
        awaitProbes(first, second, late);
        assertThat(first.seen).as("what it did is not asked for again").hasValue(1);
        assertThat(late.seen).hasValue(1);
    }

    @Test
    void changes_ofOneModel_theLastCounts_andModelsKeepTheirOrder() throws Exception {
        ask(YOLO + "load", CONFIG);
        ask("/v2/repository/models/other/load", "");
        ask(YOLO + "unload", "");
        FakeWorker late = fixture.another();
        GatewayFixture.await(() -> late.changes.size() == 2);
        assertThat(late.changes).isEqualTo(first.changes.subList(1, 3));
    }

    @Test
    void load_thatTheLateWorkerRefuses_isAskedForOnce() throws Exception {
        ask(YOLO + "load", CONFIG);
        ask("/v2/repository/models/other/load", "");
        FakeWorker late = FakeWorker.start(fixture.vertx, "late");
        late.loadStatus = 400;
        fixture.announce(first, second, late);
        GatewayFixture.await(() -> late.seen.get() == 2);
        awaitProbes(late);
        assertThat(late.seen).as("each once").hasValue(2);
    }

    @Test
    void load_whileTheLateWorkerIsBusy_isAskedForAgain() throws Exception {
        ask(YOLO + "load", CONFIG);
        FakeWorker late = FakeWorker.start(fixture.vertx, "late");
        late.loadStatus = 503;
        fixture.announce(first, second, late);
        GatewayFixture.await(() -> late.seen.get() >= 2);
        late.loadStatus = 200;
        GatewayFixture.await(() -> late.changes.equals(first.changes));
    }

    @Test
    void changes_thatThisGatewayDidNotCarry_areLearntFromAWorker_andKeptWithoutIt() throws Exception {
        first.changes.add("{\"stamp\":\"1700000000000-00000001\",\"name\":\"yolo\",\"action\":\"unload\"}");
        first.changes.add("{\"stamp\":\"none\",\"name\":\"mistaken\",\"action\":\"load\"}");
        GatewayFixture.await(() -> second.changes.size() == 1);
        assertThat(second.changes.getFirst()).contains("1700000000000-00000001").contains("unload");
        fixture.announce();
        FakeWorker late = FakeWorker.start(fixture.vertx, "late");
        fixture.announce(late);
        GatewayFixture.await(() -> late.changes.equals(second.changes));
    }

    @Test
    void load_onOneWorker_isNotToldToOthers() throws Exception {
        ask("/workers/" + second.id + YOLO + "load", CONFIG);
        assertThat(second.lastHeaders.contains(FleetHeaders.CHANGE)).isFalse();
        FakeWorker late = fixture.another();
        awaitProbes(late);
        assertThat(late.seen).hasValue(0);
        assertThat(first.seen).hasValue(0);
    }
}
