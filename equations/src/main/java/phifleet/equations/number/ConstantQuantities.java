package phifleet.equations.number;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Quantity;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.units.PhysicalConstants;

/**
 * Physical constants put in as the quantities that they are, {@code h c/(500 nm)}: where a side is of numbers with units and such letters alone,
 * or of two and more such letters beside a quantity, {@code h c = 1240 eV nm}.
 */
public final class ConstantQuantities {
    /** Letters of constants that as often stand for a variable of the same dimension, or for a rounded value. */
    private static final Set<String> WEAK = Set.of(
            "g",
            "g_0",
            "g_n",
            "b",
            "b_W",
            "alpha",
            "sigma",
            "p_0",
            "atm",
            "n_0",
            "V_m",
            "c_0",
            "c_1",
            "c_2",
            "G_0",
            "e_0",
            "eta_0",
            "Z_0",
            "lambda_C",
            "gamma_p");

    private ConstantQuantities() {}

    /** The relation with its constants as quantities; empty where no side is of constants and quantities alone. */
    public static Optional<Relation> putIn(Relation relation, Set<String> declared) {
        boolean beside = relation.sides().stream().anyMatch(ConstantQuantities::isQuantity);
        if (!beside) {
            return Optional.empty();
        }
        List<Expr> sides = relation.sides().stream()
                .map(side -> isOfConstants(side, declared) ? Trees.rewrite(side, ConstantQuantities::valued) : side)
                .toList();
        return sides.equals(relation.sides())
                ? Optional.empty()
                : Optional.of(new Relation(sides, relation.operators()));
    }

    /** Numbers with units alone. */
    private static boolean isQuantity(Expr side) {
        return Trees.symbols(side).isEmpty() && Trees.any(side, node -> node instanceof Quantity);
    }

    private static boolean isOfConstants(Expr side, Set<String> declared) {
        SortedSet<Symbol> symbols = Trees.symbols(side);
        boolean named = !symbols.isEmpty()
                && symbols.stream().allMatch(symbol -> {
                    String name = symbol.plain().name();
                    return !declared.contains(name)
                            && !WEAK.contains(name)
                            && PhysicalConstants.standard().find(name).isPresent();
                });
        return named && (symbols.size() > 1 || Trees.any(side, node -> node instanceof Quantity));
    }

    private static Expr valued(Expr node) {
        return node instanceof Symbol symbol
                ? PhysicalConstants.standard()
                        .find(symbol.plain().name())
                        .<Expr>map(constant -> new Quantity(
                                new Num(constant.value()), constant.unit().symbol()))
                        .orElse(node)
                : node;
    }
}
