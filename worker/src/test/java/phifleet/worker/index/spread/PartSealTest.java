package phifleet.worker.index.spread;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phifleet.common.FleetProof;
import phifleet.common.FleetSecret;

class PartSealTest {
    private static final FleetSecret SECRET = new FleetSecret("as long as it has to be");
    private static final long NOW = 1_800_000_000_000L;
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

    private static PartSeal at(long millis) {
        return new PartSeal(SECRET, null, () -> millis);
    }

    private static boolean admits(PartSeal seal, String keeper, String what, byte[] body) {
        Map<String, String> headers = at(NOW).on("w1", "put", BODY);
        return seal.admits(keeper, what, body, headers.get(PartSeal.TIME_HEADER), headers.get(FleetProof.PROOF_HEADER));
    }

    @Test
    void admits_thatOneQuestionOfThatOneWorkerForAWhile() {
        assertThat(admits(at(NOW + 119_000), "w1", "put", BODY)).isTrue();
        assertThat(admits(at(NOW - 119_000), "w1", "put", BODY)).isTrue();

        assertThat(admits(at(NOW + 121_000), "w1", "put", BODY)).isFalse();
        assertThat(admits(at(NOW), "w2", "put", BODY)).isFalse();
        assertThat(admits(at(NOW), "w1", "delete", BODY)).isFalse();
        assertThat(admits(at(NOW), "w1", "put", new byte[1])).isFalse();
    }

    @Test
    void admits_nothingWithoutProof() {
        assertThat(at(NOW).admits("w1", "put", BODY, null, null)).isFalse();
        assertThat(at(NOW).admits("w1", "put", BODY, Long.toString(NOW), null)).isFalse();
        assertThat(at(NOW).admits("w1", "put", BODY, "soon", "0")).isFalse();
    }

    @Test
    void withoutASecret_theApiKeyIsBrought_andAskedForElsewhere() {
        PartSeal seal = new PartSeal(null, "Bearer key", () -> NOW);

        assertThat(seal.on("w1", "put", BODY)).containsExactly(Map.entry("Authorization", "Bearer key"));
        assertThat(seal.stands()).isFalse();
    }
}
