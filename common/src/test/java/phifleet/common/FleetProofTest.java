package phifleet.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FleetProofTest {
    private static final FleetSecret SECRET = new FleetSecret("a secret of this test");
    private static final FleetSecret ANOTHER = new FleetSecret("another secret of it");
    private static final String ADDRESS = "10.0.0.7:8000";

    private final String challenge = FleetProof.newChallenge();

    @Test
    void gateway_withTheSecret_isKnown() {
        assertThat(FleetProof.isGateway(SECRET, challenge, ADDRESS, FleetProof.ofGateway(SECRET, challenge, ADDRESS)))
                .isTrue();
    }

    @Test
    void gateway_withAnythingElse_isNot() {
        String proof = FleetProof.ofGateway(SECRET, challenge, ADDRESS);
        assertThat(FleetProof.isGateway(ANOTHER, challenge, ADDRESS, proof)).isFalse();
        assertThat(FleetProof.isGateway(SECRET, FleetProof.newChallenge(), ADDRESS, proof))
                .isFalse();
        assertThat(FleetProof.isGateway(SECRET, challenge, "10.0.0.8:8000", proof))
                .isFalse();
        assertThat(FleetProof.isGateway(SECRET, challenge, ADDRESS, null)).isFalse();
        assertThat(FleetProof.isGateway(SECRET, null, ADDRESS, proof)).isFalse();
        assertThat(FleetProof.isGateway(SECRET, "x", ADDRESS, FleetProof.ofGateway(SECRET, "x", ADDRESS)))
                .as("a challenge of another form")
                .isFalse();
    }

    @Test
    void worker_answerOfAnother_isNoProof() {
        String proof = FleetProof.ofWorker(SECRET, challenge, "w1", ADDRESS);
        assertThat(FleetProof.isWorker(SECRET, challenge, "w1", ADDRESS, proof)).isTrue();
        assertThat(FleetProof.isWorker(SECRET, challenge, "w2", ADDRESS, proof)).isFalse();
        assertThat(FleetProof.isWorker(SECRET, challenge, "w1", "10.0.0.8:8000", proof))
                .as("passed on by somebody at another address")
                .isFalse();
        assertThat(FleetProof.isWorker(
                        SECRET, challenge, "w1", ADDRESS, FleetProof.ofGateway(SECRET, challenge, ADDRESS)))
                .as("the gateway's own proof, sent back")
                .isFalse();
    }

    @Test
    void card_partsMovedAcrossTheirBounds_areAnotherCard() {
        assertThat(FleetProof.isCard(SECRET, FleetProof.ofCard(SECRET, "ab", "c"), "a", "bc"))
                .isFalse();
    }

    @Test
    void secret_short_isRefusedAndNotRepeated() {
        assertThatThrownBy(() -> new FleetSecret("hunter2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hunter2");
    }
}
