package phifleet.equations.units;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A physical dimension: seven exact rational exponents, stored over one common denominator.
 *
 * <p>Angles are dimensionless, as in the SI. Immutable; all operations are exact and throw {@link ArithmeticException}
 * where an exponent would pass the range of an {@code int}.
 */
public final class Dimension {
    private static final int SIZE = BaseQuantity.values().length;
    private static final BaseQuantity[] BASES = BaseQuantity.values();

    /** The dimension of a pure number. */
    public static final Dimension NONE = new Dimension(new int[SIZE], 1);

    private final int[] numerators;
    private final int denominator;
    private final int hash;

    private Dimension(int[] numerators, int denominator) {
        this.numerators = numerators;
        this.denominator = denominator;
        this.hash = 31 * Arrays.hashCode(numerators) + denominator;
    }

    /** The dimension of one base quantity. */
    public static Dimension of(BaseQuantity base) {
        int[] exponents = new int[SIZE];
        exponents[base.index()] = 1;
        return new Dimension(exponents, 1);
    }

    /**
     * Reads a map of exponents such as {@code {"mass":"1","time":"-3/2"}}; {@code angle} may stand there and counts as
     * dimensionless.
     *
     * @throws IllegalArgumentException where a key is no base quantity or a value no rational number
     */
    public static Dimension ofExponents(Map<String, String> exponents) {
        Dimension product = NONE;
        for (Map.Entry<String, String> entry : exponents.entrySet()) {
            Exponent power = Exponent.parse(entry.getValue());
            if (!entry.getKey().equals("angle")) {
                product = product.times(of(base(entry.getKey())).pow(power.numerator(), power.denominator()));
            }
        }
        return product;
    }

    private static BaseQuantity base(String key) {
        for (BaseQuantity base : BASES) {
            if (base.key().equals(key)) {
                return base;
            }
        }
        throw new IllegalArgumentException("unknown base quantity '" + key
                + "'; expected one of mass, length, time, current, temperature, amount_of_substance,"
                + " luminous_intensity, angle");
    }

    /** The dimension of a product. */
    public Dimension times(Dimension other) {
        return combine(other, 1);
    }

    /** The dimension of a quotient. */
    public Dimension over(Dimension other) {
        return combine(other, -1);
    }

    private Dimension combine(Dimension other, int sign) {
        int[] sum = new int[SIZE];
        if (denominator == 1 && other.denominator == 1) {
            for (int i = 0; i < SIZE; i++) {
                sum[i] = Math.addExact(numerators[i], Math.multiplyExact(sign, other.numerators[i]));
            }
            return new Dimension(sum, 1);
        }
        for (int i = 0; i < SIZE; i++) {
            sum[i] = Math.addExact(
                    Math.multiplyExact(numerators[i], other.denominator),
                    Math.multiplyExact(sign, Math.multiplyExact(other.numerators[i], denominator)));
        }
        return reduced(sum, Math.multiplyExact(denominator, other.denominator));
    }

    /** This dimension to an integer power. */
    public Dimension pow(int exponent) {
        return pow(exponent, 1);
    }

    /** This dimension to a rational power; {@code over} is not 0. */
    public Dimension pow(int exponent, int over) {
        if (over == 0) {
            throw new ArithmeticException("division by zero in an exponent");
        }
        if (isNone() || exponent == over) {
            return this;
        }
        int sign = over < 0 ? -1 : 1;
        int[] scaled = new int[SIZE];
        for (int i = 0; i < SIZE; i++) {
            scaled[i] = Math.multiplyExact(numerators[i], Math.multiplyExact(sign, exponent));
        }
        return reduced(scaled, Math.multiplyExact(denominator, Math.multiplyExact(sign, over)));
    }

    /** This dimension to a rational power. */
    public Dimension pow(Exponent exponent) {
        return pow(exponent.numerator(), exponent.denominator());
    }

    /** The {@code n}-th root, n not 0. */
    public Dimension root(int n) {
        return pow(1, n);
    }

    private static Dimension reduced(int[] exponents, int denominator) {
        int divisor = denominator;
        for (int exponent : exponents) {
            divisor = gcd(divisor, exponent);
        }
        if (divisor > 1) {
            for (int i = 0; i < SIZE; i++) {
                exponents[i] /= divisor;
            }
        }
        return new Dimension(exponents, denominator / Math.max(divisor, 1));
    }

    private static int gcd(int a, int b) {
        int x = Math.absExact(a);
        int y = Math.absExact(b);
        while (y != 0) {
            int rest = x % y;
            x = y;
            y = rest;
        }
        return x;
    }

    public boolean isNone() {
        return equals(NONE);
    }

    /** The numerator of an exponent over {@link #denominator()}. */
    public int numerator(BaseQuantity base) {
        return numerators[base.index()];
    }

    /** The denominator that all seven exponents share, at least 1. */
    public int denominator() {
        return denominator;
    }

    /** As {@code kg·m²·s⁻²}; {@code 1} where dimensionless. */
    public String inSiUnits() {
        return product(BaseQuantity::unit);
    }

    /** As {@code M·L²·T⁻²}; {@code 1} where dimensionless. */
    @Override
    public String toString() {
        return product(BaseQuantity::symbol);
    }

    private String product(Function<BaseQuantity, String> name) {
        StringBuilder text = new StringBuilder();
        for (BaseQuantity base : BASES) {
            int exponent = numerators[base.index()];
            if (exponent != 0) {
                text.append(text.isEmpty() ? "" : "·").append(name.apply(base));
                text.append(new Exponent(exponent, denominator).superscript());
            }
        }
        return text.isEmpty() ? "1" : text.toString();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Dimension that
                        && hash == that.hash
                        && denominator == that.denominator
                        && Arrays.equals(numerators, that.numerators));
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
