package phifleet.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import phifleet.common.FleetChange.Action;

class FleetChangesTest {
    private final FleetChanges changes = new FleetChanges();

    private static FleetChange change(int stamp, String model, @Nullable String config) {
        return new FleetChange(String.format("%013d-00000000", stamp), model, Action.LOAD, config);
    }

    @Test
    void add_olderThanKnown_isPassedOver() {
        changes.add(change(2, "a", "new"));
        changes.add(change(1, "a", "old"));
        changes.add(change(1, "b", null));
        assertThat(changes.inOrder()).containsExactly(change(1, "b", null), change(2, "a", "new"));
        assertThat(changes.covers(change(2, "a", null))).isTrue();
        assertThat(changes.covers(change(3, "a", null))).isFalse();
        assertThat(changes.covers(change(1, "c", null))).isFalse();
    }

    @Test
    void add_weights_leaveTheLoadOfTheirNameAsItIs() {
        FleetChange weights = new FleetChange(change(2, "a", null).stamp(), "a", Action.WEIGHTS, "{}");
        changes.add(change(1, "a", null));
        changes.add(weights);
        assertThat(changes.inOrder()).containsExactly(change(1, "a", null), weights);
        FleetChange ended = new FleetChange(change(3, "a", null).stamp(), "a", Action.WEIGHTS, null);
        changes.add(ended);
        assertThat(changes.inOrder()).containsExactly(change(1, "a", null), ended);
        assertThat(changes.covers(weights)).isTrue();
    }

    @Test
    void add_veryMany_theOldestAreForgotten() {
        for (int i = 0; i < 300; i++) {
            changes.add(change(i, "model " + i, null));
        }
        List<FleetChange> kept = changes.inOrder();
        assertThat(kept).hasSize(256);
        assertThat(kept.getFirst().model()).isEqualTo("model 44");
    }

    @Test
    void add_veryLong_theOldestAreForgotten() {
        for (int i = 0; i < 5; i++) {
            changes.add(change(i, "m" + i, "x".repeat(10_000)));
        }
        assertThat(changes.inOrder().stream().map(FleetChange::model)).containsExactly("m2", "m3", "m4");
        changes.add(change(9, "m9", "x".repeat(40_000)));
        assertThat(changes.inOrder())
                .as("others are not forgotten for one that is too long")
                .hasSize(3);
    }

    @Test
    void stampAfterAll_clockBehind_isLaterThanAllKnown() {
        changes.add(change(5_000, "a", null));
        String stamp = changes.stampAfterAll(10);
        assertThat(FleetChange.isStamp(stamp)).isTrue();
        assertThat(stamp)
                .startsWith("0000000005001-")
                .isGreaterThan(change(5_000, "a", null).stamp());
        assertThat(changes.stampAfterAll(6_000)).startsWith("0000000006000-");
    }

    @Test
    void isStamp_anythingElse_isNone() {
        assertThat(List.of("", "1-00000000", "0000000000001-0000000G", "0000000000001-000000001"))
                .noneMatch(FleetChange::isStamp);
    }
}
