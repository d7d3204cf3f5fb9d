package phifleet.equations.dimension;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;
import phifleet.equations.dimension.DimensionOutcome.Basis;
import phifleet.equations.dimension.DimensionSystem.Kind;
import phifleet.equations.dimension.SymbolDimension.Source;
import phifleet.equations.units.BaseQuantity;
import phifleet.equations.units.Dimension;

/** One check of one statement: first what is given, then, for symbols without a unit, what they usually mean. */
final class Check {
    /**
     * The largest log-prior gap at which meanings are believed: this much, and so much more for each symbol. A true law with
     * many symbols has a rare meaning among them more often. Chosen on the development laws, each judged without the laws of
     * the table that are the same: there 95 % of the true ones lie below.
     */
    private static final double MAX_GAP = 2.9;

    private static final double MAX_GAP_PER_SYMBOL = 0.2;

    /** The gap at least of a meaning that no law gives a letter in its company. */
    private static final double UNHEARD_OF_GAP = 2;

    /** The letters of a triangle's corners, and of the angles there. */
    private static final Set<String> CORNERS = Set.of("A", "B", "C");

    private static final Set<Function> TRIGONOMETRIC = Set.of(Function.SIN, Function.COS, Function.TAN);

    private static final Set<String> IMAGINARY = Set.of("i", "j", "I");

    private static final MeaningTable MEANINGS = MeaningTable.load();

    private final Statement statement;
    private final Declarations declarations;
    private final Budget budget;
    private final Map<Symbol, Dimension> given;
    private final Set<Symbol> symbols = new TreeSet<>();
    private final Set<Symbol> solved = new HashSet<>();
    private final StatisticalLetters statistical;
    private final Set<Symbol> functions;

    private record Run(DimensionSystem system, SymbolForms forms, Inference inference) {}

    Check(Statement statement, Declarations declarations, Budget budget) {
        this.statement = statement;
        this.declarations = declarations;
        this.budget = budget;
        this.given = new HashMap<>(declarations.symbols());
        Trees.symbols(statement).forEach(symbol -> symbols.add(symbol.plain()));
        imaginaryUnit();
        exponents();
        if (declarations.isEmpty()) {
            known();
        }
        functions = declarations.isEmpty() ? MathematicalFunctions.of(statement) : Set.of();
        statistical = declarations.isEmpty()
                ? StatisticalLetters.of(statement)
                : new StatisticalLetters(Map.of(), Set.of(), Set.of());
        statistical.numbers().forEach(symbol -> {
            if (given.putIfAbsent(symbol, Dimension.NONE) == null) {
                solved.add(symbol);
            }
        });
    }

    /**
     * What stands as an exponent by itself and nowhere else is a pure number, though its letter seldom is: {@code A^a B^b/C^c}. So is the capital
     * of a corner, {@code a/sin A}.
     */
    private void exponents() {
        Map<Symbol, Integer> all = new HashMap<>();
        Map<Symbol, Integer> raised = new HashMap<>();
        Trees.visit(statement, node -> {
            if (node instanceof Symbol symbol) {
                all.merge(symbol.plain(), 1, Integer::sum);
            } else if (node instanceof Expr.Power(Expr _, Expr exponent)) {
                numbers(exponent, raised);
            } else if (node instanceof Expr.Call call
                    && TRIGONOMETRIC.contains(call.function())
                    && call.argument() instanceof Symbol corner
                    && CORNERS.contains(corner.name())) {
                raised.merge(corner, 1, Integer::sum);
            }
        });
        raised.forEach((symbol, times) -> {
            boolean open =
                    !given.containsKey(symbol) && !declarations.unspecified().contains(symbol);
            if (open && times.equals(all.get(symbol))) {
                given.put(symbol, Dimension.NONE);
                solved.add(symbol);
            }
        });
    }

    /** The symbols of an exponent that can but be pure numbers: alone, or added, {@code p^{Δν}} and {@code x^{m+n}}. */
    private static void numbers(Expr exponent, Map<Symbol, Integer> raised) {
        switch (exponent) {
            case Symbol symbol -> raised.merge(symbol.plain(), 1, Integer::sum);
            case Expr.Negation(Expr operand) -> numbers(operand, raised);
            case Expr.Sum(List<Expr> terms) -> terms.forEach(term -> numbers(term, raised));
            case Expr.Call call when call.function() == Function.CHANGE -> numbers(call.argument(), raised);
            default -> {}
        }
    }

    /** Beside transforms s is the complex frequency, beside a factorial e is Euler's number, and the index of a sum is a pure number. */
    private void known() {
        Symbol frequency = Symbol.of("s");
        if (!MathematicalFunctions.transforms(statement).isEmpty()) {
            given.put(frequency, Dimension.of(BaseQuantity.TIME).pow(-1));
            solved.add(frequency);
        }
        LogTerms.constants(statement).forEach(symbol -> {
            given.put(symbol, Dimension.NONE);
            solved.add(symbol);
        });
        Set<Symbol> numbers = new HashSet<>(RelativisticLetters.matrices(symbols));
        numbers.addAll(Magnitudes.letters(statement, symbols));
        numbers.addAll(PhasorLetters.units(statement));
        numbers.forEach(symbol -> {
            given.put(symbol, Dimension.NONE);
            solved.add(symbol);
        });
        Symbol euler = Symbol.of("e");
        boolean factorial =
                Trees.any(statement, node -> node instanceof Expr.Call call && call.function() == Function.FACTORIAL);
        Trees.visit(statement, node -> {
            if (node instanceof Expr.Series series && series.index().variable() instanceof Symbol index) {
                given.put(index.plain(), Dimension.NONE);
                solved.add(index.plain());
            }
        });
        if (factorial && symbols.contains(euler)) {
            given.put(euler, Dimension.NONE);
            solved.add(euler);
        }
    }

    /** Where every other symbol is declared, an i, j or I that is not is the imaginary unit. */
    private void imaginaryUnit() {
        List<Symbol> left = symbols.stream()
                .filter(symbol -> !given.containsKey(symbol)
                        && !declarations.unspecified().contains(symbol))
                .toList();
        if (left.size() < symbols.size()
                && left.size() == 1
                && IMAGINARY.contains(left.getFirst().name())) {
            given.put(left.getFirst(), Dimension.NONE);
        }
    }

    DimensionOutcome outcome() {
        Run run = run(given);
        Map<Symbol, Integer> unknowns = run.forms().unknowns();
        Optional<Conflict> conflict = run.inference().conflict().or(() -> VectorKinds.conflict(statement));
        if (conflict.isPresent()) {
            return new DimensionOutcome.Mismatch(
                    Basis.UNITS, conflict.get(), report(run, Map.of()), Double.POSITIVE_INFINITY);
        }
        if (unknowns.isEmpty()) {
            return new DimensionOutcome.Consistent(Basis.UNITS, report(run, Map.of()), 0, List.of());
        }
        return byConvention(run);
    }

    private Run run(Map<Symbol, Dimension> known) {
        DimensionSystem system = new DimensionSystem(budget);
        boolean euler = !declarations.symbols().containsKey(Symbol.of("e"));
        SymbolForms forms = new SymbolForms(
                system,
                known,
                euler,
                symbol -> MEANINGS.of(symbol).map(MeaningWeights::size).orElse(Integer.MAX_VALUE));
        statistical.like().forEach((symbol, other) -> forms.put(symbol, forms.form(other)));
        functions.forEach(symbol -> forms.put(symbol, system.freshForm(Kind.AUXILIARY)));
        statistical.free().forEach(symbol -> forms.put(symbol, system.freshForm(Kind.AUXILIARY)));
        declarations.parts().forEach((part, dimension) -> forms.putPart(part, Form.of(dimension)));
        if (!declarations.unspecified().isEmpty()
                || !declarations.unspecifiedParts().isEmpty()) {
            // One common factor nobody knows, times a dimension of each one's own.
            Form common = system.freshForm(Kind.RIGID);
            for (Symbol symbol : declarations.unspecified()) {
                forms.put(symbol, common.times(system.freshForm(Kind.PLAIN)));
            }
            for (Expr part : declarations.unspecifiedParts()) {
                forms.putPart(part, common.times(system.freshForm(Kind.PLAIN)));
            }
        }
        Inference inference = new Inference(budget, system, forms);
        inference.statement(statement);
        return new Run(system, forms, inference);
    }

    private DimensionOutcome byConvention(Run run) {
        ConventionSearch search = new ConventionSearch(
                MEANINGS,
                run.forms().unknowns(),
                run.system(),
                MeaningLimits.of(statement),
                budget,
                meanings -> holds(run, meanings));
        double limit = declarations.isEmpty() ? MAX_GAP + MAX_GAP_PER_SYMBOL * symbols.size() : Double.MAX_VALUE;
        Optional<ConventionSearch.Found> found = search.search(limit);
        if (found.isPresent()) {
            Map<Symbol, Option> meanings = found.get().meanings();
            return new DimensionOutcome.Consistent(
                    basis(run),
                    report(
                            run(with(dimensions(meanings))),
                            meanings,
                            found.get().usual()),
                    found.get().unheardOf()
                            ? Math.max(found.get().gap(), UNHEARD_OF_GAP)
                            : found.get().gap(),
                    List.of());
        }
        if (search.gaveUp()) {
            return new DimensionOutcome.Undetermined("too many possible meanings", report(run, Map.of()));
        }
        Map<Symbol, Option> likeliest = search.likeliest();
        Run wrong = run(with(dimensions(likeliest)));
        List<SymbolDimension> report = report(wrong, likeliest);
        return wrong.inference()
                .conflict()
                .<DimensionOutcome>map(conflict ->
                        new DimensionOutcome.Mismatch(Basis.CONVENTION, conflict, report, Double.POSITIVE_INFINITY))
                .orElseGet(() -> new DimensionOutcome.Undetermined("no usual meaning of the letters fits", report));
    }

    /** Units, where what was given leaves each symbol but one dimension. */
    private Basis basis(Run run) {
        boolean decided = !declarations.isEmpty();
        for (Symbol symbol : run.forms().unknowns().keySet()) {
            if (run.system().reduce(run.forms().form(symbol)).isKnown()) {
                solved.add(symbol);
            } else {
                decided = false;
            }
        }
        return decided ? Basis.UNITS : Basis.CONVENTION;
    }

    private boolean holds(Run run, Map<Symbol, Dimension> meanings) {
        return !run.inference().isOpaque()
                || run(with(meanings)).inference().conflict().isEmpty();
    }

    private Map<Symbol, Dimension> with(Map<Symbol, Dimension> meanings) {
        Map<Symbol, Dimension> all = new HashMap<>(meanings);
        all.putAll(given);
        return all;
    }

    private static Map<Symbol, Dimension> dimensions(Map<Symbol, Option> meanings) {
        Map<Symbol, Dimension> dimensions = new LinkedHashMap<>();
        meanings.forEach((symbol, candidate) -> dimensions.put(symbol, candidate.dimension()));
        return dimensions;
    }

    private List<SymbolDimension> report(Run run, Map<Symbol, Option> meanings) {
        return report(run, meanings, Set.of());
    }

    private List<SymbolDimension> report(Run run, Map<Symbol, Option> meanings, Set<Symbol> usual) {
        List<SymbolDimension> report = new ArrayList<>();
        for (Symbol symbol : symbols) {
            report.add(report(symbol, run.system().reduce(run.forms().form(symbol)), meanings.get(symbol), usual));
        }
        return List.copyOf(report);
    }

    private SymbolDimension report(Symbol symbol, Form form, @Nullable Option candidate, Set<Symbol> usual) {
        if (given.containsKey(symbol)) {
            Source source = solved.contains(symbol) ? Source.SOLVED : Source.USER;
            return new SymbolDimension(symbol, form.known(), form.known().inSiUnits(), "", source, true);
        }
        if (candidate != null) {
            return new SymbolDimension(
                    symbol,
                    candidate.dimension(),
                    candidate.meaning().unit(),
                    candidate.meaning().text(),
                    solved.contains(symbol) ? Source.SOLVED : Source.CONVENTION,
                    usual.contains(symbol));
        }
        Symbol other = statistical.like().get(symbol);
        String meaning = other == null ? "" : "a value such as " + other.name();
        return form.isKnown()
                ? new SymbolDimension(symbol, form.known(), form.known().inSiUnits(), meaning, Source.SOLVED, false)
                : new SymbolDimension(symbol, null, "?", "", Source.FREE, false);
    }
}
