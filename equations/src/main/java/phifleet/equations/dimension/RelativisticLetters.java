package phifleet.equations.dimension;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;

/**
 * The letters of relativistic equations: Dirac's matrices γ^μ are pure numbers, and where neither c nor ħ stands beside a derivative ∂_μ, units
 * are those in which both are 1, so that a mass is one over a length.
 */
final class RelativisticLetters {
    private static final Pattern INDEX = Pattern.compile("(?:up)?(?:mu|nu|rho|sigma|lambda|kappa|tau|alpha|beta)");
    private static final Set<String> MASSES = Set.of("m", "M");
    private static final Set<String> CONSTANTS = Set.of("c", "hbar");

    private RelativisticLetters() {}

    /** The matrices of Dirac's equation. */
    static Set<Symbol> matrices(Set<Symbol> symbols) {
        Set<Symbol> matrices = new HashSet<>();
        for (Symbol symbol : symbols) {
            if (symbol.base().equals("gamma")
                    && INDEX.matcher(symbol.subscript()).matches()) {
                matrices.add(symbol.plain());
            }
        }
        return matrices;
    }

    /** Masses in units in which c and ħ are 1, among all symbols of the statement. */
    static Set<Symbol> masses(Statement statement, Set<Symbol> symbols) {
        Set<Symbol> masses = new HashSet<>();
        for (Symbol symbol : symbols) {
            if (CONSTANTS.contains(symbol.name())) {
                return Set.of();
            }
            if (MASSES.contains(symbol.name())) {
                masses.add(symbol.plain());
            }
        }
        return !masses.isEmpty() && symbols.stream().anyMatch(RelativisticLetters::isCoordinate) && isDerived(statement)
                ? masses
                : Set.of();
    }

    private static boolean isCoordinate(Symbol symbol) {
        return symbol.base().equals("x") && INDEX.matcher(symbol.subscript()).matches();
    }

    /** Whether something is differentiated by a coordinate. */
    private static boolean isDerived(Statement statement) {
        return Trees.any(
                statement,
                node -> node instanceof Expr.Derivative derivative
                        && derivative.variables().stream()
                                .anyMatch(by -> by.variable() instanceof Symbol symbol && isCoordinate(symbol)));
    }
}
