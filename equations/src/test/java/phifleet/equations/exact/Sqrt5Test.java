package phifleet.equations.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class Sqrt5Test {
    @Test
    void times_goldenSquare_isGoldenPlusOne() {
        assertThat(Sqrt5.GOLDEN.times(Sqrt5.GOLDEN)).isEqualTo(Sqrt5.GOLDEN.plus(Sqrt5.of(Rational.ONE)));
    }

    @Test
    void sqrt_ofRandomSquares_findsThePositiveRoot() {
        Random random = new Random(8);
        for (int round = 0; round < 300; round++) {
            Sqrt5 x = new Sqrt5(
                    Rational.of(random.nextInt(41) - 20, 1 + random.nextInt(9)),
                    Rational.of(random.nextInt(41) - 20, 1 + random.nextInt(9)));
            assertThat(x.times(x).sqrt())
                    .contains(x.signum() < 0 ? Sqrt5.of(Rational.ZERO).minus(x) : x);
            assertThat((double) x.signum()).isEqualTo(Math.signum(x.doubleValue()));
        }
        assertThat(Sqrt5.GOLDEN.sqrt()).isEmpty();
    }

    @Test
    void doubleValue_ofNearlyCancellingParts_keepsItsDigits() {
        Sqrt5 small = Sqrt5.GOLDEN.reciprocal();
        Sqrt5 power = Sqrt5.of(Rational.ONE);
        for (int i = 0; i < 30; i++) {
            power = power.times(small);
        }
        assertThat(power.doubleValue() * Math.pow((1 + Math.sqrt(5)) / 2, 30)).isCloseTo(1, within(1e-13));
    }
}
