package phifleet.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class IntervalTest {
    @Test
    void ofMean_liesAroundTheMeanAndWithinTheValues() {
        Interval interval = Interval.ofMean(List.of(8.0, 10.0, 12.0, 10.0));

        assertThat(interval.mean()).isEqualTo(10);
        assertThat(interval.low()).isBetween(8.0, 10.0);
        assertThat(interval.high()).isBetween(10.0, 12.0);
        assertThat(interval.low()).isLessThan(interval.high());
    }

    @Test
    void ofMean_oneValue_saysNothingOfItsNoise() {
        assertThat(Interval.ofMean(List.of(8.0))).isEqualTo(new Interval(Double.NaN, 8, Double.NaN));
    }

    @Test
    void ofRatio_sureDifference_doesNotHoldOne() {
        Interval ratio = Interval.ofRatio(List.of(50.0, 51.0, 49.0), List.of(100.0, 101.0, 99.0));

        assertThat(ratio.mean()).isEqualTo(0.5);
        assertThat(ratio.high()).isLessThan(0.53);
    }
}
