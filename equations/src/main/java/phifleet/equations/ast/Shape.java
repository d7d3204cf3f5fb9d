package phifleet.equations.ast;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Constant;
import phifleet.equations.ast.Expr.Derivative;
import phifleet.equations.ast.Expr.Negation;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Product;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.ast.Expr.Sum;
import phifleet.equations.ast.Expr.Symbol;

/**
 * One tree for the many spellings of the same arithmetic, without computing anything: products and quotients in each
 * other become one fraction ({@code \frac{1}{2} m v^2} and {@code m*v^2/2}), signs move outside it, powers with a
 * negative number go below the line, {@code x^{1/2}} is a root, {@code e^{x}} is {@code exp(x)}, and how a vector or a
 * partial derivative was marked is forgotten. The order of terms and factors stays.
 */
public final class Shape {
    private Shape() {}

    public static Statement of(Statement statement) {
        return Trees.mapSides(statement, Shape::of);
    }

    public static Expr of(Expr expr) {
        return Trees.rewrite(expr, Shape::shape);
    }

    private static Expr shape(Expr expr) {
        return switch (expr) {
            case Symbol symbol -> symbol.plain();
            case Expr.Application(Symbol head, List<Expr> arguments) -> new Expr.Application(head.plain(), arguments);
            case Negation(Negation(Expr inner)) -> inner;
            case Sum(List<Expr> terms) -> new Sum(flat(terms));
            case Negation _, Product _, Quotient _ -> fraction(expr);
            case Power power -> power(power);
            case Derivative(Expr operand, List<Derivative.By> by, boolean _) ->
                new Derivative(
                        operand,
                        by,
                        by.size() > 1
                                || (operand instanceof Expr.Application application
                                        && application.arguments().size() > 1));
            default -> expr;
        };
    }

    private static List<Expr> flat(List<Expr> terms) {
        List<Expr> flat = new ArrayList<>();
        for (Expr term : terms) {
            if (term instanceof Sum(List<Expr> inner)) {
                flat.addAll(inner);
            } else {
                flat.add(term);
            }
        }
        return flat;
    }

    private static Expr power(Power power) {
        boolean half = power.exponent() instanceof Quotient(Num one, Num two) && one.is(1) && two.is(2);
        boolean decimalHalf = power.exponent() instanceof Num n && n.value().compareTo(new BigDecimal("0.5")) == 0;
        if (half || decimalHalf) {
            return Call.of(Function.SQRT, power.base());
        }
        if (power.base() == Constant.E) {
            return Call.of(Function.EXP, power.exponent());
        }
        return power.exponent() instanceof Negation(Num _) ? fraction(power) : power;
    }

    private static Expr fraction(Expr expr) {
        List<Expr> above = new ArrayList<>();
        List<Expr> below = new ArrayList<>();
        boolean negative = collect(expr, above, below, false);
        above.removeIf(factor -> factor instanceof Num n && n.is(1) && n.isInteger());
        below.removeIf(factor -> factor instanceof Num n && n.is(1) && n.isInteger());
        Expr whole = below.isEmpty() ? product(above) : new Quotient(product(above), product(below));
        return negative ? new Negation(whole) : whole;
    }

    /** Sorts the factors; returns whether their signs make a minus. */
    private static boolean collect(Expr expr, List<Expr> above, List<Expr> below, boolean negative) {
        return switch (expr) {
            case Negation(Expr operand) -> collect(operand, above, below, !negative);
            case Product(List<Expr> factors) -> {
                boolean sign = negative;
                for (Expr factor : factors) {
                    sign = collect(factor, above, below, sign);
                }
                yield sign;
            }
            case Quotient(Expr numerator, Expr denominator) ->
                collect(denominator, below, above, collect(numerator, above, below, negative));
            case Power(Expr base, Negation(Num n)) -> {
                below.add(n.is(1) ? base : new Power(base, n));
                yield negative;
            }
            default -> {
                above.add(expr);
                yield negative;
            }
        };
    }

    private static Expr product(List<Expr> factors) {
        return switch (factors.size()) {
            case 0 -> Num.of(1);
            case 1 -> factors.getFirst();
            default -> new Product(factors);
        };
    }
}
