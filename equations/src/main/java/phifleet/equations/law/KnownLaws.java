package phifleet.equations.law;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;
import phifleet.equations.law.LawEntries.Entry;
import phifleet.equations.units.Dimension;

/**
 * The known laws with an index. Thread-safe.
 *
 * <p>Two equations are one law where algebra and a renaming that keeps dimensions turn one into the other: {@code E = mc²},
 * {@code m = E/c²} and {@code E/m = c²}. A physical constant keeps its name: {@code E = m v²} is not {@code E = m c²}.
 */
public final class KnownLaws {
    private static final KnownLaws STANDARD = new KnownLaws(LawTable.load());

    private final LawTable table;
    private final LawEntries entries;
    private final RenamedLaws renamed;

    private KnownLaws(LawTable table) {
        this(table, LawIndex.of(table));
    }

    KnownLaws(LawTable table, List<LawIndex.Row> index) {
        this.table = table;
        this.entries = new LawEntries(table, index);
        this.renamed = new RenamedLaws(entries);
    }

    /** The laws of the table in the class path. */
    public static KnownLaws standard() {
        return STANDARD;
    }

    /** Every law once, in the table's order. */
    public List<KnownLaw> all() {
        return IntStream.range(0, table.size()).mapToObj(table::law).toList();
    }

    /**
     * Looks an equation up.
     *
     * @param dimensions of its symbols, by {@link Symbol#plain()}; a symbol without one matches nothing
     * @param vouched the symbols whose dimension is given, or is what the letter stands for most of all. Another letter
     *     than the law's must be among them; {@code a = v t} is not {@code s = v t}, for a is no distance to anybody
     * @param certain whether all dimensions were given; where some are guessed from the letters, at least half of the
     *     letters must be the law's own
     */
    public LawMatch match(
            Statement.Relation equation,
            Map<Symbol, Dimension> dimensions,
            Set<Symbol> vouched,
            boolean certain,
            Budget budget) {
        Optional<LawForm> form = LawForm.of(equation, dimensions, vouched, budget);
        if (form.isEmpty()) {
            return asWritten(Trees.mapSides(equation, side -> Trees.rewrite(side, LawForm::scalar)));
        }
        LawForm mine = form.get();
        String told = told(equation).map(Symbol::name).orElse("");
        // A law in the very same letters decides before a law in other letters.
        return verbatim(mine)
                .or(() -> differs(mine).map(found -> orNone(found, mine, told, certain, budget)))
                .or(() -> mine.isComplete() ? renamed.same(mine, told, certain, budget) : Optional.empty())
                .or(() -> mine.isComplete() ? renamed.nearly(mine, told, budget) : Optional.empty())
                .orElseGet(LawMatch.None::new);
    }

    /** The quantity that an equation tells: a symbol alone on a side. */
    static Optional<Symbol> told(Statement.Relation equation) {
        return equation.sides().stream()
                .filter(Symbol.class::isInstance)
                .map(side -> ((Symbol) side).plain())
                .findFirst();
    }

    /** The laws in the letters of an equation, but perhaps for that of the quantity it tells, whatever the letters mean in it. */
    public List<Kin> kin(Statement.Relation equation, Budget budget) {
        return LawForm.of(equation, Map.of(), Set.of(), budget)
                .map(form -> Kin.of(form.canonical(), told(equation), entries))
                .orElse(List.of());
    }

    /** The laws whose letters are these and one physical constant more. */
    public List<KnownLaw> inLettersAndAConstant(Set<String> names) {
        return table.rowsWithOneMore(names).stream()
                .map(table::law)
                .filter(law -> law.units().entrySet().stream()
                        .filter(symbol -> !names.contains(symbol.getKey().name()))
                        .allMatch(symbol -> LawIndex.isConstant(
                                symbol.getKey().name(), symbol.getValue().dimension())))
                .toList();
    }

    /** The laws whose letters are just these, whatever their form. */
    public List<KnownLaw> inLetters(Set<String> names) {
        return table.rowsIn(names).stream().map(table::law).toList();
    }

    /** A law but for a number, and another law in a letter of the same meaning (A = π d² of a circle, of a ball): which was meant? */
    private LawMatch orNone(LawMatch found, LawForm form, String told, boolean certain, Budget budget) {
        boolean factor = found instanceof LawMatch.Differs(var law, LawMatch.Difference difference, String detail)
                && difference == LawMatch.Difference.FACTOR;
        return factor
                        && form.isComplete()
                        && renamed.same(form, told, certain, budget).isPresent()
                ? new LawMatch.None()
                : found;
    }

    private LawMatch asWritten(Statement statement) {
        return entries.written(statement).stream()
                .filter(law -> law.statement().equals(statement))
                .findFirst()
                .<LawMatch>map(law -> new LawMatch.Same(law, Map.of()))
                .orElseGet(LawMatch.None::new);
    }

    private Optional<LawMatch> verbatim(LawForm form) {
        for (Entry entry : entries.in(form.canonical().symbols())) {
            if (LawDifference.isNone(form.canonical(), entry.form().canonical())
                    && LawDifference.agree(form.dimensions(), entry.form().dimensions())) {
                Map<String, String> names = new HashMap<>();
                form.canonical().symbols().forEach(name -> names.put(name, name));
                return Optional.of(new LawMatch.Same(entry.law(), names));
            }
        }
        return Optional.empty();
    }

    private Optional<LawMatch> differs(LawForm form) {
        @Nullable LawMatch found = null;
        for (Entry entry : entries.in(form.canonical().symbols())) {
            Optional<LawDifference.Found> difference = LawDifference.between(form, entry.form());
            if (difference.isPresent() && found != null) {
                // Two laws are as near, as with the inertia of many bodies: which one was meant is not known.
                return Optional.empty();
            }
            if (difference.isPresent()) {
                found = new LawMatch.Differs(
                        entry.law(),
                        difference.get().difference(),
                        difference.get().detail());
            }
        }
        return Optional.ofNullable(found);
    }
}
