package phifleet.equations.dimension;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Product;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;

/**
 * Magnitudes of stars, where 2.5 or 5 stands before a decimal logarithm: {@code m_1 - m_2 = -2.5 lg(F_1/F_2)}. Then m and M are no masses, and the
 * distance d of {@code m - M = 5 lg d - 5} is a number, of parsecs.
 */
final class Magnitudes {
    private static final Set<String> LETTERS = Set.of("m", "M");
    /** Magnitudes for a factor of ten in brightness. */
    private static final BigDecimal POGSON = new BigDecimal("2.5");

    private Magnitudes() {}

    /** The letters that are pure numbers; empty where there is no such logarithm. */
    static Set<Symbol> letters(Statement statement, Set<Symbol> symbols) {
        if (symbols.stream().noneMatch(symbol -> LETTERS.contains(symbol.base()))) {
            return Set.of();
        }
        Set<Symbol> letters = new HashSet<>();
        Trees.visit(statement, node -> {
            Expr log = logarithm(node);
            if (log != null && log instanceof Symbol distance) {
                letters.add(distance.plain());
            }
            if (log != null) {
                symbols.stream()
                        .filter(symbol -> LETTERS.contains(symbol.base()))
                        .forEach(symbol -> letters.add(symbol.plain()));
            }
        });
        return letters;
    }

    /** What the decimal logarithm behind 2.5 or 5 is of; null where the node is no such product. */
    private static @Nullable Expr logarithm(Expr node) {
        Expr product = node;
        boolean overTen = false;
        if (node instanceof Quotient(Expr above, Call(Function below, List<Expr> of))
                && below == Function.LOG
                && of.size() == 1
                && of.getFirst() instanceof Num ten) {
            overTen = ten.is(10);
            product = above;
        }
        if (!(product instanceof Product(List<Expr> factors)) || factors.size() != 2) {
            return null;
        }
        boolean scale =
                factors.getFirst() instanceof Num number && (number.value().compareTo(POGSON) == 0 || number.is(5));
        return scale
                        && factors.getLast() instanceof Call(Function function, List<Expr> arguments)
                        && function == Function.LOG
                        && (overTen
                                ? arguments.size() == 1
                                : arguments.size() == 2 && arguments.getLast() instanceof Num ten && ten.is(10))
                ? arguments.getFirst()
                : null;
    }
}
