package phifleet.equations.dimension;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Application;
import phifleet.equations.ast.Expr.Derivative;
import phifleet.equations.ast.Expr.Product;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;

/**
 * The matrices of linear systems, whose entries have whatever dimensions their columns ask for: capitals, each before a small letter, that
 * together give a state's change, its next value or an output, {@code x' = A x + B u}; and those of which a column is an eigenvector, {@code A v
 * = λ v}.
 */
final class LinearSystems {
    private LinearSystems() {}

    /** The capitals of such a system, and an eigenvalue; empty where it is none. */
    static Set<Symbol> coefficients(Statement statement) {
        if (!(statement instanceof Statement.Relation relation) || !relation.isEquation()) {
            return Set.of();
        }
        Set<Symbol> found = new HashSet<>(of(relation.left(), relation.right()));
        found.addAll(of(relation.right(), relation.left()));
        found.addAll(eigen(relation.left(), relation.right()));
        found.addAll(eigen(relation.right(), relation.left()));
        return found;
    }

    private static Set<Symbol> of(Expr state, Expr maps) {
        List<Expr> terms = Trees.terms(maps);
        Expr signal = state instanceof Derivative derivative ? derivative.operand() : state;
        if (!isSignal(signal) || !terms.stream().allMatch(LinearSystems::isMap)) {
            return Set.of();
        }
        String own = head(signal).base();
        boolean fedBack = terms.stream()
                .anyMatch(term ->
                        head(((Product) term).factors().getLast()).base().equals(own));
        boolean told = terms.size() > 1 || (fedBack && state instanceof Derivative) || isUnknownVector(signal, terms);
        Set<Symbol> capitals = new HashSet<>();
        if (told) {
            terms.forEach(
                    term -> capitals.add(((Symbol) ((Product) term).factors().getFirst()).plain()));
        }
        return capitals;
    }

    /** {@code A x = b}. */
    private static boolean isUnknownVector(Expr signal, List<Expr> terms) {
        return terms.getFirst() instanceof Product(List<Expr> factors)
                && factors.getFirst().equals(Symbol.of("A"))
                && head(factors.getLast()).base().equals("x")
                && (head(signal).base().equals("b") || head(signal).base().equals("y"));
    }

    /** The same column on both sides, once behind a capital and once behind a number. */
    private static Set<Symbol> eigen(Expr mapped, Expr scaled) {
        return isMap(mapped)
                        && scaled instanceof Product(List<Expr> factors)
                        && factors.size() == 2
                        && factors.getFirst() instanceof Symbol value
                        && !isCapital(value)
                        && factors.getLast().equals(((Product) mapped).factors().getLast())
                ? Set.of(((Symbol) ((Product) mapped).factors().getFirst()).plain(), value.plain())
                : Set.of();
    }

    private static boolean isMap(Expr term) {
        return term instanceof Product(List<Expr> factors)
                && factors.size() == 2
                && factors.getFirst() instanceof Symbol capital
                && isCapital(capital)
                && isSignal(factors.getLast());
    }

    private static boolean isCapital(Symbol symbol) {
        return symbol.base().length() == 1
                && Character.isUpperCase(symbol.base().charAt(0))
                && (symbol.mark().isEmpty() || symbol.mark().equals("hat"));
    }

    private static boolean isSignal(Expr expr) {
        boolean named = expr instanceof Symbol || expr instanceof Application;
        return named
                && Character.isLowerCase(head(expr).base().charAt(0))
                && head(expr).base().length() == 1;
    }

    private static Symbol head(Expr signal) {
        return switch (signal) {
            case Symbol symbol -> symbol;
            case Application(Symbol head, List<Expr> _) -> head;
            default -> Symbol.of("?");
        };
    }
}
