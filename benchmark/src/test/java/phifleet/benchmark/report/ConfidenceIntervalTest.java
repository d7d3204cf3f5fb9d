package phifleet.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfidenceIntervalTest {
    @Test
    void ofMean_liesAroundTheMeanAndWithinTheValues() {
        ConfidenceInterval interval = ConfidenceInterval.ofMean(List.of(8.0, 10.0, 12.0, 10.0));

        assertThat(interval.mean()).isEqualTo(10);
        assertThat(interval.low()).isBetween(8.0, 10.0);
        assertThat(interval.high()).isBetween(10.0, 12.0);
        assertThat(interval.low()).isLessThan(interval.high());
    }

    @Test
    void ofMean_oneValue_saysNothingOfItsNoise() {
        assertThat(ConfidenceInterval.ofMean(List.of(8.0)))
                .isEqualTo(new ConfidenceInterval(Double.NaN, 8, Double.NaN));
    }

    @Test
    void ofRatio_sureDifference_doesNotHoldOne() {
        ConfidenceInterval ratio = ConfidenceInterval.ofRatio(List.of(50.0, 51.0, 49.0), List.of(100.0, 101.0, 99.0));

        assertThat(ratio.mean()).isEqualTo(0.5);
        assertThat(ratio.high()).isLessThan(0.53);
    }
}
