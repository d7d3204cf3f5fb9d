package phifleet.equations.matrix;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Trees;
import phifleet.equations.exact.Rational;

/** Arithmetic of entries as expressions; rational numbers are calculated at once, so that matrices of numbers stay small. */
final class Entries {
    static final Expr ZERO = Expr.Num.of(0);
    static final Expr ONE = Expr.Num.of(1);

    private Entries() {}

    static Optional<Rational> rational(Expr expr) {
        return switch (expr) {
            case Expr.Num(BigDecimal value) when Math.abs(value.scale()) < 40 -> Optional.of(Rational.of(value));
            case Expr.Negation(Expr operand) -> rational(operand).map(Rational::negate);
            case Expr.Quotient(Expr above, Expr below) ->
                rational(below)
                        .filter(divisor -> !divisor.isZero())
                        .flatMap(divisor -> rational(above).map(value -> value.dividedBy(divisor)));
            default -> Optional.empty();
        };
    }

    static Expr of(Rational value) {
        Expr above = Expr.Num.of(value.numerator().abs());
        Expr size = value.isInteger() ? above : new Expr.Quotient(above, Expr.Num.of(value.denominator()));
        return value.signum() < 0 ? new Expr.Negation(size) : size;
    }

    static Expr sum(List<Expr> terms) {
        Rational number = Rational.ZERO;
        List<Expr> rest = new ArrayList<>();
        for (Expr term : terms) {
            Optional<Rational> value = rational(term);
            if (value.isPresent()) {
                number = number.plus(value.get());
            } else if (term instanceof Expr.Sum(List<Expr> inner)) {
                rest.addAll(inner);
            } else {
                rest.add(term);
            }
        }
        if (!number.isZero() || rest.isEmpty()) {
            rest.add(of(number));
        }
        return rest.size() == 1 ? rest.getFirst() : new Expr.Sum(rest);
    }

    static Expr negate(Expr a) {
        return rational(a).map(value -> of(value.negate())).orElseGet(() -> new Expr.Negation(a));
    }

    static Expr times(Expr a, Expr b) {
        Optional<Rational> one = rational(a);
        Optional<Rational> other = rational(b);
        if (one.isPresent() && other.isPresent()) {
            return of(one.get().times(other.get()));
        }
        if (one.isPresent() && (one.get().isZero() || one.get().equals(Rational.ONE))) {
            return one.get().isZero() ? ZERO : b;
        }
        if (other.isPresent() && (other.get().isZero() || other.get().equals(Rational.ONE))) {
            return other.get().isZero() ? ZERO : a;
        }
        List<Expr> factors = new ArrayList<>(Trees.factors(a));
        factors.addAll(Trees.factors(b));
        return new Expr.Product(factors);
    }

    static Expr dividedBy(Expr a, Expr b) {
        Optional<Rational> one = rational(a);
        Optional<Rational> other = rational(b);
        return one.isPresent() && other.isPresent() && !other.get().isZero()
                ? of(one.get().dividedBy(other.get()))
                : new Expr.Quotient(a, b);
    }
}
