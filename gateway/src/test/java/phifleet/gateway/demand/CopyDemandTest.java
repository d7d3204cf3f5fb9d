package phifleet.gateway.demand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import phifleet.common.CopyBounds;

/** Copies of models on demand, in the test's own time. */
class CopyDemandTest {
    private static final DemandSettings SETTINGS = new DemandSettings(
            1, 16, 0.5, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofMinutes(15), Duration.ofSeconds(60));

    private long now = 1;
    private final CopyDemand demand = new CopyDemand(SETTINGS, () -> now);
    private final Map<String, Double> sums = new HashMap<>();

    private static CopyDemand.Candidate model(String id, CopyBounds bounds) {
        return new CopyDemand.Candidate(id, Set.of(id, "alias-of-" + id), bounds);
    }

    private static Decision asked(boolean mayShrink, KindDemand... kinds) {
        return new Decision(
                1, Wakefulness.AWAKE, mayShrink, "", new Terms(0, 0, 0, 0, 1, 1, true), 0, 0, List.of(kinds));
    }

    private static KindDemand kind(String name, double asked) {
        return new KindDemand(new RequestKind(name, "interactive"), 10, asked / 10, 0);
    }

    private int copies(CopyBounds bounds, KindDemand... kinds) {
        return demand.decide(List.of(model("m", bounds)), List.of(), asked(true, kinds))
                .getFirst()
                .copies();
    }

    @Test
    void decide_whatArrivesByAnyNameAndPriority_isAskedOfTheModel() {
        assertThat(copies(CopyBounds.ANY)).isZero();
        assertThat(copies(CopyBounds.ANY, kind("m", 0.01))).isEqualTo(1);
        assertThat(copies(CopyBounds.ANY, kind("m", 0.5), kind("other", 9))).isEqualTo(1);
        assertThat(copies(CopyBounds.ANY, kind("m", 0.5), kind("alias-of-m", 0.6)))
                .isEqualTo(3);
    }

    @Test
    void decide_oneMoreComesAtOnce_andGoesWhenItHasNotBeenNeededForAWhile() {
        assertThat(copies(CopyBounds.ANY, kind("m", 0.9))).isEqualTo(2);
        now += Duration.ofSeconds(59).toNanos();
        assertThat(copies(CopyBounds.ANY, kind("m", 0.1))).isEqualTo(2);
        now += Duration.ofSeconds(59).toNanos();
        assertThat(copies(CopyBounds.ANY, kind("m", 0.1))).isEqualTo(1);
        now += Duration.ofSeconds(61).toNanos();
        assertThat(copies(CopyBounds.ANY)).isZero();
    }

    @Test
    void decide_neverLeavesTheBounds() {
        assertThat(copies(new CopyBounds(2, 3))).isEqualTo(2);
        assertThat(copies(new CopyBounds(0, 1), kind("m", 50))).isEqualTo(1);
        assertThat(copies(new CopyBounds(2, 3), kind("m", 50))).isEqualTo(3);
    }

    @Test
    void decide_whatWorkersSpend_countsThoughItCameThroughOtherGateways() {
        int copies = 0;
        for (int second = 0; second <= 12; second++) {
            // Two workers, each half of its time; one begins anew on the way.
            sums.merge("first", 0.5, Double::sum);
            sums.merge("second", 0.5, Double::sum);
            if (second == 5) {
                sums.put("second", 0.1);
            }
            copies = demand.decide(
                            List.of(model("m", CopyBounds.ANY)),
                            List.of(
                                    new ModelWord("first", Map.of("m", sums.getOrDefault("first", 0.0)), now),
                                    new ModelWord(
                                            "second",
                                            Map.of("m", sums.getOrDefault("second", 0.0), "other", 5.0 * second),
                                            now)),
                            asked(true))
                    .getFirst()
                    .copies();
            now += Duration.ofSeconds(1).toNanos();
        }
        assertThat(copies).isEqualTo(2);
    }

    @Test
    void decide_aGatewayThatHasJustCome_callsNoneSpare() {
        assertThat(demand.decide(List.of(model("m", CopyBounds.ANY)), List.of(), asked(false))
                        .getFirst()
                        .maySpare())
                .isFalse();
    }
}
