package phifleet.equations.dimension;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Negation;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Sum;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;

/**
 * The letters of statistics, where a statement is of it: beside a deviation from a mean, {@code x - μ} or {@code x - x̄}, or beside {@code 1 -
 * p}, a σ is no surface charge. Then σ, s and μ have the dimension of what deviates, whatever that is, and z, t, χ and counts are pure
 * numbers.
 *
 * @param like the letters that have the dimension of another one
 * @param numbers the letters that are pure numbers
 * @param free the letters that may have any dimension: densities of probability
 */
record StatisticalLetters(Map<Symbol, Symbol> like, Set<Symbol> numbers, Set<Symbol> free) {
    private static final Set<String> SPREADS = Set.of("sigma", "s", "SD");
    private static final Set<String> NUMBERS = Set.of("z", "Z", "t", "chi", "n", "N", "r", "p");
    private static final Set<String> CHANCE_NUMBERS = Set.of("n", "N", "k", "p", "q", "z", "Z");
    private static final Set<String> PARAMETERS = Set.of("mu", "sigma", "lambda", "theta");
    private static final Set<String> COUNTS = Set.of("n", "N", "p", "q", "z", "Z", "sigma", "mu");

    static StatisticalLetters of(Statement statement) {
        Set<Symbol> symbols = new HashSet<>();
        Trees.symbols(statement).forEach(symbol -> symbols.add(symbol.plain()));
        Map<String, Symbol> deviating = new HashMap<>();
        Set<Symbol> complements = new HashSet<>();
        Symbol[] first = new Symbol[1];
        Trees.visit(statement, node -> {
            if (node instanceof Sum(List<Expr> terms) && terms.size() == 2) {
                deviation(terms).ifPresent(symbol -> {
                    deviating.putIfAbsent(symbol.base(), symbol);
                    first[0] = first[0] == null ? symbol : first[0];
                });
                complement(terms).ifPresent(complements::add);
            }
            mean(node).ifPresent(symbol -> first[0] = first[0] == null ? symbol : first[0]);
        });
        if (isOfChances(statement)) {
            return ofChances(statement, symbols);
        }
        boolean spread =
                symbols.stream().anyMatch(symbol -> SPREADS.contains(symbol.base()) && !deviates(symbol, deviating));
        boolean counted = symbols.stream().anyMatch(symbol -> symbol.base().equalsIgnoreCase("n"));
        boolean summed = isSummed(statement)
                || (counted
                        && symbols.stream()
                                .anyMatch(symbol -> symbol.base().equals("mu")
                                        || symbol.mark().equals("bar")));
        if (first[0] != null && (spread || summed)) {
            return ofDeviations(statement, symbols, deviating, first[0]);
        }
        Set<Symbol> shares = shares(statement);
        if (!shares.isEmpty()) {
            symbols.stream().filter(symbol -> symbol.name().equals("H")).forEach(shares::add);
            return new StatisticalLetters(Map.of(), shares, Set.of());
        }
        Set<Symbol> growing = GrowthFactors.letters(statement);
        if (!growing.isEmpty()) {
            Set<Symbol> grown = new HashSet<>(symbols);
            grown.removeAll(growing);
            return new StatisticalLetters(Map.of(), growing, grown);
        }
        boolean binomial = complements.stream().anyMatch(symbol -> symbol.base().equals("p"))
                && symbols.stream()
                        .anyMatch(symbol ->
                                symbol.base().equals("sigma") || symbol.base().equalsIgnoreCase("z"))
                && symbols.stream().allMatch(symbol -> COUNTS.contains(symbol.base()));
        return new StatisticalLetters(Map.of(), binomial ? symbols : Set.of(), Set.of());
    }

    /** What is multiplied by its own logarithm and summed up, as the probabilities of an entropy are, or summed up to 1. */
    private static Set<Symbol> shares(Statement statement) {
        Set<Symbol> shares = new HashSet<>();
        if (statement instanceof Statement.Relation relation) {
            boolean one = relation.sides().stream().anyMatch(side -> side instanceof Num number && number.is(1));
            if (one && relation.left() instanceof Expr.Series(Expr.Series.Kind _, Symbol share, Expr.Range _)) {
                shares.add(share.plain());
            }
        }
        Trees.visit(statement, node -> {
            if (node instanceof Expr.Product(List<Expr> factors)) {
                factors.stream()
                        .filter(factor -> factor instanceof Expr.Call call
                                && call.function() == Function.LOG
                                && factors.contains(call.argument()))
                        .forEach(factor -> shares.addAll(heads(((Expr.Call) factor).argument())));
            }
        });
        return shares;
    }

    private static Set<Symbol> heads(Expr share) {
        return switch (share) {
            case Symbol symbol -> Set.of(symbol.plain());
            case Expr.Application(Symbol head, List<Expr> _) -> Set.of(head.plain());
            default -> Set.of();
        };
    }

    private static boolean isOfChances(Statement statement) {
        return Trees.any(
                statement,
                node -> node instanceof Expr.Call call
                        && (call.function() == Function.PROBABILITY
                                || call.function() == Function.EXPECTATION
                                || call.function() == Function.VARIANCE));
    }

    /** Beside means and probabilities a random quantity and what is calculated of it have any dimension. */
    private static StatisticalLetters ofChances(Statement statement, Set<Symbol> symbols) {
        Set<Symbol> numbers = new HashSet<>();
        Set<Symbol> free = new HashSet<>();
        for (Symbol symbol : symbols) {
            boolean capital = Character.isUpperCase(symbol.base().charAt(0));
            if (CHANCE_NUMBERS.contains(symbol.base())) {
                numbers.add(symbol);
            } else if (capital || PARAMETERS.contains(symbol.base())) {
                free.add(symbol);
            }
        }
        Trees.visit(statement, node -> {
            if (node instanceof Expr.Application(Symbol head, List<Expr> _)) {
                free.add(head.plain());
            }
        });
        return new StatisticalLetters(Map.of(), numbers, free);
    }

    private static boolean deviates(Symbol symbol, Map<String, Symbol> deviating) {
        return deviating.containsKey(symbol.base());
    }

    private static StatisticalLetters ofDeviations(
            Statement statement, Set<Symbol> symbols, Map<String, Symbol> deviating, Symbol first) {
        Map<Symbol, Symbol> like = new HashMap<>();
        Set<Symbol> numbers = new HashSet<>();
        for (Symbol symbol : symbols) {
            boolean mean = isMean(symbol, first);
            if (deviates(symbol, deviating)) {
                Symbol own = deviating.getOrDefault(symbol.base(), first);
                if (!own.equals(symbol)) {
                    like.put(symbol, own);
                }
            } else if (mean || SPREADS.contains(symbol.base())) {
                like.put(symbol, deviating.getOrDefault(symbol.subscript(), first));
            } else if (NUMBERS.contains(symbol.base())) {
                numbers.add(symbol);
            }
        }
        Set<Symbol> free = new HashSet<>();
        Trees.visit(statement, node -> {
            if (node instanceof Expr.Application(Symbol head, List<Expr> _)) {
                free.add(head.plain());
            }
        });
        return new StatisticalLetters(like, numbers, free);
    }

    /** What deviates, in {@code x - μ} and {@code x - x̄}. */
    private static Optional<Symbol> deviation(List<Expr> terms) {
        return terms.getFirst() instanceof Symbol symbol
                        && terms.getLast() instanceof Negation(Symbol mean)
                        && !isMean(symbol, symbol)
                        && isMean(mean, symbol)
                ? Optional.of(symbol.plain())
                : terms.getFirst() instanceof Symbol bar
                                && bar.mark().equals("bar")
                                && terms.getLast() instanceof Negation(Symbol mu)
                                && mu.base().equals("mu")
                        ? Optional.of(bar.plain())
                        : Optional.empty();
    }

    private static boolean isMean(Symbol mean, Symbol of) {
        return mean.base().equals("mu")
                || (mean.base().equals("E") && of.base().equals("O"))
                || (mean.mark().equals("bar") && mean.base().equals(of.base()))
                || (mean.mark().equals("bar") && of.mark().equals("bar"));
    }

    /** The x of {@code Σx/N}. */
    private static Optional<Symbol> mean(Expr node) {
        Expr body = node instanceof Expr.Series series ? series.body() : node;
        Expr above = body instanceof Expr.Quotient(Expr of, Symbol _) ? of : body;
        return node instanceof Expr.Series && above instanceof Symbol symbol
                ? Optional.of(symbol.plain())
                : Optional.empty();
    }

    /** The p of {@code 1 - p}. */
    private static Optional<Symbol> complement(List<Expr> terms) {
        return terms.getFirst() instanceof Num one && one.is(1) && terms.getLast() instanceof Negation(Symbol p)
                ? Optional.of(p.plain())
                : Optional.empty();
    }

    /** Whether squares of differences or products of such are summed up. */
    private static boolean isSummed(Statement statement) {
        return Trees.any(
                statement,
                node -> node instanceof Expr.Series series
                        && Trees.any(series.body(), StatisticalLetters::isSquareOrProduct));
    }

    private static boolean isSquareOrProduct(Expr expr) {
        return expr instanceof Expr.Product || (expr instanceof Power(Sum _, Num two) && two.is(2));
    }
}
