package phifleet.gateway.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelSplitTest {
    private static ModelSplit split(String name, Object... modelsAndWeights) {
        Map<String, Double> weights = new LinkedHashMap<>();
        for (int i = 0; i < modelsAndWeights.length; i += 2) {
            weights.put((String) modelsAndWeights[i], ((Number) modelsAndWeights[i + 1]).doubleValue());
        }
        return new ModelSplit(name, "s", ModelSplit.Among.MODELS, weights);
    }

    @Test
    void at_dividesTheLineByShares() {
        ModelSplit split = split("m", "a", 60, "none", 0, "b", 20);
        assertThat(split.at(0).model()).isEqualTo("a");
        assertThat(split.at(0.7499).model()).isEqualTo("a");
        assertThat(split.at(0.75).model()).isEqualTo("b");
        assertThat(split.at(1).model()).as("also where rounding leaves nothing").isEqualTo("b");
    }

    @Test
    void at_whereTheFirstHasNone_givesItNone() {
        assertThat(split("m", "none", 0, "b", 1).at(0).model()).isEqualTo("b");
    }

    @Test
    void sticky_isTheSameEachTime_andKeepsTheShares() {
        ModelSplit split = split("m", "a", 90, "b", 10);
        int toB = 0;
        int other = 0;
        for (int i = 0; i < 20_000; i++) {
            String word = "user-" + i;
            String model = split.sticky(word).model();
            assertThat(split("m", "a", 90, "b", 10).sticky(word).model()).isEqualTo(model);
            toB += model.equals("b") ? 1 : 0;
            other += split("n", "a", 90, "b", 10).sticky(word).model().equals(model) ? 0 : 1;
        }
        assertThat(toB / 20_000.0).isCloseTo(0.1, within(0.01));
        assertThat(other).as("another name divides people otherwise").isPositive();
    }

    @Test
    void sticky_whereAShareGrows_movesNobodyBack() {
        ModelSplit few = split("m", "b", 10, "a", 90);
        ModelSplit more = split("m", "b", 30, "a", 70);
        for (int i = 0; i < 2_000; i++) {
            if (few.sticky("u" + i).model().equals("b")) {
                assertThat(more.sticky("u" + i).model()).isEqualTo("b");
            }
        }
    }

    @Test
    void tally_countsErrorsAndLatencies() {
        SplitTally tally = new SplitTally();
        tally.ended(false, 10_000_000);
        tally.ended(true, 30_000_000);
        assertThat(tally.requests()).isEqualTo(2);
        assertThat(tally.errors()).isEqualTo(1);
        assertThat(tally.latency().p50()).isCloseTo(10, within(0.2));
        assertThat(tally.latency().p99()).isCloseTo(30, within(0.5));
    }
}
