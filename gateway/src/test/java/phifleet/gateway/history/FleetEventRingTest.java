package phifleet.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class FleetEventRingTest {
    private final FleetEventRing events = new FleetEventRing(() -> Instant.EPOCH);

    @Test
    void after_moreThanAreKept_hasTheNewest_theOldestFirst() {
        for (int i = 1; i <= FleetEventRing.MOST + 5; i++) {
            events.add(FleetEvent.Kind.READY, "w" + i, "w" + i + " is ready.");
        }

        assertThat(events.after(0, FleetEventRing.MOST))
                .hasSize(FleetEventRing.MOST)
                .first()
                .extracting(FleetEvent::worker)
                .isEqualTo("w6");
        assertThat(events.after(0, 2)).extracting(FleetEvent::number).containsExactly(1_004L, 1_005L);
        assertThat(events.after(1_004, 100)).extracting(FleetEvent::worker).containsExactly("w1005");
        assertThat(events.after(events.newest(), 100)).isEmpty();
    }

    @Test
    void add_longText_isCut() {
        events.add(FleetEvent.Kind.ACTION, "w", "m", "x".repeat(10_000), "admin");

        assertThat(events.after(0, 1)).first().satisfies(event -> {
            assertThat(event.text()).hasSize(300).endsWith("…");
            assertThat(event.by()).isEqualTo("admin");
            assertThat(event.at()).isEqualTo(Instant.EPOCH);
        });
    }
}
