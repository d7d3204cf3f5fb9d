package phifleet.equations.enclosure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class BoundsTest {
    private static final long SEED = 4;

    private static void everyPointInside(UnaryOperator<Bounds> f, double from, double to) {
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            double a = from + (to - from) * random.nextDouble();
            double b = Math.min(to, a + random.nextDouble() * (i % 2 == 0 ? 4 : 1e-3));
            Bounds whole = f.apply(Bounds.of(a, b));
            for (int k = 0; k <= 8; k++) {
                double x = Math.min(b, a + (b - a) * k / 8);
                Bounds at = f.apply(Bounds.point(x));
                assertThat(at.low()).as("at %s in [%s, %s]", x, a, b).isGreaterThanOrEqualTo(whole.low());
                assertThat(at.high()).as("at %s in [%s, %s]", x, a, b).isLessThanOrEqualTo(whole.high());
            }
        }
    }

    @Test
    void functions_ofAnInterval_holdTheirValuesAtEveryPoint() {
        System.out.println("intervals, seed " + SEED);
        everyPointInside(Bounds::sin, -20, 20);
        everyPointInside(Bounds::cos, -20, 20);
        everyPointInside(Bounds::exp, -30, 30);
        everyPointInside(Bounds::log, 1e-3, 50);
        everyPointInside(Bounds::sqrt, 0, 50);
        everyPointInside(Bounds::atan, -50, 50);
        everyPointInside(Bounds::asin, -1, 1);
        everyPointInside(Bounds::abs, -3, 3);
        everyPointInside(x -> x.power(2), -3, 3);
        everyPointInside(x -> x.power(3), -3, 3);
    }

    @Test
    void arithmetic_ofPoints_holdsTheExactResult() {
        Random random = new Random(SEED);
        for (int i = 0; i < 5_000; i++) {
            double a = random.nextGaussian() * 10;
            double b = random.nextGaussian();
            BigDecimal one = new BigDecimal(a);
            BigDecimal other = new BigDecimal(b);
            holds(Bounds.point(a).plus(Bounds.point(b)), one.add(other));
            holds(Bounds.point(a).times(Bounds.point(b)), one.multiply(other));
            Bounds quotient = Bounds.point(a).dividedBy(Bounds.point(b));
            holds(quotient, one.divide(other, new java.math.MathContext(60)));
        }
    }

    private static void holds(Bounds bounds, BigDecimal value) {
        assertThat(new BigDecimal(bounds.low())).isLessThanOrEqualTo(value);
        assertThat(new BigDecimal(bounds.high())).isGreaterThanOrEqualTo(value);
    }

    @Test
    void arithmetic_thatIsExact_staysAPoint() {
        assertThat(Bounds.point(3).minus(Bounds.point(3)).isZero()).isTrue();
        assertThat(Bounds.point(3).times(Bounds.point(0.5)).isPoint()).isTrue();
        assertThat(Bounds.point(1).dividedBy(Bounds.point(3)).isPoint()).isFalse();
    }

    @Test
    void operations_withoutABound_saySo() {
        assertThatThrownBy(() -> Bounds.ONE.dividedBy(Bounds.of(-1, 1))).isInstanceOf(Unbounded.class);
        assertThatThrownBy(() -> Bounds.of(-1, 1).log()).isInstanceOf(Unbounded.class);
        assertThatThrownBy(() -> Bounds.of(-1, 1).sqrt()).isInstanceOf(Unbounded.class);
        assertThatThrownBy(() -> Bounds.of(0, 2).asin()).isInstanceOf(Unbounded.class);
        assertThatThrownBy(() -> Bounds.point(1e300).times(Bounds.point(1e300))).isInstanceOf(Unbounded.class);
    }

    @Test
    void jets_ofKnownSeries_holdTheirCoefficients() {
        Jet x = Jet.variable(Bounds.ZERO, 6);
        near(x.exp(), 1, 1, 1 / 2.0, 1 / 6.0, 1 / 24.0);
        near(x.sin(), 0, 1, 0, -1 / 6.0, 0);
        near(x.cos(), 1, 0, -1 / 2.0, 0, 1 / 24.0);
        near(x.atan(), 0, 1, 0, -1 / 3.0, 0);
        near(x.asin(), 0, 1, 0, 1 / 6.0, 0);
        Jet one = Jet.constant(Bounds.ONE, 6);
        near(one.plus(x).log(), 0, 1, -1 / 2.0, 1 / 3.0, -1 / 4.0);
        near(one.plus(x).sqrt(), 1, 1 / 2.0, -1 / 8.0, 1 / 16.0, -5 / 128.0);
        near(one.dividedBy(one.minus(x)), 1, 1, 1, 1, 1);
        near(one.plus(x).power(3), 1, 3, 3, 1, 0);
    }

    private static void near(Jet jet, double... coefficients) {
        for (int k = 0; k < coefficients.length; k++) {
            assertThat(jet.at(k).widened(1e-16).meets(Bounds.point(coefficients[k])))
                    .as("%s", jet.at(k))
                    .isTrue();
            assertThat(jet.at(k).width()).isLessThan(1e-14);
        }
    }
}
