package phifleet.equations.topology;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement;
import phifleet.equations.budget.Budget;

/**
 * The additive terms of a statement, as sets of symbol names.
 *
 * <p>Terms are taken as written: products and small powers of sums are multiplied out, like terms of one such expansion count once, and
 * nothing is moved across a relation or cancelled. Numbers, π, Euler's number and i are no vertices; φ is one. The index of a bounded sum
 * or integral is none, for the term does not depend on it.
 */
final class AdditiveTerms {
    /** Terms that one product is expanded to, at most; a larger one stays a single term. */
    private static final int MAX_EXPANSION = 256;
    /** The highest power of a sum that is multiplied out. */
    private static final int MAX_POWER = 8;

    private final Budget budget;
    /** Factors by number, so that monomials compare by numbers and not by trees. */
    private final Map<Expr, Integer> numbers = new HashMap<>();

    private final List<Set<String>> symbolsOf = new ArrayList<>();

    AdditiveTerms(Budget budget) {
        this.budget = budget;
    }

    List<Set<String>> of(Statement statement) {
        return switch (statement) {
            case Statement.Relation relation -> ofSides(relation.sides());
            case Statement.Bare bare -> ofSides(List.of(bare.expression()));
            case Statement.Several several ->
                several.members().stream()
                        .flatMap(member -> of(member).stream())
                        .toList();
            case Statement.Reaction reaction -> ofReaction(reaction);
        };
    }

    /** Species are the terms of a reaction, elements its symbols. */
    private static List<Set<String>> ofReaction(Statement.Reaction reaction) {
        List<Set<String>> terms = new ArrayList<>();
        reaction.reactants().forEach(species -> terms.add(species.atoms().keySet()));
        reaction.products().forEach(species -> terms.add(species.atoms().keySet()));
        return terms;
    }

    private List<Set<String>> ofSides(List<Expr> sides) {
        List<Set<String>> terms = new ArrayList<>();
        for (Expr side : sides) {
            for (Map<Integer, Integer> monomial : expand(side)) {
                Set<String> symbols = new TreeSet<>();
                monomial.keySet().forEach(factor -> symbols.addAll(symbolsOf.get(factor)));
                terms.add(symbols);
            }
        }
        return terms;
    }

    /** The monomials of {@code expr}: numbers of factors with how often each stands; numerals are dropped. */
    private List<Map<Integer, Integer>> expand(Expr expr) {
        budget.spend(1);
        return switch (expr) {
            case Expr.Sum sum ->
                sum.terms().stream().flatMap(term -> expand(term).stream()).toList();
            case Expr.Negation negation -> expand(negation.operand());
            case Expr.PlusMinus either -> expand(either.operand());
            case Expr.Product product -> expandProduct(product.factors());
            case Expr.Quotient quotient -> {
                Expr reciprocal = new Expr.Quotient(Expr.Num.of(1), quotient.denominator());
                yield isNumber(quotient.numerator())
                        ? single(reciprocal)
                        : expandProduct(List.of(quotient.numerator(), reciprocal));
            }
            case Expr.Power power -> expandPower(power);
            case Expr.Num _ -> List.of(Map.of());
            case Expr.Constant _,
                    Expr.Symbol _,
                    Expr.Quantity _,
                    Expr.Call _,
                    Expr.Application _,
                    Expr.Derivative _,
                    Expr.Integral _,
                    Expr.Series _,
                    Expr.Limit _,
                    Expr.Nabla _,
                    Expr.VectorProduct _,
                    Expr.Matrix _,
                    Expr.Piecewise _ -> single(expr);
        };
    }

    private List<Map<Integer, Integer>> single(Expr factor) {
        int number = numbers.computeIfAbsent(factor, f -> {
            Set<String> symbols = new TreeSet<>();
            collect(f, Set.of(), symbols);
            symbolsOf.add(symbols);
            return symbolsOf.size() - 1;
        });
        return List.of(Map.of(number, 1));
    }

    private List<Map<Integer, Integer>> expandProduct(List<Expr> factors) {
        List<Map<Integer, Integer>> product = List.of(Map.of());
        for (Expr factor : factors) {
            List<Map<Integer, Integer>> next =
                    isNumber(factor) || isReciprocal(factor) ? single(factor) : expand(factor);
            if ((long) product.size() * next.size() > MAX_EXPANSION) {
                next = single(factor);
            }
            product = multiply(product, next);
        }
        return product;
    }

    private List<Map<Integer, Integer>> expandPower(Expr.Power power) {
        if (power.base() instanceof Expr.Sum && power.exponent() instanceof Expr.Num number) {
            for (int n = 1; n <= MAX_POWER; n++) {
                if (number.is(n)) {
                    return expandProduct(Collections.nCopies(n, power.base()));
                }
            }
        }
        return single(power);
    }

    /** Every pair of monomials multiplied, like ones once. */
    private List<Map<Integer, Integer>> multiply(List<Map<Integer, Integer>> left, List<Map<Integer, Integer>> right) {
        budget.spend((long) left.size() * right.size());
        if (left.size() == 1 && right.size() == 1) {
            return List.of(times(left.getFirst(), right.getFirst()));
        }
        Set<Map<Integer, Integer>> distinct = new LinkedHashSet<>();
        for (Map<Integer, Integer> a : left) {
            for (Map<Integer, Integer> b : right) {
                distinct.add(times(a, b));
            }
        }
        return List.copyOf(distinct);
    }

    private static Map<Integer, Integer> times(Map<Integer, Integer> a, Map<Integer, Integer> b) {
        Map<Integer, Integer> product = new HashMap<>(a);
        b.forEach((factor, count) -> product.merge(factor, count, Integer::sum));
        return product;
    }

    private static boolean isNumber(Expr expr) {
        return expr instanceof Expr.Num;
    }

    private static boolean isReciprocal(Expr expr) {
        return expr instanceof Expr.Quotient quotient && isNumber(quotient.numerator());
    }

    private static void collect(Expr expr, Set<String> bound, Set<String> symbols) {
        switch (expr) {
            case Symbol symbol -> add(symbol, bound, symbols);
            case Expr.Constant constant -> {
                if (constant == Expr.Constant.GOLDEN) {
                    symbols.add("phi");
                }
            }
            case Expr.Application application -> {
                add(application.head(), bound, symbols);
                application.arguments().forEach(argument -> collect(argument, bound, symbols));
            }
            case Expr.Series series -> collectAll(series, plus(bound, List.of(series.index())), symbols);
            case Expr.Integral integral -> collectAll(integral, plus(bound, integral.ranges()), symbols);
            case Expr.Num _,
                    Expr.Quantity _,
                    Expr.Sum _,
                    Expr.Product _,
                    Expr.Quotient _,
                    Expr.Power _,
                    Expr.Negation _,
                    Expr.PlusMinus _,
                    Expr.Call _,
                    Expr.Derivative _,
                    Expr.Limit _,
                    Expr.Nabla _,
                    Expr.VectorProduct _,
                    Expr.Matrix _,
                    Expr.Piecewise _ -> collectAll(expr, bound, symbols);
        }
    }

    private static void collectAll(Expr expr, Set<String> bound, Set<String> symbols) {
        expr.children().forEach(part -> collect(part, bound, symbols));
    }

    private static void add(Symbol symbol, Set<String> bound, Set<String> symbols) {
        String name = symbol.plain().name();
        if (!bound.contains(name)) {
            symbols.add(name);
        }
    }

    private static Set<String> plus(Set<String> bound, List<Expr.Range> ranges) {
        Set<String> more = new HashSet<>(bound);
        for (Expr.Range range : ranges) {
            if (range.isBounded() && range.variable() instanceof Symbol index) {
                more.add(index.plain().name());
            }
        }
        return more;
    }
}
