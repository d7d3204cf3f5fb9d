package phifleet.worker.http.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CordonTest {
    private final AtomicLong clock = new AtomicLong();
    private final Cordon cordon = new Cordon(clock::get);

    private void pass(long millis) {
        clock.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    @Test
    void enter_countsFromTheFirstTime_andAnewAfterAResume() {
        assertThat(cordon.enter(Cordon.State.CORDONED)).isTrue();
        pass(500);
        assertThat(cordon.enter(Cordon.State.CORDONED)).isFalse();
        assertThat(cordon.enter(Cordon.State.DRAINED)).isTrue();
        assertThat(cordon.millis()).as("nobody has been let in since").isEqualTo(500);
        assertThat(cordon.enter(Cordon.State.OPEN)).isTrue();
        pass(20);
        assertThat(cordon.millis()).isEqualTo(20);
        assertThat(cordon.enter(Cordon.State.CORDONED)).isTrue();
        assertThat(cordon.millis()).isZero();
    }
}
