package phifleet.equations.calculus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Negation;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Product;
import phifleet.equations.ast.Expr.Range;
import phifleet.equations.ast.Expr.Series;
import phifleet.equations.ast.Expr.Sum;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;
import phifleet.equations.exact.Domain;
import phifleet.equations.exact.Normalizer;
import phifleet.equations.exact.Rational;
import phifleet.equations.exact.TooComplex;

/**
 * What dots stand for in a sum or product. The last term says how the others are made, {@code x^n} behind {@code 1 + x + x² + …}: with numbers
 * for its letter it has to give those that are written. Numbers alone are continued by their difference or ratio, and behind the last dots by
 * that of what they are one over. Where no rule gives all that is written, the dots stay.
 */
public final class OmittedTerms {
    /** Letters that count. */
    private static final Set<String> COUNTS = Set.of("n", "N", "m", "M", "k", "K", "p", "r", "j", "l", "d");

    private static final List<String> INDICES = List.of("k", "j", "i", "l", "q");
    private static final int LAST_START = 2;
    private static final int FEWEST_NUMBERS = 3;
    /** Terms of a row whose ratio is constant, at most. */
    private static final int MAX_TERMS = 1_400;

    private static final long STEPS = 20_000;

    private final Normalizer normalizer;
    private final Symbol index;

    private OmittedTerms(Normalizer normalizer, Symbol index) {
        this.normalizer = normalizer;
        this.index = index;
    }

    /** Whether dots stand in it. */
    public static boolean areIn(Relation relation) {
        return Trees.any(relation, OmittedTerms::isDots);
    }

    static boolean isDots(Expr node) {
        return node instanceof Call call && call.function() == Function.OMITTED;
    }

    /** The relation with sums and products over an index where dots stood and what they stand for is told. */
    public static Relation resolved(Relation relation, Budget budget) {
        SortedSet<String> names = new TreeSet<>();
        Trees.symbols(relation).forEach(symbol -> names.add(symbol.base()));
        String free = INDICES.stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .orElse("k_");
        Normalizer normalizer = new Normalizer(new Domain(Set.of(), Set.of(), false, false), budget.part(STEPS));
        OmittedTerms terms = new OmittedTerms(normalizer, Symbol.of(free));
        return (Relation) Trees.mapSides(relation, side -> Trees.rewrite(side, terms::resolved));
    }

    private Expr resolved(Expr node) {
        try {
            return switch (node) {
                case Sum(List<Expr> terms) -> series(Series.Kind.SUM, terms).orElse(node);
                case Product(List<Expr> factors) ->
                    series(Series.Kind.PRODUCT, factors).orElse(node);
                default -> node;
            };
        } catch (TooComplex | ArithmeticException e) {
            return node;
        } catch (Budget.Spent e) {
            // Its own part alone may be spent; where all is, the next stage ends.
            return node;
        }
    }

    private Optional<Expr> series(Series.Kind kind, List<Expr> parts) {
        int dots = -1;
        for (int i = 0; i < parts.size(); i++) {
            Expr part = parts.get(i) instanceof Negation(Expr inner) ? inner : parts.get(i);
            if (isDots(part)) {
                if (dots >= 0) {
                    return Optional.empty();
                }
                dots = i;
            }
        }
        if (dots < 1 || (dots + 2 < parts.size() && kind == Series.Kind.PRODUCT)) {
            return Optional.empty();
        }
        List<Expr> first = parts.subList(0, dots);
        List<Expr> behind = parts.subList(dots + 1, parts.size());
        // A sum in brackets, (2n - 1), stands there as its terms.
        return behind.isEmpty()
                ? endless(kind, first)
                : upTo(kind, first, behind.size() == 1 ? behind.getFirst() : new Sum(behind));
    }

    private Optional<Expr> upTo(Series.Kind kind, List<Expr> first, Expr last) {
        for (Expr count : counts(last)) {
            for (int start = 0; start <= LAST_START; start++) {
                if (gives(last, count, start, first)) {
                    Expr body = with(last, count, index);
                    return Optional.of(new Series(kind, body, new Range(index, Num.of(start), count)));
                }
            }
        }
        return numbers(kind, first, last);
    }

    /** The letters whose number the last term could have. */
    private static List<Expr> counts(Expr last) {
        Set<Expr> counts = new java.util.LinkedHashSet<>();
        Trees.symbols(last).forEach(symbol -> {
            if (COUNTS.contains(symbol.name())) {
                counts.add(symbol);
            }
            if (COUNTS.contains(symbol.subscript())) {
                counts.add(Symbol.of(symbol.subscript()));
            }
        });
        return List.copyOf(counts);
    }

    private boolean gives(Expr last, Expr count, int start, List<Expr> first) {
        for (int i = 0; i < first.size(); i++) {
            if (!isSame(with(last, count, Num.of(start + i)), first.get(i))) {
                return false;
            }
        }
        return first.size() > 1 || !isSame(with(last, count, Num.of(start + 1L)), first.getFirst());
    }

    private boolean isSame(Expr a, Expr b) {
        return normalizer.isZero(normalizer.difference(a, b));
    }

    /** The term with {@code value} for its letter, in an index too. */
    private static Expr with(Expr term, Expr count, Expr value) {
        String name = ((Symbol) count).name();
        String shown = value instanceof Num number ? number.value().toPlainString() : ((Symbol) value).name();
        return Trees.rewrite(term, node -> switch (node) {
            case Symbol symbol when symbol.equals(count) -> value;
            case Symbol symbol
            when symbol.subscript().equals(name) -> new Symbol(symbol.base(), shown, symbol.mark(), symbol.vector());
            default -> node;
        });
    }

    /** {@code 1 + 2 + … + 100}, {@code 1 + 2 + 4 + … + 512}. */
    private Optional<Expr> numbers(Series.Kind kind, List<Expr> first, Expr last) {
        List<Rational> values = values(first);
        Rational end = value(last);
        if (values.size() < 2 || end == null) {
            return Optional.empty();
        }
        Rational step = values.get(1).minus(values.get(0));
        if (isArithmetic(values) && !step.isZero()) {
            Rational count = end.minus(values.getFirst()).dividedBy(step);
            if (count.isInteger() && count.signum() > 0) {
                return Optional.of(row(kind, linear(values.getFirst(), step), Num.of(count.numerator())));
            }
        }
        if (isGeometric(values)) {
            Rational ratio = values.get(1).dividedBy(values.get(0));
            boolean growing = ratio.abs().compareTo(Rational.ONE) > 0;
            Rational reached = values.getFirst();
            for (int i = 1; i < MAX_TERMS && isBefore(reached, end, growing); i++) {
                reached = reached.times(ratio);
                if (reached.equals(end)) {
                    return Optional.of(row(kind, power(values.getFirst(), ratio), Num.of(i)));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isBefore(Rational reached, Rational end, boolean growing) {
        int order = reached.abs().compareTo(end.abs());
        return growing ? order < 0 : order > 0;
    }

    private Optional<Expr> endless(Series.Kind kind, List<Expr> first) {
        List<Rational> values = values(first);
        if (values.size() < FEWEST_NUMBERS || kind == Series.Kind.PRODUCT) {
            return Optional.empty();
        }
        if (isGeometric(values)) {
            Rational ratio = values.get(1).dividedBy(values.get(0));
            return ratio.abs().compareTo(Rational.ONE) < 0
                    ? Optional.of(row(kind, power(values.getFirst(), ratio), Expr.Constant.INFINITY))
                    : Optional.empty();
        }
        boolean alternating = true;
        boolean positive = true;
        List<Rational> below = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).isZero()) {
                return Optional.empty();
            }
            alternating &= values.get(i).signum() == (i % 2 == 0 ? 1 : -1);
            positive &= values.get(i).signum() > 0;
            below.add(values.get(i).abs().reciprocal());
        }
        if (!alternating && !positive) {
            return Optional.empty();
        }
        Expr sign = positive ? null : new Expr.Power(new Negation(Num.of(1)), index);
        return denominator(below)
                .map(under -> new Expr.Quotient(sign == null ? Num.of(1) : sign, under))
                .map(body -> row(kind, body, Expr.Constant.INFINITY));
    }

    /** What 1 is divided by in the term of an index. */
    private Optional<Expr> denominator(List<Rational> below) {
        if (isArithmetic(below)) {
            return Optional.of(linear(below.get(0), below.get(1).minus(below.get(0))));
        }
        List<Rational> roots = new ArrayList<>();
        below.forEach(value -> value.sqrt().ifPresent(roots::add));
        if (roots.size() == below.size() && isArithmetic(roots)) {
            Expr root = linear(roots.get(0), roots.get(1).minus(roots.get(0)));
            return Optional.of(new Expr.Power(root, Num.of(2)));
        }
        Rational factorial = Rational.ONE;
        for (int i = 0; i < below.size(); i++) {
            factorial = i == 0 ? factorial : factorial.times(Rational.of(i));
            if (!factorial.equals(below.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(Call.of(Function.FACTORIAL, index));
    }

    private Expr row(Series.Kind kind, Expr body, Expr end) {
        return new Series(kind, body, new Range(index, Num.of(0), end));
    }

    private Expr linear(Rational first, Rational step) {
        return new Sum(List.of(number(first), new Product(List.of(number(step), index))));
    }

    private Expr power(Rational first, Rational ratio) {
        return new Product(List.of(number(first), new Expr.Power(number(ratio), index)));
    }

    private static Expr number(Rational value) {
        Expr whole = Num.of(value.numerator().abs());
        Expr size = value.isInteger() ? whole : new Expr.Quotient(whole, Num.of(value.denominator()));
        return value.signum() < 0 ? new Negation(size) : size;
    }

    private List<Rational> values(List<Expr> terms) {
        List<Rational> values = new ArrayList<>();
        for (Expr term : terms) {
            Rational value = value(term);
            if (value == null) {
                return List.of();
            }
            values.add(value);
        }
        return values;
    }

    private @Nullable Rational value(Expr term) {
        return normalizer.normalize(term).asRational().orElse(null);
    }

    private static boolean isArithmetic(List<Rational> values) {
        Rational step = values.get(1).minus(values.get(0));
        for (int i = 2; i < values.size(); i++) {
            if (!values.get(i).minus(values.get(i - 1)).equals(step)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isGeometric(List<Rational> values) {
        if (values.size() < FEWEST_NUMBERS || values.stream().anyMatch(Rational::isZero)) {
            return false;
        }
        Rational ratio = values.get(1).dividedBy(values.get(0));
        for (int i = 2; i < values.size(); i++) {
            if (!values.get(i).dividedBy(values.get(i - 1)).equals(ratio)) {
                return false;
            }
        }
        return !ratio.equals(Rational.ONE);
    }
}
