package phifleet.equations.calculus;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Constant;
import phifleet.equations.ast.Expr.Integral;
import phifleet.equations.ast.Expr.Negation;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Product;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.ast.Expr.Range;
import phifleet.equations.ast.Expr.Sum;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;

/**
 * Integrals {@code ∫_0^∞ f(t) e^{-st} dt} by the table of Laplace's transforms, for sums of powers of t, exponentials, and one sine or cosine,
 * also hyperbolic, times an exponential. They hold where s is so large that the integral converges.
 */
public final class LaplaceIntegrals {
    private static final int MAX_POWER = 20;

    private final Symbol time;
    private final Expr frequency;

    private LaplaceIntegrals(Symbol time, Expr frequency) {
        this.time = time;
        this.frequency = frequency;
    }

    /** The relation with such integrals carried out; others stay. */
    public static Relation carriedOut(Relation relation) {
        return (Relation) Trees.mapSides(relation, side -> Trees.rewrite(side, LaplaceIntegrals::carriedOut));
    }

    private static Expr carriedOut(Expr node) {
        if (!(node instanceof Integral(Expr integrand, List<Range> ranges))
                || ranges.size() != 1
                || !(ranges.getFirst().variable() instanceof Symbol time)
                || !(ranges.getFirst().lower() instanceof Num from)
                || !from.is(0)
                || !Constant.INFINITY.equals(ranges.getFirst().upper())) {
            return node;
        }
        List<Expr> factors = new ArrayList<>(Trees.factors(integrand));
        for (int i = 0; i < factors.size(); i++) {
            Expr frequency = frequency(factors.get(i), time);
            if (frequency != null) {
                factors.remove(i);
                Expr found = new LaplaceIntegrals(time, frequency).of(product(factors));
                return found == null ? node : found;
            }
        }
        return node;
    }

    /** The s of {@code e^{-st}}, a letter, or null. */
    private static @Nullable Expr frequency(Expr factor, Symbol time) {
        return factor instanceof Power(Expr base, Negation(Product(List<Expr> parts)))
                        && base.equals(Constant.E)
                        && parts.size() == 2
                        && parts.contains(time)
                        && (parts.getFirst().equals(time) ? parts.getLast() : parts.getFirst()) instanceof Symbol symbol
                        && !symbol.equals(time)
                ? symbol
                : null;
    }

    /** The transform, or null where no rule is known. */
    private @Nullable Expr of(Expr function) {
        return switch (function) {
            case Sum(List<Expr> terms) -> {
                List<Expr> all = new ArrayList<>();
                for (Expr term : terms) {
                    Expr one = of(term);
                    if (one == null) {
                        yield null;
                    }
                    all.add(one);
                }
                yield new Sum(all);
            }
            case Negation(Expr operand) -> {
                Expr one = of(operand);
                yield one == null ? null : new Negation(one);
            }
            case Quotient(Expr above, Expr below) -> {
                Expr one = holdsTime(below) ? null : of(above);
                yield one == null ? null : new Quotient(one, below);
            }
            default -> ofProduct(Trees.factors(function));
        };
    }

    private @Nullable Expr ofProduct(List<Expr> factors) {
        List<Expr> constants = new ArrayList<>();
        List<Expr> rates = new ArrayList<>(List.of(frequency));
        Call harmonic = null;
        int power = 0;
        for (Expr factor : factors) {
            Expr rate = rate(factor);
            int own = power(factor);
            if (!holdsTime(factor)) {
                constants.add(factor);
            } else if (rate != null) {
                rates.add(new Negation(rate));
            } else if (own > 0) {
                power += own;
            } else if (harmonic == null && factor instanceof Call call && linear(call.argument()) != null) {
                harmonic = call;
            } else {
                return null;
            }
        }
        Expr shifted = rates.size() == 1 ? frequency : new Sum(rates);
        Expr plain = harmonic == null
                ? ofPower(power, shifted)
                : power > 0 ? null : ofHarmonic(harmonic.function(), linear(harmonic.argument()), shifted);
        if (plain == null) {
            return null;
        }
        constants.add(plain);
        return product(constants);
    }

    private static @Nullable Expr ofPower(int power, Expr s) {
        if (power > MAX_POWER) {
            return null;
        }
        BigInteger factorial = BigInteger.ONE;
        for (int i = 2; i <= power; i++) {
            factorial = factorial.multiply(BigInteger.valueOf(i));
        }
        return new Quotient(Num.of(factorial), new Power(s, Num.of(power + 1L)));
    }

    private static @Nullable Expr ofHarmonic(Function function, @Nullable Expr rate, Expr s) {
        if (rate == null) {
            return null;
        }
        Expr square = new Power(rate, Num.of(2));
        Expr below = new Sum(List.of(new Power(s, Num.of(2)), square));
        Expr belowHyperbolic = new Sum(List.of(new Power(s, Num.of(2)), new Negation(square)));
        return switch (function) {
            case SIN -> new Quotient(rate, below);
            case COS -> new Quotient(s, below);
            case SINH -> new Quotient(rate, belowHyperbolic);
            case COSH -> new Quotient(s, belowHyperbolic);
            default -> null;
        };
    }

    /** The a of {@code e^{at}}, or null. */
    private @Nullable Expr rate(Expr factor) {
        return switch (factor) {
            case Power(Expr base, Expr exponent) when base.equals(Constant.E) -> linear(exponent);
            case Call call when call.function() == Function.EXP -> linear(call.argument());
            default -> null;
        };
    }

    /** The power of t that the factor is; 0 for any other. */
    private int power(Expr factor) {
        if (factor.equals(time)) {
            return 1;
        }
        return factor instanceof Power(Expr base, Num number) && base.equals(time)
                ? number.integer(MAX_POWER).orElse(0)
                : 0;
    }

    /** The a of {@code a t}, or null. */
    private @Nullable Expr linear(Expr expr) {
        return switch (expr) {
            case Symbol symbol -> symbol.equals(time) ? Num.of(1) : null;
            case Negation(Expr operand) -> {
                Expr inner = linear(operand);
                yield inner == null ? null : new Negation(inner);
            }
            case Quotient(Expr above, Expr below) -> {
                Expr inner = holdsTime(below) ? null : linear(above);
                yield inner == null ? null : new Quotient(inner, below);
            }
            case Product(List<Expr> factors) -> {
                List<Expr> others = new ArrayList<>(factors);
                boolean once = others.remove(time);
                yield once && others.stream().noneMatch(this::holdsTime) ? product(others) : null;
            }
            default -> null;
        };
    }

    private boolean holdsTime(Expr expr) {
        return Trees.symbols(expr).contains(time);
    }

    private static Expr product(List<Expr> factors) {
        return factors.isEmpty() ? Num.of(1) : factors.size() == 1 ? factors.getFirst() : new Product(factors);
    }
}
