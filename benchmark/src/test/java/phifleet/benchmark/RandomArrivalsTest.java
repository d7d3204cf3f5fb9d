package phifleet.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RandomArrivalsTest {
    @Test
    void draw_rateThatChanges_isTheRateOfEachPart() {
        double[] at = RandomArrivals.draw(second -> second < 100 ? 20 : 120, 120, 200, 5);

        assertThat(at).isSorted();
        assertThat((double) Arrays.stream(at).filter(second -> second < 100).count())
                .isCloseTo(2_000, within(200.0));
        assertThat((double) Arrays.stream(at).filter(second -> second >= 100).count())
                .isCloseTo(12_000, within(500.0));
        assertThat(at[at.length - 1]).isLessThan(200);
    }

    @Test
    void draw_independentArrivals_varyAsMuchAsTheirMean() {
        double[] at = RandomArrivals.draw(second -> 10, 10, 1_000, 6);

        double[] bySecond = new double[1_000];
        Arrays.stream(at).forEach(second -> bySecond[(int) second]++);
        double mean = Arrays.stream(bySecond).average().orElseThrow();
        double variance = Arrays.stream(bySecond)
                .map(count -> (count - mean) * (count - mean))
                .average()
                .orElseThrow();
        assertThat(variance / mean).isCloseTo(1, within(0.2));
    }

    @Test
    void draw_sameSeed_isTheSame() {
        assertThat(RandomArrivals.draw(second -> 10, 10, 50, 7))
                .isEqualTo(RandomArrivals.draw(second -> 10, 10, 50, 7));
    }
}
