package phifleet.equations.dimension;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;
import phifleet.equations.dimension.DimensionOutcome.Basis;
import phifleet.equations.dimension.SymbolDimension.Source;
import phifleet.equations.units.Dimension;

/**
 * Checks statements for dimensional consistency. Thread-safe and without state; a budget bounds each check, and a check
 * never throws for what a statement says.
 */
public final class DimensionChecker {
    private static final Set<String> IMAGINARY = Set.of("i", "j", "I");

    /** Checks a statement, with the units that a request gives and, without any, with the usual meanings of letters. */
    public DimensionOutcome check(Statement statement, Declarations declarations, Budget budget) {
        try {
            return withUnits(statement, declarations, budget);
        } catch (Budget.Spent spent) {
            return new DimensionOutcome.Undetermined("the step or time budget was spent", List.of());
        } catch (ArithmeticException outOfRange) {
            return new DimensionOutcome.Undetermined("an exponent is out of range", List.of());
        }
    }

    private DimensionOutcome withUnits(Statement statement, Declarations declarations, Budget budget) {
        Map<Symbol, Dimension> given = new HashMap<>(declarations.symbols());
        Set<Symbol> all = new TreeSet<>();
        Trees.symbols(statement).forEach(symbol -> all.add(symbol.plain()));
        imaginaryUnit(all, given, declarations.unspecified());
        DimensionSystem system = new DimensionSystem(budget);
        SymbolForms symbols = new SymbolForms(system, given, !given.containsKey(Symbol.of("e")), symbol -> 0);
        if (!declarations.unspecified().isEmpty()) {
            // One common factor nobody knows, times a dimension of each symbol's own.
            Form common = system.freshForm(DimensionSystem.Kind.RIGID);
            for (Symbol symbol : declarations.unspecified()) {
                symbols.put(symbol, common.times(system.freshForm(DimensionSystem.Kind.PLAIN)));
            }
        }
        Inference inference = new Inference(budget, system, symbols);
        inference.statement(statement);
        List<SymbolDimension> found = new ArrayList<>();
        for (Symbol symbol : all) {
            found.add(report(symbol, system.reduce(symbols.form(symbol)), given));
        }
        Optional<Conflict> conflict = inference.conflict();
        return conflict.<DimensionOutcome>map(
                        c -> new DimensionOutcome.Mismatch(Basis.UNITS, c, found, Double.POSITIVE_INFINITY))
                .orElseGet(() -> new DimensionOutcome.Consistent(Basis.UNITS, found, 0, List.of()));
    }

    /** Where every other symbol is declared, an i, j or I that is not is the imaginary unit. */
    private static void imaginaryUnit(Set<Symbol> all, Map<Symbol, Dimension> given, Set<Symbol> unspecified) {
        List<Symbol> left = all.stream()
                .filter(symbol -> !given.containsKey(symbol) && !unspecified.contains(symbol))
                .toList();
        if (left.size() < all.size()
                && left.size() == 1
                && IMAGINARY.contains(left.getFirst().name())) {
            given.put(left.getFirst(), Dimension.NONE);
        }
    }

    private static SymbolDimension report(Symbol symbol, Form form, Map<Symbol, Dimension> given) {
        if (given.containsKey(symbol)) {
            return new SymbolDimension(symbol, form.known(), form.known().inSiUnits(), "", Source.USER);
        }
        return form.isKnown()
                ? new SymbolDimension(symbol, form.known(), form.known().inSiUnits(), "", Source.SOLVED)
                : new SymbolDimension(symbol, null, "?", "", Source.FREE);
    }
}
