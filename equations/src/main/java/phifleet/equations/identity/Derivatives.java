package phifleet.equations.identity;

import java.util.ArrayList;
import java.util.List;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Constant;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;

/**
 * Carries out derivatives of explicit expressions: {@code d/dx (a x²)} becomes {@code 2 a x}.
 *
 * <p>Symbols other than the variable are constants where the variable itself stands in the operand; {@code dx/dt} and derivatives of unknown
 * functions stay as they are.
 */
public final class Derivatives {
    private static final Num ZERO = Num.of(0);
    private static final Num ONE = Num.of(1);
    private static final Num TWO = Num.of(2);
    /** The highest order that is carried out. */
    private static final int MAX_ORDER = 4;
    /** Nodes of a derivative, at most: each order multiplies them. */
    private static final int MAX_NODES = 4_000;

    private final Symbol variable;
    private final Budget budget;

    private Derivatives(Symbol variable, Budget budget) {
        this.variable = variable;
        this.budget = budget;
    }

    /** {@code expr} with all derivatives carried out that can be. */
    public static Expr carryOut(Expr expr, Budget budget) {
        return Trees.rewrite(
                expr, node -> node instanceof Expr.Derivative derivative ? tried(derivative, budget) : node);
    }

    private static Expr tried(Expr.Derivative derivative, Budget budget) {
        Expr operand = derivative.operand();
        for (Expr.Derivative.By by : derivative.variables()) {
            boolean explicit = by.variable() instanceof Symbol symbol
                    && Trees.symbols(operand).contains(symbol)
                    && (!(operand instanceof Symbol) || operand.equals(symbol));
            if (!explicit || derivative.order() > MAX_ORDER) {
                return derivative;
            }
        }
        try {
            Expr result = operand;
            for (Expr.Derivative.By by : derivative.variables()) {
                for (int i = 0; i < by.order(); i++) {
                    result = new Derivatives((Symbol) by.variable(), budget).of(result);
                    if (Trees.nodeCount(result) > MAX_NODES || Trees.depth(result) > Trees.MAX_DEPTH) {
                        return derivative;
                    }
                }
            }
            return result;
        } catch (Unsupported e) {
            return derivative;
        }
    }

    private Expr of(Expr expr) {
        budget.spend(1);
        return switch (expr) {
            case Num _, Constant _ -> ZERO;
            case Symbol symbol -> symbol.equals(variable) ? ONE : ZERO;
            case Expr.Sum sum -> sum(sum.terms().stream().map(this::of).toList());
            case Expr.Product product -> ofProduct(product.factors());
            case Expr.Quotient quotient -> {
                Expr top = quotient.numerator();
                Expr bottom = quotient.denominator();
                Expr numerator = sum(List.of(times(of(top), bottom), negate(times(top, of(bottom)))));
                yield numerator.equals(ZERO) ? ZERO : new Expr.Quotient(numerator, new Expr.Power(bottom, TWO));
            }
            case Expr.Power power -> ofPower(power);
            case Expr.Negation negation -> negate(of(negation.operand()));
            case Call call -> ofCall(call);
            case Expr.Quantity _,
                    Expr.PlusMinus _,
                    Expr.Application _,
                    Expr.Derivative _,
                    Expr.Integral _,
                    Expr.Series _,
                    Expr.Limit _,
                    Expr.Nabla _,
                    Expr.VectorProduct _,
                    Expr.Matrix _,
                    Expr.Piecewise _ -> throw new Unsupported("a derivative of this");
        };
    }

    private Expr ofProduct(List<Expr> factors) {
        List<Expr> terms = new ArrayList<>();
        for (int i = 0; i < factors.size(); i++) {
            Expr inner = of(factors.get(i));
            if (!inner.equals(ZERO)) {
                List<Expr> product = new ArrayList<>(factors);
                product.set(i, inner);
                terms.add(product.stream().reduce(ONE, Derivatives::times));
            }
        }
        return sum(terms);
    }

    private Expr ofPower(Expr.Power power) {
        Expr base = power.base();
        Expr exponent = power.exponent();
        Expr inner = of(base);
        Expr outer = of(exponent);
        Expr byBase = inner.equals(ZERO)
                ? ZERO
                : times(times(exponent, new Expr.Power(base, sum(List.of(exponent, new Expr.Negation(ONE))))), inner);
        Expr byExponent = outer.equals(ZERO) ? ZERO : times(times(power, Call.of(Function.LOG, base)), outer);
        return sum(List.of(byBase, byExponent));
    }

    private Expr ofCall(Call call) {
        if (call.arguments().stream().allMatch(argument -> of(argument).equals(ZERO))) {
            return ZERO;
        }
        if (call.arguments().size() != 1) {
            throw new Unsupported("a derivative of this");
        }
        Expr x = call.argument();
        return times(outer(call.function(), x, call), of(x));
    }

    private static Expr outer(Function function, Expr x, Expr call) {
        Expr square = new Expr.Power(x, TWO);
        return switch (function) {
            case SIN -> Call.of(Function.COS, x);
            case COS -> negate(Call.of(Function.SIN, x));
            case TAN -> over(ONE, new Expr.Power(Call.of(Function.COS, x), TWO));
            case COT -> negate(over(ONE, new Expr.Power(Call.of(Function.SIN, x), TWO)));
            case SEC -> times(call, Call.of(Function.TAN, x));
            case CSC -> negate(times(call, Call.of(Function.COT, x)));
            case SINH -> Call.of(Function.COSH, x);
            case COSH -> Call.of(Function.SINH, x);
            case TANH -> over(ONE, new Expr.Power(Call.of(Function.COSH, x), TWO));
            case COTH -> negate(over(ONE, new Expr.Power(Call.of(Function.SINH, x), TWO)));
            case ASIN -> over(ONE, root(sum(List.of(ONE, negate(square)))));
            case ACOS -> negate(over(ONE, root(sum(List.of(ONE, negate(square))))));
            case ATAN -> over(ONE, sum(List.of(ONE, square)));
            case ASINH -> over(ONE, root(sum(List.of(square, ONE))));
            case ACOSH -> over(ONE, times(root(sum(List.of(x, negate(ONE)))), root(sum(List.of(x, ONE)))));
            case ATANH -> over(ONE, sum(List.of(ONE, negate(square))));
            case EXP -> call;
            case LOG -> over(ONE, x);
            case SQRT -> over(ONE, times(TWO, call));
            case ERF -> over(times(TWO, Call.of(Function.EXP, negate(square))), Call.of(Function.SQRT, Constant.PI));
            case GAMMA -> times(call, Call.of(Function.DIGAMMA, x));
            case LOG_GAMMA -> Call.of(Function.DIGAMMA, x);
            case ACOT,
                    ASEC,
                    ACSC,
                    SECH,
                    CSCH,
                    ACOTH,
                    ASECH,
                    ACSCH,
                    ATAN2,
                    ROOT,
                    ABS,
                    NORM,
                    SIGN,
                    FLOOR,
                    CEILING,
                    MIN,
                    MAX,
                    MOD,
                    RE,
                    IM,
                    ARG,
                    CONJUGATE,
                    FACTORIAL,
                    DOUBLE_FACTORIAL,
                    BINOMIAL,
                    RISING_FACTORIAL,
                    FALLING_FACTORIAL,
                    DIGAMMA,
                    BETA,
                    ZETA,
                    ERFC,
                    LAMBERT_W,
                    SINC,
                    BESSEL_J,
                    BESSEL_Y,
                    BESSEL_I,
                    BESSEL_K,
                    HEAVISIDE,
                    DIRAC_DELTA,
                    KRONECKER_DELTA,
                    AVERAGE,
                    CHANGE,
                    DIFFERENTIAL,
                    VARIATION,
                    ORDER,
                    DETERMINANT,
                    TRACE,
                    TRANSPOSE,
                    RANK,
                    NULLITY,
                    TENSOR,
                    OMITTED,
                    EXPECTATION,
                    VARIANCE,
                    COVARIANCE,
                    PROBABILITY,
                    GIVEN,
                    INTERSECTION,
                    UNION -> throw new Unsupported("a derivative of " + function.spelling());
        };
    }

    private static Expr root(Expr x) {
        return Call.of(Function.SQRT, x);
    }

    private static Expr over(Expr a, Expr b) {
        return new Expr.Quotient(a, b);
    }

    private static Expr negate(Expr x) {
        return x.equals(ZERO) ? ZERO : new Expr.Negation(x);
    }

    private static Expr sum(List<Expr> terms) {
        List<Expr> kept = new ArrayList<>();
        for (Expr term : terms) {
            if (term instanceof Expr.Sum inner) {
                kept.addAll(inner.terms());
            } else if (!term.equals(ZERO)) {
                kept.add(term);
            }
        }
        return kept.isEmpty() ? ZERO : kept.size() == 1 ? kept.getFirst() : new Expr.Sum(kept);
    }

    private static Expr times(Expr a, Expr b) {
        if (a.equals(ZERO) || b.equals(ZERO)) {
            return ZERO;
        }
        if (a.equals(ONE)) {
            return b;
        }
        if (b.equals(ONE)) {
            return a;
        }
        List<Expr> factors = new ArrayList<>(a instanceof Expr.Product p ? p.factors() : List.of(a));
        factors.addAll(b instanceof Expr.Product p ? p.factors() : List.of(b));
        return new Expr.Product(factors);
    }
}
