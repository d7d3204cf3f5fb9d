package phifleet.equations.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RationalTest {
    @Test
    void arithmetic_randomSmallAndLarge_matchesBigIntegers() {
        Random random = new Random(3);
        for (int round = 0; round < 2_000; round++) {
            BigInteger a = new BigInteger(1 + random.nextInt(90), random).subtract(BigInteger.ONE.shiftLeft(40));
            BigInteger b = new BigInteger(1 + random.nextInt(90), random).add(BigInteger.ONE);
            BigInteger c = new BigInteger(1 + random.nextInt(70), random).subtract(BigInteger.ONE.shiftLeft(30));
            BigInteger d = new BigInteger(1 + random.nextInt(20), random).add(BigInteger.ONE);
            Rational x = Rational.of(a, b);
            Rational y = Rational.of(c, d);
            assertThat(x.plus(y)).isEqualTo(Rational.of(a.multiply(d).add(c.multiply(b)), b.multiply(d)));
            assertThat(x.times(y)).isEqualTo(Rational.of(a.multiply(c), b.multiply(d)));
            assertThat(Integer.signum(x.compareTo(y))).isEqualTo(x.minus(y).signum());
            assertThat(x.fraction().plus(Rational.of(x.floor()))).isEqualTo(x);
        }
    }

    @Test
    void plus_longOverflow_goesOnInBigIntegers() {
        Rational sum = Rational.of(Long.MAX_VALUE).plus(Rational.ONE);
        assertThat(sum.numerator()).isEqualTo(BigInteger.ONE.shiftLeft(63));
        assertThat(sum.minus(Rational.ONE)).isEqualTo(Rational.of(Long.MAX_VALUE));
    }

    @Test
    void of_decimal_isExact() {
        assertThat(Rational.of(new BigDecimal("2.50"))).isEqualTo(Rational.of(5, 2));
        assertThat(Rational.of(new BigDecimal("1E+3"))).isEqualTo(Rational.of(1000));
    }

    @Test
    void pow_pastTheBound_isRefused() {
        assertThatThrownBy(() -> Rational.of(2).pow(1_000_000)).isInstanceOf(TooComplex.class);
        assertThat(Rational.MINUS_ONE.pow(1_000_001)).isEqualTo(Rational.MINUS_ONE);
        assertThat(Rational.of(2, 3).pow(-2)).isEqualTo(Rational.of(9, 4));
    }

    @Test
    void sqrt_ofSquares_isExact() {
        assertThat(Rational.of(9, 4).sqrt()).contains(Rational.of(3, 2));
        assertThat(Rational.of(2).sqrt()).isEmpty();
        assertThat(Rational.of(-4).sqrt()).isEmpty();
    }
}
