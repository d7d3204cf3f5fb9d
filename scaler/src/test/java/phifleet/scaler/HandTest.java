package phifleet.scaler;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import phifleet.scaler.EngineAnswer.Bytes;

class HandTest {
    private static final Instant NOON = Instant.parse("2026-11-29T12:00:00Z");
    private final Hand hand = new Hand(20, Duration.ofMinutes(10));
    private long version = 1;

    private ServiceView service(int replicas) {
        return service(replicas, "", "", "spec");
    }

    private ServiceView service(int replicas, String updateState, String label, String spec) {
        byte[] bytes = spec.getBytes(StandardCharsets.UTF_8);
        return new ServiceView(
                "id",
                version++,
                NOON,
                updateState,
                label,
                replicas,
                Bytes.of(bytes, 0, bytes.length),
                Bytes.of(bytes, 0, 0));
    }

    private static Wish wish(int workers) {
        return new Wish(workers, true);
    }

    @Test
    void step_moreOrLessWanted_setsIt() {
        assertThat(hand.step(service(2), wish(5), NOON))
                .isInstanceOfSatisfying(
                        Step.Set.class, set -> assertThat(set.replicas()).isEqualTo(5));
        hand.did(5);
        assertThat(hand.step(service(5), wish(3), NOON))
                .isInstanceOfSatisfying(
                        Step.Set.class, set -> assertThat(set.replicas()).isEqualTo(3));
        hand.did(3);
        assertThat(hand.step(service(3), wish(3), NOON)).isInstanceOf(Step.Leave.class);
    }

    @Test
    void step_gatewayThatDoesNotKnowTheLoadYet_endsNobody() {
        assertThat(hand.step(service(5), new Wish(1, false), NOON)).isInstanceOf(Step.Leave.class);
        assertThat(hand.step(service(5), new Wish(6, false), NOON)).isInstanceOf(Step.Set.class);
    }

    @Test
    void step_updateUnderWay_waits() {
        assertThat(hand.step(service(2, "updating", "", "spec"), wish(5), NOON).reason())
                .contains("updating");
        assertThat(hand.step(service(2, "rollback_started", "", "spec"), wish(5), NOON))
                .isInstanceOf(Step.Leave.class);
        assertThat(hand.step(service(2, "completed", "", "spec"), wish(5), NOON))
                .isInstanceOf(Step.Set.class);
    }

    @Test
    void step_scaledByHand_holdsForAWhile() {
        hand.step(service(2), wish(2), NOON);

        assertThat(hand.step(service(7), wish(2), NOON.plusSeconds(1)).reason()).contains("by hand");
        assertThat(hand.step(service(7), wish(2), NOON.plusSeconds(599))).isInstanceOf(Step.Leave.class);
        assertThat(hand.step(service(7), wish(2), NOON.plusSeconds(601))).isInstanceOf(Step.Set.class);
    }

    @Test
    void step_scaledByHandAndTold_resumesOrHolds() {
        hand.step(service(2), wish(2), NOON);
        hand.step(service(7), wish(2), NOON);

        assertThat(hand.step(service(7, "", "resume", "spec and label"), wish(2), NOON))
                .isInstanceOf(Step.Set.class);
        assertThat(hand.step(service(7, "", "hold", "spec and label"), wish(2), NOON.plusSeconds(7_200)))
                .isInstanceOf(Step.Leave.class);
    }

    @Test
    void step_setByAnotherScaler_isNoPersonsHand() {
        hand.step(service(2), wish(5), NOON);

        // The other was faster, and both go on.
        assertThat(hand.step(service(5), wish(5), NOON)).isInstanceOf(Step.Leave.class);
        assertThat(hand.step(service(5), wish(6), NOON)).isInstanceOf(Step.Set.class);
    }

    @Test
    void step_deployedWithANewSpec_isNoPersonsHand() {
        hand.step(service(6), wish(6), NOON);

        assertThat(hand.step(service(2, "", "", "another spec"), wish(6), NOON)).isInstanceOf(Step.Set.class);
    }

    @Test
    void step_moreThanMayBe_setsTheMost() {
        assertThat(hand.step(service(2), wish(5_000), NOON))
                .isInstanceOfSatisfying(
                        Step.Set.class, set -> assertThat(set.replicas()).isEqualTo(20));
    }
}
