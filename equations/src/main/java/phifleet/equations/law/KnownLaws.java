package phifleet.equations.law;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
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
import phifleet.equations.exact.Renaming;
import phifleet.equations.units.Dimension;
import phifleet.equations.units.PhysicalConstant;
import phifleet.equations.units.PhysicalConstants;

/**
 * The known laws with an index. Thread-safe; a law's own form is made once an equation comes near it.
 *
 * <p>Two equations are one law where algebra and a renaming that keeps dimensions turn one into the other: {@code E = mc²},
 * {@code m = E/c²} and {@code E/m = c²}. A physical constant keeps its name: {@code E = m v²} is not {@code E = m c²}.
 */
public final class KnownLaws {
    /** Laws of one key that are compared with an equation, at most. */
    private static final int MAX_TRIALS = 40;
    /** Letters of constants that as often stand for a variable of the same dimension. */
    private static final Set<String> WEAK_CONSTANTS = Set.of(
            "g", "g_0", "e", "e_0", "q_e", "alpha", "b", "a_0", "p_0", "V_m", "n_0", "G_0", "sigma", "c_1", "c_2");

    private static final KnownLaws STANDARD = new KnownLaws(LawTable.load());

    private final LawTable table;
    /** As written; for the few laws, such as {@code div(B) = 0}, of which algebra leaves nothing. */
    private final Map<Integer, List<Integer>> byStatement = new HashMap<>();

    private final Map<String, List<Entry>> byKey = new HashMap<>();
    private final Map<Set<String>, List<Entry>> byNames = new HashMap<>();

    private KnownLaws(LawTable table) {
        this(table, LawIndex.of(table));
    }

    KnownLaws(LawTable table, List<LawIndex.Row> index) {
        this.table = table;
        for (int row = 0; row < index.size(); row++) {
            byStatement
                    .computeIfAbsent(index.get(row).statement(), hash -> new ArrayList<>(1))
                    .add(row);
            LawIndex.Key key = index.get(row).form();
            if (key != null) {
                Entry entry = new Entry(row, key);
                byKey.computeIfAbsent(key.shape(), shape -> new ArrayList<>()).add(entry);
                byNames.computeIfAbsent(key.symbols(), symbols -> new ArrayList<>())
                        .add(entry);
            }
        }
    }

    /** A law that has a form, which is made when it is first asked for. */
    private final class Entry {
        private final int row;
        private final LawIndex.Key key;
        private volatile @Nullable LawForm form;

        Entry(int row, LawIndex.Key key) {
            this.row = row;
            this.key = key;
        }

        KnownLaw law() {
            return table.law(row);
        }

        Set<String> symbols() {
            return key.symbols();
        }

        Set<String> constants() {
            return key.constants();
        }

        LawForm form() {
            LawForm made = form;
            if (made == null) {
                made = LawForm.of(law())
                        .orElseThrow(() -> new IllegalStateException(
                                "the index of the laws is wrong at " + law().id() + ": build it anew"));
                form = made;
            }
            return made;
        }
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
        // A law in the very same letters decides before a law in other letters.
        return verbatim(form.get())
                .or(() -> differs(form.get()).map(found -> orNone(found, form.get(), certain, budget)))
                .or(() -> form.get().isComplete() ? renamed(form.get(), certain, budget) : Optional.empty())
                .orElseGet(LawMatch.None::new);
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
    private LawMatch orNone(LawMatch found, LawForm form, boolean certain, Budget budget) {
        boolean factor = found instanceof LawMatch.Differs(var law, LawMatch.Difference difference, String detail)
                && difference == LawMatch.Difference.FACTOR;
        return factor && form.isComplete() && renamed(form, certain, budget).isPresent() ? new LawMatch.None() : found;
    }

    private LawMatch asWritten(Statement statement) {
        for (int row : byStatement.getOrDefault(LawIndex.hash(statement), List.of())) {
            KnownLaw law = table.law(row);
            if (law.statement().equals(statement)) {
                return new LawMatch.Same(law, Map.of());
            }
        }
        return new LawMatch.None();
    }

    private Optional<LawMatch> verbatim(LawForm form) {
        for (Entry entry : byNames.getOrDefault(form.canonical().symbols(), List.of())) {
            if (LawDifference.isNone(form.canonical(), entry.form().canonical())
                    && LawDifference.agree(form.dimensions(), entry.form().dimensions())) {
                Map<String, String> names = new HashMap<>();
                form.canonical().symbols().forEach(name -> names.put(name, name));
                return Optional.of(new LawMatch.Same(entry.law(), names));
            }
        }
        return Optional.empty();
    }

    private Optional<LawMatch> renamed(LawForm form, boolean certain, Budget budget) {
        Set<String> names = form.canonical().symbols();
        List<Entry> entries = new ArrayList<>(byKey.getOrDefault(form.key(), List.of()));
        // In the law's very names only the law itself would do: p_r = p p_c is not p_r = p/p_c with names exchanged.
        entries.removeIf(entry -> entry.symbols().equals(names));
        entries.sort(Comparator.comparingInt(entry -> -common(names, entry)));
        for (Entry entry : entries.subList(0, Math.min(entries.size(), MAX_TRIALS))) {
            Optional<Map<String, String>> renaming = Renaming.find(
                    form.canonical(),
                    entry.form().canonical(),
                    (mine, its) -> compatible(form, mine, entry, its),
                    inItsNames -> LawDifference.isNone(inItsNames, entry.form().canonical()),
                    budget);
            if (renaming.isPresent() && isTelling(form, renaming.get(), certain)) {
                return Optional.of(new LawMatch.Same(entry.law(), renaming.get()));
            }
        }
        return Optional.empty();
    }

    private static int common(Set<String> names, Entry entry) {
        int common = 0;
        for (String name : entry.symbols()) {
            common += names.contains(name) ? 1 : 0;
        }
        return common;
    }

    private static boolean compatible(LawForm form, String mine, Entry entry, String its) {
        Dimension dimension = form.dimensions().get(mine);
        if (dimension == null || !dimension.equals(entry.form().dimensions().get(its))) {
            return false;
        }
        if (mine.equals(its)) {
            return true;
        }
        // Many letters are written small and large for one quantity: p and P, v and V.
        boolean sameLetter = letter(mine).equalsIgnoreCase(letter(its));
        if (!sameLetter && (!form.vouched().contains(mine) || Twins.areTwins(mine, its))) {
            return false;
        }
        if (IndexLabels.differ(mine, its, entry.symbols())) {
            return false;
        }
        // A name that both use stands for itself: H = G + T S is not the law G = H + T S in other names.
        if (sameDimension(form, entry, mine) || sameDimension(form, entry, its)) {
            return false;
        }
        if (entry.constants().contains(its)) {
            return constant(mine).isPresent() && constant(mine).equals(constant(its));
        }
        return !LawIndex.isConstant(mine, dimension)
                || WEAK_CONSTANTS.contains(mine)
                || (mine.equals("c") && entry.law().isOfWaves());
    }

    private static boolean sameDimension(LawForm form, Entry entry, String name) {
        Dimension dimension = form.dimensions().get(name);
        return dimension != null && dimension.equals(entry.form().dimensions().get(name));
    }

    /** Whether a renaming says something: among quantities that all have one dimension only the letters can tell. */
    private static boolean isTelling(LawForm form, Map<String, String> renaming, boolean certain) {
        long kept = renaming.entrySet().stream()
                .filter(entry -> letter(entry.getKey()).equals(letter(entry.getValue())))
                .count();
        boolean alike = new HashSet<>(form.dimensions().values()).size() < 2;
        long needed = alike ? renaming.size() : certain ? 0 : (renaming.size() + 1) / 2;
        return kept >= needed;
    }

    private static String letter(String name) {
        int underscore = name.indexOf('_');
        return underscore < 0 ? name : name.substring(0, underscore);
    }

    private static Optional<PhysicalConstant> constant(String name) {
        return PhysicalConstants.standard().find(name);
    }

    private Optional<LawMatch> differs(LawForm form) {
        @Nullable LawMatch found = null;
        for (Entry entry : byNames.getOrDefault(form.canonical().symbols(), List.of())) {
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
