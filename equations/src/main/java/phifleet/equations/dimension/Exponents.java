package phifleet.equations.dimension;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Negation;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Product;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.ast.Expr.Sum;
import phifleet.equations.units.Exponent;

/** Reads exponents: as a number where it is one, else as a sum of symbolic parts with rational coefficients. */
final class Exponents {
    /** The key of the part of an exponent that is a plain number. */
    static final Expr UNIT = Num.of(1);

    private static final int MAX_DECIMALS = 6;
    /** Digits before the point, so that the exponent fits an int. */
    private static final int MAX_DIGITS = 9;
    /** The largest denominator that a long decimal is taken to be the rounding of. */
    private static final int MAX_RECOGNISED_DENOMINATOR = 64;
    /** Units in the last place by which it may differ: binary floating point prints 7/3 as 2.3333333333333335. */
    private static final BigDecimal ULPS = BigDecimal.TWO;

    private Exponents() {}

    /**
     * The exact value of an expression of numbers, empty where it is none or not rational.
     *
     * @throws ArithmeticException where it is out of range
     */
    static Optional<Exponent> number(Expr expr) {
        return Optional.ofNullable(value(expr));
    }

    private static @Nullable Exponent value(Expr expr) {
        return switch (expr) {
            case Num(BigDecimal value) -> ofDecimal(value);
            case Negation(Expr operand) -> {
                Exponent value = value(operand);
                yield value == null ? null : value.negated();
            }
            case Quotient(Expr a, Expr b) -> {
                Exponent top = value(a);
                Exponent bottom = value(b);
                yield top == null || bottom == null ? null : top.over(bottom);
            }
            case Product(var factors) -> {
                Exponent product = Exponent.ONE;
                for (Expr factor : factors) {
                    Exponent value = value(factor);
                    product = value == null || product == null ? null : product.times(value);
                }
                yield product;
            }
            case Sum(var terms) -> {
                Exponent sum = Exponent.ZERO;
                for (Expr term : terms) {
                    Exponent value = value(term);
                    sum = value == null || sum == null ? null : sum.plus(value);
                }
                yield sum;
            }
            case Power(Expr base, Expr power) -> {
                Exponent value = value(base);
                Exponent times = value(power);
                yield value == null || times == null || times.denominator() != 1 ? null : power(value, times);
            }
            default -> null;
        };
    }

    private static @Nullable Exponent power(Exponent base, Exponent times) {
        if (Math.abs((long) times.numerator()) > 16) {
            return null;
        }
        Exponent product = Exponent.ONE;
        for (int i = 0; i < Math.abs(times.numerator()); i++) {
            product = times.numerator() < 0 ? product.over(base) : product.times(base);
        }
        return product;
    }

    /** A decimal as it is, or, with many digits, the simple fraction that it is the rounding of (0.33333333 is 1/3). */
    private static @Nullable Exponent ofDecimal(BigDecimal value) {
        BigDecimal plain = value.stripTrailingZeros();
        if (plain.precision() - plain.scale() > MAX_DIGITS) {
            throw new ArithmeticException("exponent out of range");
        }
        if (plain.scale() <= MAX_DECIMALS) {
            int denominator =
                    plain.scale() <= 0 ? 1 : BigDecimal.TEN.pow(plain.scale()).intValueExact();
            return new Exponent(plain.movePointRight(Math.max(plain.scale(), 0)).intValueExact(), denominator);
        }
        double target = plain.doubleValue();
        for (int denominator = 2; denominator <= MAX_RECOGNISED_DENOMINATOR; denominator++) {
            long numerator = Math.round(target * denominator);
            BigDecimal rounded = BigDecimal.valueOf(numerator)
                    .divide(BigDecimal.valueOf(denominator), plain.scale(), RoundingMode.HALF_EVEN);
            BigDecimal unitInLastPlace = BigDecimal.ONE.movePointLeft(plain.scale());
            if (rounded.subtract(plain).abs().compareTo(unitInLastPlace.multiply(ULPS)) <= 0) {
                return new Exponent(Math.toIntExact(numerator), denominator);
            }
        }
        return null;
    }

    /** The parts of an exponent: γ − 1 is {γ: 1, 1: −1}, (γ − 1)/γ is {1: 1, 1/γ: −1}. */
    static Map<Expr, Exponent> parts(Expr exponent) {
        Map<Expr, Exponent> parts = new LinkedHashMap<>();
        collect(exponent, Exponent.ONE, parts);
        parts.values().removeIf(Exponent::isZero);
        return parts;
    }

    private static void collect(Expr expr, Exponent factor, Map<Expr, Exponent> parts) {
        Exponent number = value(expr);
        if (number != null) {
            parts.merge(UNIT, number.times(factor), Exponent::plus);
            return;
        }
        switch (expr) {
            case Negation(Expr operand) -> collect(operand, factor.negated(), parts);
            case Sum(var terms) -> terms.forEach(term -> collect(term, factor, parts));
            case Quotient(Sum(var terms), Expr b) ->
                terms.forEach(term -> collect(new Quotient(term, b), factor, parts));
            case Quotient(Negation(Expr a), Expr b) -> collect(new Quotient(a, b), factor.negated(), parts);
            case Quotient(Expr a, Expr b) -> {
                Exponent top = value(a);
                Exponent bottom = value(b);
                if (a.equals(b)) {
                    parts.merge(UNIT, factor, Exponent::plus);
                } else if (bottom != null) {
                    collect(a, factor.over(bottom), parts);
                } else if (top != null) {
                    parts.merge(new Quotient(UNIT, b), factor.times(top), Exponent::plus);
                } else {
                    parts.merge(expr, factor, Exponent::plus);
                }
            }
            case Product(var factors) -> {
                Exponent times = factor;
                Expr rest = UNIT;
                for (Expr part : factors) {
                    Exponent value = value(part);
                    times = value == null ? times : times.times(value);
                    rest = value != null ? rest : rest.equals(UNIT) ? part : new Product(List.of(rest, part));
                }
                if (rest instanceof Product) {
                    parts.merge(rest, times, Exponent::plus);
                } else {
                    collect(rest, times, parts);
                }
            }
            default -> parts.merge(expr, factor, Exponent::plus);
        }
    }
}
