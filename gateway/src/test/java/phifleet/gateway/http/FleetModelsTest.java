package phifleet.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import phifleet.common.FleetHeaders;
import phifleet.common.WorkerCard.HeldModel;

/** Models that change on workers while a gateway knows them. */
class FleetModelsTest {
    private static final String LOAD = "/v2/repository/models/yolo/load";
    private static final String[] ADMIN = {"Authorization", "Bearer " + GatewayFixture.ADMIN_KEY};

    private final GatewayFixture fixture = new GatewayFixture(2);
    private final FakeWorker first = fixture.workers.getFirst();
    private final FakeWorker second = fixture.workers.getLast();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static String list(String... names) {
        StringBuilder list = new StringBuilder("[");
        for (String name : names) {
            list.append(list.length() == 1 ? "" : ",")
                    .append("{\"name\":\"" + name + "\",\"aliases\":[\"" + name + "-too\"],\"kind\":\"detector\"}");
        }
        return list.append("]").toString();
    }

    private String answering(String path, String... headers) throws Exception {
        return fixture.post(path, "{}", headers)
                .headers()
                .firstValue(FleetHeaders.WORKER_ID)
                .orElse("none");
    }

    private boolean holds(FakeWorker worker, String... names) {
        List<HeldModel> held = fixture.directory.find(worker.id).orElseThrow().models();
        return held != null && held.stream().map(HeldModel::name).toList().equals(List.of(names));
    }

    @Test
    void info_modelsThatChange_areFollowed() throws Exception {
        first.models = list("yolo");
        second.models = list("mobile");
        GatewayFixture.await(() -> holds(first, "yolo", "yolo-too") && holds(second, "mobile", "mobile-too"));
        for (int i = 0; i < 4; i++) {
            assertThat(answering("/predict/yolo")).isEqualTo(first.id);
            assertThat(answering("/predict/mobile-too")).isEqualTo(second.id);
            assertThat(answering("/x", "X-Model", "yolo-too")).as("by a header").isEqualTo(first.id);
        }
        first.models = "[]";
        second.models = list("yolo");
        GatewayFixture.await(() -> holds(first) && holds(second, "yolo", "yolo-too"));
        for (int i = 0; i < 4; i++) {
            assertThat(answering("/predict/yolo")).isEqualTo(second.id);
        }
        assertThat(fixture.get("/fleet").body())
                .contains("{\"name\":\"yolo\",\"aliases\":[\"yolo-too\"],\"kind\":\"detector\"}");
    }

    @Test
    void fleet_saysWhichVersionServes_andWhatDoesNot() throws Exception {
        first.models = "[{\"name\":\"yolo\",\"aliases\":[\"y\"],\"kind\":\"detector\",\"version\":\"2\"}],\"absent\":"
                + "[{\"name\":\"yolo\",\"version\":\"3\",\"state\":\"UNAVAILABLE\",\"reason\":\"no graph\"}]";
        GatewayFixture.await(() -> holds(first, "yolo", "y"));
        assertThat(fixture.get("/fleet").body())
                .contains(
                        "\"models\":[{\"name\":\"yolo\",\"aliases\":[\"y\"],\"kind\":\"detector\",\"version\":\"2\"}]")
                .contains("\"absent\":[{\"name\":\"yolo\",\"version\":\"3\",\"state\":\"UNAVAILABLE\","
                        + "\"reason\":\"no graph\"}]");
    }

    @Test
    void body_thatIsNoJson_isNotLookedInto() throws Exception {
        first.models = list("yolo");
        second.models = list("mobile");
        GatewayFixture.await(() -> holds(first, "yolo", "yolo-too") && holds(second, "mobile", "mobile-too"));
        String named = "{\"model\":\"yolo\"}";
        boolean both = false;
        for (int i = 0; i < 8; i++) {
            assertThat(fixture.post("/x", named).headers().firstValue(FleetHeaders.WORKER_ID))
                    .contains(first.id);
            both |= fixture.post("/x", named, "Content-Type", "application/octet-stream")
                    .headers()
                    .firstValue(FleetHeaders.WORKER_ID)
                    .equals(Optional.of(second.id));
        }
        assertThat(both).isTrue();
    }

    @Test
    void load_isDoneByAll() throws Exception {
        HttpResponse<String> answer = fixture.post(LOAD, "{}", ADMIN);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(first.seen).hasValue(1);
        assertThat(second.seen).hasValue(1);
        assertThat(first.lastHeaders.get("Authorization")).isEqualTo(ADMIN[1]);
    }

    @Test
    void load_oneFails_isNamed() throws Exception {
        second.loadStatus = 400;
        HttpResponse<String> answer = fixture.post(LOAD, "{}", ADMIN);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .isEqualTo("{\"error\":\"1 of 2 workers did not do it: " + second.id + ": cannot load {}\"}");
        assertThat(first.seen).hasValue(1);
    }

    @Test
    void load_oneIsDead_isNamed() throws Exception {
        second.kill();
        HttpResponse<String> answer = fixture.post(LOAD, "{}", ADMIN);
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("1 of 2 workers did not do it: " + second.id + ": it does not answer");
    }

    @Test
    void load_onOneWorker_isItsAlone() throws Exception {
        assertThat(fixture.post("/workers/" + second.id + LOAD, "{}", ADMIN).statusCode())
                .isEqualTo(200);
        assertThat(first.seen).hasValue(0);
        assertThat(second.seen).hasValue(1);
        assertThat(fixture.post("/workers/" + second.id + LOAD, "{}").statusCode())
                .isEqualTo(401);
        assertThat(second.seen).hasValue(1);
    }

    @Test
    void load_withoutTheKey_isRefused() throws Exception {
        assertThat(fixture.post(LOAD, "{}").statusCode()).isEqualTo(401);
        assertThat(fixture.post(LOAD, "{}", "Authorization", "Bearer other").statusCode())
                .isEqualTo(401);
        assertThat(first.seen).hasValue(0);
    }
}
