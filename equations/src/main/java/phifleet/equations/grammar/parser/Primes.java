package phifleet.equations.grammar.parser;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Application;
import phifleet.equations.ast.Expr.Derivative;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;

/**
 * Tells the prime of a derivative from that of another value: where a letter stands with two primes and without any, {@code m x'' + k x = 0},
 * or where a product in brackets is primed, {@code (fg)' = f'g + fg'}, the primes differentiate. So does that of y beside an x without. By t, or by x where the letter is no place
 * and x is not differentiated itself. {@code x' = γ(x - vt)} is another x.
 */
public final class Primes {
    private static final Set<String> PLACES = Set.of("x", "z", "s", "q", "r", "theta", "phi", "Q", "T", "N");

    /** What a primed bracket depends on, before that is known. */
    static final Symbol UNKNOWN = Symbol.of("?");

    private Primes() {}

    /** The statement with the primes of brackets, and of what is in them, as derivatives. */
    public static Statement ofBrackets(Statement statement) {
        return Trees.any(statement, node -> node.equals(UNKNOWN)) ? known(differentiated(statement)) : statement;
    }

    /** With x for what is still not known. */
    private static Statement known(Statement statement) {
        return Trees.mapSides(statement, side -> Trees.replace(side, UNKNOWN, Symbol.of("x")));
    }

    /** The statement with all primes that differentiate as derivatives. */
    public static Statement differentiated(Statement statement) {
        Map<Symbol, Integer> most = new HashMap<>();
        Set<Symbol> bare = new HashSet<>();
        boolean ofProduct = Trees.any(
                statement,
                node -> node instanceof Derivative(Expr operand, List<Derivative.By> by, boolean _)
                        && by.getFirst().variable().equals(UNKNOWN)
                        && !(operand instanceof Symbol));
        Trees.visit(statement, node -> {
            if (node instanceof Symbol symbol) {
                int primes = primes(symbol);
                if (primes > 0) {
                    most.merge(unprimed(symbol), primes, Math::max);
                } else {
                    bare.add(symbol);
                }
            }
        });
        Set<Symbol> functions = new HashSet<>();
        most.forEach((symbol, primes) -> {
            boolean ordinate =
                    symbol.equals(Symbol.of("y")) && bare.contains(Symbol.of("x")) && !most.containsKey(Symbol.of("x"));
            if (bare.contains(symbol) && (primes > 1 || ofProduct || ordinate)) {
                functions.add(symbol);
            }
        });
        if (functions.isEmpty()) {
            return statement;
        }
        SortedSet<Symbol> all = Trees.symbols(statement);
        boolean places = functions.stream().anyMatch(symbol -> PLACES.contains(symbol.base()));
        Symbol by = (places && !ofProduct) || isOfTime(all) ? Symbol.of("t") : Symbol.of("x");
        if (functions.contains(by)) {
            return statement;
        }
        return Trees.mapSides(statement, side -> Trees.rewrite(side, node -> read(node, functions, by)));
    }

    private static boolean isOfTime(SortedSet<Symbol> all) {
        return !all.contains(Symbol.of("x"))
                && all.stream()
                        .anyMatch(symbol ->
                                symbol.name().equals("t") || symbol.base().equals("omega"));
    }

    private static Expr read(Expr node, Set<Symbol> functions, Symbol by) {
        return switch (node) {
            case Symbol symbol when functions.contains(symbol) -> new Application(symbol, List.of(by));
            case Symbol symbol
            when primes(symbol) > 0 && functions.contains(unprimed(symbol)) ->
                new Derivative(
                        new Application(unprimed(symbol), List.of(by)),
                        List.of(new Derivative.By(by, primes(symbol))),
                        false);
            case Derivative(Expr operand, List<Derivative.By> old, boolean partial)
            when old.getFirst().variable().equals(UNKNOWN) ->
                new Derivative(
                        operand, List.of(new Derivative.By(by, old.getFirst().order())), partial);
            default -> node;
        };
    }

    private static int primes(Symbol symbol) {
        return symbol.mark().chars().allMatch(c -> c == '\'') ? symbol.mark().length() : 0;
    }

    private static Symbol unprimed(Symbol symbol) {
        return new Symbol(symbol.base(), symbol.subscript(), "", symbol.vector());
    }
}
