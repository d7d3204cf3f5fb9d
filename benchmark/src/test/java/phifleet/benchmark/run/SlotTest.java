package phifleet.benchmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SlotTest {
    private static final List<String> FRAMEWORKS = List.of("a", "b", "c");

    @Test
    void schedule_oneByOne_eachRoundBeginsWithAnother() {
        List<Slot> slots = Slot.schedule(FRAMEWORKS, List.of("x", "y"), 2, false);

        assertThat(slots).hasSize(12).doesNotHaveDuplicates();
        assertThat(slots.subList(0, 6)).extracting(Slot::framework).containsExactly("a", "a", "b", "b", "c", "c");
        assertThat(slots.subList(6, 12)).extracting(Slot::framework).containsExactly("b", "b", "c", "c", "a", "a");
    }

    @Test
    void schedule_together_turnsScenarioByScenario() {
        List<Slot> slots = Slot.schedule(FRAMEWORKS, List.of("x", "y"), 1, true);

        assertThat(slots).extracting(Slot::scenario).containsExactly("x", "x", "x", "y", "y", "y");
        assertThat(slots).extracting(Slot::framework).containsExactly("a", "b", "c", "b", "c", "a");
    }
}
