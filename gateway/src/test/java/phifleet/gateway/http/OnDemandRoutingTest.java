package phifleet.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import phifleet.common.FleetHeaders;

/** Requests for models that no worker holds, and two could load. */
class OnDemandRoutingTest {
    private final GatewayFixture fixture = new GatewayFixture(2);
    private final FakeWorker first = fixture.workers.getFirst();
    private final FakeWorker second = fixture.workers.getLast();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static String could(String state, boolean room) {
        return "[],\"on_demand\":[{\"name\":\"rare\",\"aliases\":[\"other\"],\"kind\":\"tensors\",\"state\":\"" + state
                + "\",\"room\":" + room + "}]";
    }

    private void say(String ofFirst, String ofSecond) throws Exception {
        int before = first.infos.get();
        int beforeOfSecond = second.infos.get();
        first.models = ofFirst;
        second.models = ofSecond;
        // The second after it was asked with these words has been understood.
        GatewayFixture.await(() -> first.infos.get() > before + 2 && second.infos.get() > beforeOfSecond + 2);
    }

    private String served(String path) throws Exception {
        return fixture.post(path, "{}")
                .headers()
                .firstValue(FleetHeaders.WORKER_ID)
                .orElse("nobody");
    }

    @Test
    void requests_forOneModel_allGoToOneWorker_byItsIdAndByItsAlias() throws Exception {
        say(could("on_disk", true), could("on_disk", true));
        Set<String> workers = new HashSet<>();
        for (int i = 0; i < 6; i++) {
            workers.add(served(i % 2 == 0 ? "/predict/rare" : "/predict/other"));
        }
        assertThat(workers).hasSize(1);
    }

    @Test
    void requests_followTheModel_whereThereIsRoom_whereItLoads_andWhereItServes() throws Exception {
        say(could("on_disk", false), could("on_disk", true));
        assertThat(served("/predict/rare")).isEqualTo(second.id);
        say(could("loading", true), could("on_disk", true));
        assertThat(served("/predict/rare")).isEqualTo(first.id);
        say(could("on_disk", true), "[{\"name\":\"rare\",\"kind\":\"tensors\",\"aliases\":[\"other\"]}]");
        assertThat(served("/predict/other")).isEqualTo(second.id);
    }

    @Test
    void request_whoseWorkerHasTooMuchToDo_isNotSentToAnotherThatWouldLoadTheModelToo() throws Exception {
        say(could("loading", true), could("on_disk", true));
        int before = second.seen.get();
        assertThat(fixture.post("/predict/rare?status=429&only=" + first.id, "{}")
                        .statusCode())
                .isEqualTo(429);
        assertThat(second.seen.get()).isEqualTo(before);
    }

    @Test
    void request_whoseWorkerIsDead_goesToTheOther() throws Exception {
        say(could("loading", true), could("on_disk", true));
        first.kill();
        assertThat(served("/predict/rare")).isEqualTo(second.id);
    }

    private static String kept(boolean served) {
        String held = served ? "[{\"name\":\"rare\",\"kind\":\"tensors\",\"aliases\":[]}]" : "[]";
        return held + ",\"on_demand\":[{\"name\":\"rare\",\"aliases\":[],\"kind\":\"tensors\",\"state\":\""
                + (served ? "ready" : "on_disk") + "\",\"room\":true,\"load_seconds\":4,\"min_copies\":2}]";
    }

    private static String told(FakeWorker worker) {
        MultiMap headers = worker.infoHeaders;
        return headers == null ? "" : headers.get(FleetHeaders.COPIES) + "";
    }

    @Test
    void modelOfTwoCopies_isAskedForAtBothWorkers_withoutARequest() throws Exception {
        say(kept(false), kept(true));
        GatewayFixture.await(() -> told(first).equals("rare") && told(second).equals("rare"));
        String demand = fixture.get("/fleet/demand").body();
        assertThat(demand).contains("\"copies\":[{\"model\":\"rare\",\"wanted\":2,\"present\":1");
    }

    private static int worth(JsonNode demand, FakeWorker worker) {
        for (JsonNode one : demand.path("workers")) {
            if (one.path("id").asText().equals(worker.id)) {
                return one.path("worth").asInt(-1);
            }
        }
        return -1;
    }

    @Test
    void demand_saysWhatGoesWithTheWorkerThatHoldsAModel() throws Exception {
        say(kept(false), kept(true));
        for (int i = 0; i < 20; i++) {
            assertThat(served("/predict/rare?device=500")).isEqualTo(second.id);
        }
        // A second of a device a second, as ten seconds' arrivals have it, and four seconds to load.
        GatewayFixture.await(() -> {
            try {
                JsonNode demand =
                        new ObjectMapper().readTree(fixture.get("/fleet/demand").body());
                return worth(demand, second) > 200 && worth(demand, first) == 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void wishesOfAClient_reachNoWorker() throws Exception {
        fixture.post("/predict/rare", "{}", FleetHeaders.COPIES, "rare");
        assertThat(first.lastHeaders.contains(FleetHeaders.COPIES) || second.lastHeaders.contains(FleetHeaders.COPIES))
                .isFalse();
    }
}
