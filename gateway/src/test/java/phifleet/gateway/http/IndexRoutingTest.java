package phifleet.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.common.FleetHeaders;
import phifleet.common.IndexRoutes;
import phifleet.common.WorkerCard.HeldModel;

/** Requests for the index of images, in a fleet of which one worker keeps it, or none, or two. */
class IndexRoutingTest {
    private static final String NONE = "[]";
    private static final String KEEPS = "[],\"index\":true";
    private static final String SHARES = KEEPS + ",\"index_shared\":true";
    private static final String PART = KEEPS + ",\"index_part\":true";

    private final GatewayFixture fixture = new GatewayFixture(2);
    private final FakeWorker first = fixture.workers.getFirst();
    private final FakeWorker second = fixture.workers.getLast();

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void say(String ofFirst, String ofSecond) throws Exception {
        first.models = ofFirst;
        second.models = ofSecond;
        GatewayFixture.await(() -> keeps(first, IndexRoutes.HELD) == ofFirst.equals(KEEPS)
                && keeps(second, IndexRoutes.HELD) == ofSecond.equals(KEEPS)
                && keeps(first, IndexRoutes.SHARED) == ofFirst.equals(SHARES)
                && keeps(second, IndexRoutes.SHARED) == ofSecond.equals(SHARES)
                && keeps(first, IndexRoutes.PART) == ofFirst.equals(PART)
                && keeps(second, IndexRoutes.PART) == ofSecond.equals(PART)
                && knows(first)
                && knows(second));
    }

    private boolean knows(FakeWorker worker) {
        return fixture.directory.find(worker.id).orElseThrow().models() != null;
    }

    private boolean keeps(FakeWorker worker, HeldModel index) {
        var held = fixture.directory.find(worker.id).orElseThrow().models();
        return held != null && held.contains(index);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ingest", "/search", "/images/0a", "/index"})
    void requests_goToTheOneThatKeepsTheIndex(String path) throws Exception {
        say(NONE, KEEPS);
        for (int i = 0; i < 4; i++) {
            assertThat(fixture.post(path, "{}").headers().firstValue(FleetHeaders.WORKER_ID))
                    .contains(second.id);
        }
        say(KEEPS, NONE);
        assertThat(fixture.post(path, "{}").headers().firstValue(FleetHeaders.WORKER_ID))
                .contains(first.id);
    }

    @Test
    void requests_whereNobodyOrEverybodyKeepsOne_areRefusedWithWhatToDo() throws Exception {
        say(NONE, NONE);
        HttpResponse<String> nobody = fixture.post("/search", "{}");
        assertThat(nobody.statusCode()).isEqualTo(424);
        assertThat(nobody.body()).contains("index_missing").contains("PHI_INGEST_FOLDER");

        say(KEEPS, KEEPS);
        HttpResponse<String> both = fixture.post("/search", "{}");
        assertThat(both.statusCode()).isEqualTo(409);
        assertThat(both.body())
                .contains("several_indexes")
                .contains("ingest.parts")
                .contains(first.id)
                .contains(second.id);
        assertThat(fixture.post("/workers/" + first.id + "/search", "{}").statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {SHARES, PART})
    void requests_whereAllShareOne_goToAnyOfThem_andToAnotherWhereItFails(String kept) throws Exception {
        say(kept, kept);
        Set<String> asked = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            fixture.post("/search", "{}")
                    .headers()
                    .firstValue(FleetHeaders.WORKER_ID)
                    .ifPresent(asked::add);
        }
        assertThat(asked).containsExactlyInAnyOrder(first.id, second.id);

        assertThat(fixture.post("/search?die=head&only=" + first.id, "{}").statusCode())
                .isEqualTo(200);
        assertThat(fixture.post("/search?die=head&only=" + second.id, "{}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void requests_whereSomeShareOne_goToThose() throws Exception {
        say(NONE, SHARES);
        for (int i = 0; i < 4; i++) {
            assertThat(fixture.post("/ingest", "{}").headers().firstValue(FleetHeaders.WORKER_ID))
                    .contains(second.id);
        }
    }

    @Test
    void requests_whereOneIndexIsAPart_andAnotherIsNot_areRefused() throws Exception {
        say(PART, KEEPS);
        assertThat(fixture.post("/search", "{}").statusCode()).isEqualTo(409);
    }

    @Test
    void images_inARequestLongerThanAnyOther_areCarriedOn() throws Exception {
        say(KEEPS, NONE);
        String longer = "x".repeat(9 * 1024 * 1024);

        assertThat(fixture.post("/ingest", longer).statusCode()).isEqualTo(200);
        assertThat(fixture.post("/search", longer).statusCode()).isEqualTo(413);
    }
}
