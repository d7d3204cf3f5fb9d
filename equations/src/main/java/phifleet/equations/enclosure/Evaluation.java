package phifleet.equations.enclosure;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.budget.Budget;

/**
 * An expression in real numbers of one {@link Field}. Throws {@link Unbounded} where there is no real value, none that can be bounded, or no
 * rule.
 *
 * <p>Integrals, limits and series inside are numbers of their own: they may depend on what is constant here, not on the variable.
 */
final class Evaluation<T> {
    /** The largest n of which n! is taken. */
    private static final int MAX_FACTORIAL = 170;

    private final Field<T> field;
    private final Map<String, T> values;
    private final Analysis analysis;
    private final Budget budget;

    /**
     * In an environment.
     *
     * @param values of the symbols, by plain name
     * @param analysis what evaluates integrals, limits and series
     */
    Evaluation(Field<T> field, Map<String, T> values, Analysis analysis, Budget budget) {
        this.field = field;
        this.values = values;
        this.analysis = analysis;
        this.budget = budget;
    }

    T of(Expr expr) {
        budget.spend(4);
        return switch (expr) {
            case Expr.Num number -> field.constant(Field.number(number.value()));
            case Expr.Constant constant -> field.constant(constant(constant));
            case Symbol symbol -> symbol(symbol);
            case Expr.Sum(List<Expr> terms) -> {
                T total = of(terms.getFirst());
                for (Expr term : terms.subList(1, terms.size())) {
                    total = field.plus(total, of(term));
                }
                yield total;
            }
            case Expr.Product(List<Expr> factors) -> {
                T total = of(factors.getFirst());
                for (Expr factor : factors.subList(1, factors.size())) {
                    total = field.times(total, of(factor));
                }
                yield total;
            }
            case Expr.Quotient(Expr above, Expr below) -> field.dividedBy(of(above), of(below));
            case Expr.Power(Expr base, Expr exponent) -> power(base, of(exponent));
            case Expr.Negation(Expr operand) -> field.negate(of(operand));
            case Expr.Call call -> call(call);
            case Expr.Integral _, Expr.Limit _, Expr.Series _ ->
                field.constant(analysis.value(expr, constants(), budget));
            case Expr.Quantity _,
                    Expr.PlusMinus _,
                    Expr.Application _,
                    Expr.Derivative _,
                    Expr.Nabla _,
                    Expr.VectorProduct _,
                    Expr.Matrix _,
                    Expr.Piecewise _ -> throw new Unbounded("no real function");
        };
    }

    /** What does not depend on the variable; the rest is unknown to an inner integral. */
    private Map<String, Bounds> constants() {
        Map<String, Bounds> constants = new HashMap<>();
        values.forEach((name, value) -> {
            if (field.isConstant(value)) {
                constants.put(name, field.value(value));
            }
        });
        return constants;
    }

    private T symbol(Symbol symbol) {
        T value = values.get(symbol.plain().name());
        if (value == null || symbol.vector()) {
            throw new Unbounded("the symbol " + symbol.name());
        }
        return value;
    }

    private static Bounds constant(Expr.Constant constant) {
        return switch (constant) {
            case PI -> Bounds.PI;
            case E -> Bounds.E;
            case GOLDEN -> Bounds.ONE.plus(Bounds.point(5).sqrt()).dividedBy(Bounds.point(2));
            case I, INFINITY -> throw new Unbounded("no real number");
        };
    }

    private T power(Expr base, T exponent) {
        if (field.isConstant(exponent)) {
            Bounds value = field.value(exponent);
            if (value.isPoint() && value.low() == Math.rint(value.low()) && Math.abs(value.low()) < 1_000) {
                return field.power(of(base), (int) value.low());
            }
            if (value.isPoint() && value.low() == 0.5) {
                return field.sqrt(of(base));
            }
        }
        return base == Expr.Constant.E ? field.exp(exponent) : field.power(of(base), exponent);
    }

    private T number(double value) {
        return field.constant(Bounds.point(value));
    }

    private T reciprocal(T x) {
        return field.dividedBy(number(1), x);
    }

    private T call(Expr.Call call) {
        T x = of(call.argument());
        return switch (call.function()) {
            case SIN -> field.sin(x);
            case COS -> field.cos(x);
            case TAN -> field.dividedBy(field.sin(x), field.cos(x));
            case COT -> field.dividedBy(field.cos(x), field.sin(x));
            case SEC -> reciprocal(field.cos(x));
            case CSC -> reciprocal(field.sin(x));
            case ASIN -> field.asin(x);
            case ACOS -> field.plus(field.constant(Bounds.PI.times(Bounds.point(0.5))), field.negate(field.asin(x)));
            case ATAN -> field.atan(x);
            case SINH -> half(field.plus(field.exp(x), field.negate(field.exp(field.negate(x)))));
            case COSH -> half(field.plus(field.exp(x), field.exp(field.negate(x))));
            case TANH -> tanh(x);
            case COTH -> reciprocal(tanh(x));
            case SECH -> reciprocal(half(field.plus(field.exp(x), field.exp(field.negate(x)))));
            case CSCH -> reciprocal(half(field.plus(field.exp(x), field.negate(field.exp(field.negate(x))))));
            case ATANH ->
                half(field.log(field.dividedBy(
                        field.plus(number(1), x), field.plus(number(1), field.negate(x)))));
            case ASINH -> field.log(field.plus(x, field.sqrt(field.plus(field.times(x, x), number(1)))));
            case ACOSH -> field.log(field.plus(x, field.sqrt(field.plus(field.times(x, x), number(-1)))));
            case EXP -> field.exp(x);
            case LOG ->
                call.arguments().size() == 1
                        ? field.log(x)
                        : field.dividedBy(field.log(x), field.log(of(call.arguments().get(1))));
            case SQRT -> field.sqrt(x);
            case ROOT -> field.power(x, reciprocal(of(call.arguments().get(1))));
            case ABS, NORM -> field.abs(x);
            case FACTORIAL -> factorial(integer(x));
            case GAMMA -> factorial(integer(x) - 1);
            case BINOMIAL -> {
                int n = integer(x);
                int k = integer(of(call.arguments().get(1)));
                yield k > n || k < 0
                        ? number(0)
                        : field.dividedBy(factorial(n), field.times(factorial(k), factorial(n - k)));
            }
            default -> throw new Unbounded("no rule for " + call.function().spelling());
        };
    }

    private T half(T x) {
        return field.times(number(0.5), x);
    }

    /** By the exponential that does not grow. */
    private T tanh(T x) {
        boolean negative = field.value(x).high() < 0;
        T small = field.exp(field.times(number(negative ? 2 : -2), x));
        T value = field.dividedBy(field.plus(number(1), field.negate(small)), field.plus(number(1), small));
        return negative ? field.negate(value) : value;
    }

    private int integer(T x) {
        Bounds value = field.value(x);
        if (!field.isConstant(x) || !value.isPoint() || value.low() != Math.rint(value.low())) {
            throw new Unbounded("no integer");
        }
        return (int) value.low();
    }

    private T factorial(int n) {
        if (n < 0 || n > MAX_FACTORIAL) {
            throw new Unbounded("a factorial out of reach");
        }
        Bounds product = Bounds.ONE;
        for (int k = 2; k <= n; k++) {
            product = product.times(Bounds.point(k));
        }
        return field.constant(product);
    }
}
