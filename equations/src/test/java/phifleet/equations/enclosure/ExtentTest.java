package phifleet.equations.enclosure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExtentTest {
    record Rule(String name, UnaryOperator<Extent> extent, DoubleUnaryOperator function) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Rule> rules() {
        Extent one = Extent.of(1, 1);
        return Stream.of(
                new Rule("exp", Extent::exp, StrictMath::exp),
                new Rule("log", Extent::log, StrictMath::log),
                new Rule("sqrt", Extent::sqrt, StrictMath::sqrt),
                new Rule("sin", Extent::sin, StrictMath::sin),
                new Rule("cos", Extent::cos, StrictMath::cos),
                new Rule("atan", Extent::atan, StrictMath::atan),
                new Rule("asin", Extent::asin, StrictMath::asin),
                new Rule("abs", Extent::abs, Math::abs),
                new Rule("square", x -> x.power(2), x -> x * x),
                new Rule("cube", x -> x.power(3), x -> x * x * x),
                new Rule("reciprocal", one::dividedBy, x -> 1 / x),
                new Rule("product", x -> x.times(x.plus(one)), x -> x * (x + 1)));
    }

    /** Each value of the function on the interval lies between the bounds, and an interval without a gap has a value everywhere. */
    @ParameterizedTest
    @MethodSource("rules")
    void rule_anyInterval_holdsEveryValue(Rule rule) {
        SplittableRandom random = new SplittableRandom(17);
        for (int i = 0; i < 2_000; i++) {
            double low = random.nextDouble(-4, 4);
            double high = i % 10 == 0 ? Double.POSITIVE_INFINITY : low + random.nextDouble(0, 3);
            Extent extent = rule.extent().apply(Extent.of(low, high));
            for (int k = 0; k < 5; k++) {
                double x = low + random.nextDouble() * Math.min(high - low, 50);
                double value = rule.function().applyAsDouble(x);
                if (Double.isNaN(value)) {
                    assertThat(extent.whole()).isFalse();
                } else {
                    double room = 4 * Math.ulp(value);
                    assertThat(value).as("at " + x).isBetween(extent.low() - room, extent.high() + room);
                }
            }
        }
    }

    @Test
    void log_ofNegativeNumbersAlone_hasNoValue() {
        assertThat(Extent.of(-2, -1).log().isNone()).isTrue();
        assertThat(Extent.of(-2, -1).log().plus(Extent.of(1, 1)).isNone()).isTrue();
        assertThat(Extent.of(-2, -1).log().mayBeZero()).isFalse();
    }
}
