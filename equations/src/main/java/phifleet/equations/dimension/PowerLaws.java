package phifleet.equations.dimension;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Negation;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Product;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.ast.Expr.Sum;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;
import phifleet.equations.units.PhysicalConstants;

/**
 * Constants whose unit depends on an exponent that is a letter: of a rate of unknown order, {@code r = k [A]^m}, of an equilibrium, {@code K_p =
 * K_c (RT)^{Δn}}, of an isotherm, {@code q = K c^{1/n}}. What they mean with numbers as exponents says nothing of them.
 */
final class PowerLaws {
    private static final Set<String> LETTERS = Set.of("K", "k", "C", "A");

    private PowerLaws() {}

    /** The constants; empty where nothing that may have a unit is raised to a letter. */
    static Set<Symbol> constants(Statement statement, Set<Symbol> symbols) {
        Set<Symbol> found = new HashSet<>();
        boolean named = symbols.stream().anyMatch(symbol -> LETTERS.contains(symbol.base()));
        if (named && Trees.any(statement, PowerLaws::isSymbolicPower)) {
            Trees.sides(statement).forEach(side -> Trees.terms(side).forEach(term -> factors(term, found)));
        }
        return found;
    }

    private static void factors(Expr term, Set<Symbol> found) {
        switch (term) {
            case Symbol symbol -> {
                boolean constant = LETTERS.contains(symbol.base())
                        && PhysicalConstants.standard()
                                .find(symbol.plain().name())
                                .isEmpty();
                if (constant) {
                    found.add(symbol.plain());
                }
            }
            case Negation(Expr operand) -> factors(operand, found);
            case Product(List<Expr> factors) -> factors.forEach(factor -> factors(factor, found));
            case Quotient(Expr above, Expr below) -> {
                factors(above, found);
                factors(below, found);
            }
            default -> {}
        }
    }

    /** Of a ratio or a number, {@code (T/T_0)^γ} and {@code 2^{-t/τ}}, every power is a number too. */
    private static boolean isSymbolicPower(Expr node) {
        return node instanceof Power(Expr base, Expr exponent)
                && !Trees.symbols(exponent).isEmpty()
                && !(base instanceof Quotient)
                && !(base instanceof Sum)
                && !base.equals(Symbol.of("e"))
                && !Trees.symbols(base).isEmpty();
    }
}
