package phifleet.equations.dimension;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;

/** Letters of alternating currents: a j that is a factor beside an angular frequency, {@code Z = jωL}, is the imaginary unit and no current density. */
final class PhasorLetters {
    private static final Set<String> UNITS = Set.of("j", "i");
    private static final Set<String> FREQUENCIES = Set.of("omega", "Omega");
    /** Of what answers to what is put in, a ratio of any dimension. */
    private static final Set<String> RESPONSES = Set.of("G", "H", "T", "W");

    private PhasorLetters() {}

    /** The letters that are the imaginary unit. */
    static Set<Symbol> units(Statement statement) {
        Set<Symbol> units = new HashSet<>();
        Trees.visit(statement, node -> {
            if (isPhase(node)) {
                ((Expr.Product) node)
                        .factors().stream()
                                .filter(PhasorLetters::isUnit)
                                .forEach(factor -> units.add(((Symbol) factor).plain()));
            }
        });
        return units;
    }

    /** The heads of transfer functions, {@code H(jω)}. */
    static Set<Symbol> responses(Statement statement) {
        Set<Symbol> heads = new HashSet<>();
        Trees.visit(statement, node -> {
            if (node instanceof Expr.Application(Symbol head, List<Expr> arguments)
                    && RESPONSES.contains(head.base())
                    && arguments.size() == 1
                    && isPhase(arguments.getFirst())) {
                heads.add(head.plain());
            }
        });
        return heads;
    }

    private static boolean isPhase(Expr node) {
        return node instanceof Expr.Product(List<Expr> factors)
                && factors.stream().anyMatch(PhasorLetters::isUnit)
                && factors.stream()
                        .anyMatch(factor -> factor instanceof Symbol symbol && FREQUENCIES.contains(symbol.base()));
    }

    private static boolean isUnit(Expr factor) {
        return factor instanceof Symbol symbol && UNITS.contains(symbol.name());
    }
}
