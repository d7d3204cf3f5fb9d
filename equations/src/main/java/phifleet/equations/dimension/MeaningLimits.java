package phifleet.equations.dimension;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;
import phifleet.equations.units.BaseQuantity;
import phifleet.equations.units.Dimension;

/**
 * What letters cannot mean by how they stand in a statement: with an arrow no energy, {@code L = r × F}, and as the variable of a derivative
 * or in brackets behind what depends on it a t is nothing but time, or a parameter.
 *
 * @param vectors symbols with arrows or in bold type, plain
 * @param times t where something depends on it
 */
record MeaningLimits(Set<Symbol> vectors, Set<Symbol> times) {
    private static final Pattern SCALAR = Pattern.compile(
            "\\b(energy|Lagrangian|Hamiltonian|work|heat|mass|time|temperature|charge|power|voltage|luminosity|capacitance|inductance|resistance|volume|entropy|enthalpy)\\b");
    private static final Set<Dimension> OF_TIME = Set.of(Dimension.of(BaseQuantity.TIME), Dimension.NONE);

    static MeaningLimits of(Statement statement) {
        Set<Symbol> vectors = new HashSet<>();
        Set<Symbol> times = new HashSet<>();
        Trees.visit(statement, node -> {
            switch (node) {
                case Symbol symbol when symbol.vector() -> vectors.add(symbol.plain());
                case Expr.Derivative derivative -> derivative.variables().forEach(by -> time(by.variable(), times));
                case Expr.Application(Symbol _, List<Expr> arguments) -> arguments.forEach(one -> time(one, times));
                default -> {}
            }
        });
        return new MeaningLimits(vectors, times);
    }

    private static void time(Expr expr, Set<Symbol> times) {
        if (expr instanceof Symbol symbol && symbol.base().equals("t")) {
            times.add(symbol.plain());
        }
    }

    /** Whether a symbol cannot have a dimension, which is called so in all fields. */
    boolean rulesOut(Symbol symbol, Dimension dimension, List<String> meanings) {
        if (times.contains(symbol) && !OF_TIME.contains(dimension)) {
            return true;
        }
        return vectors.contains(symbol)
                && meanings.stream().allMatch(text -> SCALAR.matcher(text).find());
    }
}
