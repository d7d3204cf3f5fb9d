package phifleet.benchmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlotProgressTest {
    private static final Slot FAST = new Slot(1, "fast", "s");
    private static final Slot SLOW = new Slot(1, "slow", "s");

    @Test
    void eta_knownSlots_asLongAsInAnotherRound() {
        SlotProgress progress = new SlotProgress(6);
        progress.done(MeasurementTest.measured(FAST, 0, 1_000_000), 10, List.of());
        progress.done(MeasurementTest.measured(SLOW, 0, 1_000_000), 40, List.of());

        assertThat(progress.eta(List.of(new Slot(2, "fast", "s"), new Slot(3, "fast", "s"), new Slot(2, "slow", "s"))))
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void eta_slotThatIsNew_theMeanOfAll() {
        SlotProgress progress = new SlotProgress(3);
        progress.done(MeasurementTest.measured(FAST, 0, 1_000_000), 10, List.of());
        progress.done(MeasurementTest.measured(SLOW, 0, 1_000_000), 40, List.of());

        assertThat(progress.eta(List.of(new Slot(1, "other", "s")))).isEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void eta_nothingDone_none() {
        assertThat(new SlotProgress(1).eta(List.of(FAST))).isEqualTo(Duration.ZERO);
    }
}
