package phifleet.equations.exact;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Constant;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;

/**
 * Expressions into normal form. One object a request.
 *
 * <p>{@link #normalize} throws {@link TooComplex} where there is no rule or the form would grow too large, and {@link Budget.Spent} where
 * the budget ends.
 */
public final class Normalizer {
    private final FractionField field;
    private final Powers powers;
    private final Functions functions;

    public Normalizer(Domain domain, Budget budget) {
        this.field = new FractionField(budget);
        this.powers = new Powers(field, domain);
        this.functions = new Functions(field, domain, powers);
    }

    /** The normal form of {@code expr}. */
    public Fraction normalize(Expr expr) {
        field.budget().spend(1);
        return switch (expr) {
            case Expr.Num number -> Fraction.of(Rational.of(number.value()));
            case Constant constant -> constant(constant);
            case Symbol symbol -> Fraction.of(new Kernel.Named(symbol.plain().name()));
            case Expr.Sum sum -> {
                Fraction total = Fraction.ZERO;
                for (Expr term : sum.terms()) {
                    total = field.plus(total, normalize(term));
                }
                yield total;
            }
            case Expr.Product product -> {
                Fraction total = Fraction.ONE;
                for (Expr factor : product.factors()) {
                    total = field.times(total, normalize(factor));
                }
                yield total;
            }
            case Expr.Quotient quotient ->
                field.dividedBy(normalize(quotient.numerator()), normalize(quotient.denominator()));
            case Expr.Power power -> powers.power(normalize(power.base()), normalize(power.exponent()));
            case Expr.Negation negation -> normalize(negation.operand()).negate();
            case Expr.Call call -> functions.apply(call.function(), normalizeAll(call.arguments()));
            case Expr.Application application ->
                applied(application.head().plain().name(), normalizeAll(application.arguments()));
            case Expr.Derivative derivative -> derivative(derivative);
            case Expr.VectorProduct product -> vectorProduct(product);
            case Expr.Nabla nabla -> applied("nabla " + nabla.kind(), List.of(normalize(nabla.operand())));
            case Expr.PlusMinus either ->
                applied(either.upperIsPlus() ? "±" : "∓", List.of(normalize(either.operand())));
            case Expr.Integral integral -> closed("integral " + shape(integral.ranges()), integral);
            case Expr.Series series -> closed(series.kind() + shape(List.of(series.index())), series);
            case Expr.Limit limit -> closed("limit " + limit.side(), limit);
            case Expr.Quantity _ -> throw new TooComplex("a quantity with a unit");
            case Expr.Matrix _ -> throw new TooComplex("matrices");
            case Expr.Piecewise _ -> throw new TooComplex("a case distinction");
        };
    }

    /** Whether {@code fraction} is seen to be 0 wherever it is defined. */
    public boolean isZero(Fraction fraction) {
        return field.isZero(fraction);
    }

    /** The number a + b√5 that {@code number} is, where it is one. */
    public Optional<Sqrt5> asSqrt5(Fraction number) {
        if (!number.isNumber()) {
            return Optional.empty();
        }
        Optional<Sqrt5> value = RootsOfUnity.asSqrt5(number.numerator(), field.budget());
        for (Fraction.Divisor divisor : number.divisors().values()) {
            Optional<Sqrt5> below = RootsOfUnity.asSqrt5(divisor.polynomial(), field.budget());
            if (value.isEmpty() || below.isEmpty()) {
                return Optional.empty();
            }
            for (int i = 0; i < divisor.times(); i++) {
                value = value.map(v -> v.times(below.get().reciprocal()));
            }
        }
        return value;
    }

    /** The normal form of {@code left − right}. */
    public Fraction difference(Expr left, Expr right) {
        return field.minus(normalize(left), normalize(right));
    }

    /**
     * What {@code name} equals where {@code zero} is 0, for a name that stands linearly in it and inside no function.
     *
     * @throws TooComplex where the expression grows too large
     */
    public Optional<Fraction> solveLinear(Fraction zero, String name) {
        Kernel unknown = Kernel.named(name);
        Polynomial slope = Polynomial.ZERO;
        Polynomial rest = Polynomial.ZERO;
        Monomial.Term inverse = Contents.monomial(zero.numerator()).power(Rational.MINUS_ONE);
        for (Map.Entry<Monomial, Rational> term :
                zero.numerator().times(inverse).terms().entrySet()) {
            Rational exponent = term.getKey().exponent(unknown);
            Monomial others = term.getKey().only(kernel -> !kernel.equals(unknown));
            Set<String> inside = new HashSet<>();
            others.factors().forEach(factor -> Names.collect(factor.kernel(), inside));
            if (inside.contains(name) || !(exponent.isZero() || exponent.equals(Rational.ONE))) {
                return Optional.empty();
            }
            Polynomial part = Polynomial.of(term.getValue(), others);
            if (exponent.isZero()) {
                rest = rest.plus(part);
            } else {
                slope = slope.plus(part);
            }
        }
        return slope.isZero()
                ? Optional.empty()
                : Optional.of(field.dividedBy(Fraction.of(rest).negate(), Fraction.of(slope)));
    }

    FractionField field() {
        return field;
    }

    private static Fraction constant(Constant constant) {
        return switch (constant) {
            case I -> Powers.imaginaryUnit();
            case GOLDEN -> Fraction.of(Polynomial.of(Rational.HALF).plus(Polynomial.of(Rational.HALF, Sqrt5.ROOT)));
            case PI, E -> Fraction.of(new Kernel.MathConstant(constant));
            case INFINITY -> throw new TooComplex("infinity is no number");
        };
    }

    private List<Fraction> normalizeAll(List<Expr> exprs) {
        return exprs.stream().map(this::normalize).toList();
    }

    private static Fraction applied(String head, List<Fraction> arguments) {
        return Fraction.of(Kernel.Applied.of(head, arguments));
    }

    private Fraction derivative(Expr.Derivative derivative) {
        List<Fraction> parts = new ArrayList<>();
        StringBuilder head = new StringBuilder("derivative");
        for (Expr.Derivative.By by : derivative.variables()) {
            head.append(' ').append(by.order());
            parts.add(normalize(by.variable()));
        }
        parts.addFirst(normalize(derivative.operand()));
        return applied(head.toString(), parts);
    }

    private Fraction vectorProduct(Expr.VectorProduct product) {
        Fraction left = normalize(product.left());
        Fraction right = normalize(product.right());
        boolean swap = left.key().compareTo(right.key()) > 0;
        Fraction kernel = applied(product.kind().name(), swap ? List.of(right, left) : List.of(left, right));
        return swap && product.kind() == Expr.VectorProduct.Kind.CROSS ? kernel.negate() : kernel;
    }

    private Fraction closed(String head, Expr expr) {
        return applied(head, normalizeAll(Trees.children(expr)));
    }

    /** Which bounds are given, so that an open range is not taken for a bounded one. */
    private static String shape(List<Expr.Range> ranges) {
        StringBuilder shape = new StringBuilder();
        for (Expr.Range range : ranges) {
            shape.append(range.lower() == null ? '-' : 'l').append(range.upper() == null ? '-' : 'u');
        }
        return shape.toString();
    }
}
