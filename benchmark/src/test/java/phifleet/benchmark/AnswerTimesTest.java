package phifleet.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import phifleet.benchmark.LoadObserver.Ending;

class AnswerTimesTest {
    @Test
    void p99_isOfThoseSentInTheWindowAndAnswered() {
        AnswerTimes times = new AnswerTimes();
        for (int i = 1; i <= 200; i++) {
            times.ended(1_000, 1_000 + i * 1_000_000L, Ending.GOOD);
        }
        times.ended(999, 10_000_000_000L, Ending.GOOD);
        times.ended(2_000, 10_000_000_000L, Ending.GOOD);
        times.ended(1_500, 10_000_000_000L, Ending.LOST);

        assertThat(times.p99(1_000, 2_000)).isEqualTo(198);
        assertThat(times.p99(3_000, 4_000)).isNaN();
    }
}
