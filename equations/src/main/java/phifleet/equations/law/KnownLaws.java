package phifleet.equations.law;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
 * The known laws with an index. Thread-safe; built once, in some tenths of a second.
 *
 * <p>Two equations are one law where algebra and a renaming that keeps dimensions turn one into the other: {@code E = mc²},
 * {@code m = E/c²} and {@code E/m = c²}. A physical constant keeps its name: {@code E = m v²} is not {@code E = m c²}.
 */
public final class KnownLaws {
    /** Laws of one key that are compared with an equation, at most. */
    private static final int MAX_TRIALS = 40;
    /** Fields where c is the speed of any wave. */
    private static final Set<String> ANY_SPEED = Set.of("wave", "fluid", "solid");

    /** Letters of constants that as often stand for a variable of the same dimension. */
    private static final Set<String> WEAK_CONSTANTS = Set.of(
            "g", "g_0", "e", "e_0", "q_e", "alpha", "b", "a_0", "p_0", "V_m", "n_0", "G_0", "sigma", "c_1", "c_2");

    private record Entry(KnownLaw law, LawForm form, Set<String> constants) {}

    /** Loaded with the class: the table is part of the program, so a mistake in it must stop it at once. */
    private static final KnownLaws STANDARD = new KnownLaws(LawTable.load());

    private final List<KnownLaw> all;
    /** As written; for the few laws, such as {@code div(B) = 0}, of which algebra leaves nothing. */
    private final Map<Statement, KnownLaw> byStatement = new HashMap<>();

    private final Map<String, List<Entry>> byKey = new HashMap<>();
    private final Map<Set<String>, List<Entry>> byNames = new HashMap<>();

    private KnownLaws(List<KnownLaw> laws) {
        this.all = laws;
        for (KnownLaw law : laws) {
            byStatement.putIfAbsent(law.statement(), law);
            Optional<LawForm> canonical = LawForm.of(law.statement(), dimensions(law), Budget.ofSteps(1_000_000));
            if (canonical.isEmpty()) {
                continue;
            }
            LawForm form = canonical.get();
            Entry entry = new Entry(law, form, constants(law, form));
            byKey.computeIfAbsent(form.key(), key -> new ArrayList<>()).add(entry);
            byNames.computeIfAbsent(form.canonical().symbols(), key -> new ArrayList<>())
                    .add(entry);
        }
    }

    /** The laws of the table in the class path. */
    public static KnownLaws standard() {
        return STANDARD;
    }

    /** Every law once, in the table's order. */
    public List<KnownLaw> all() {
        return all;
    }

    private static Map<Symbol, Dimension> dimensions(KnownLaw law) {
        Map<Symbol, Dimension> dimensions = new HashMap<>();
        law.units().forEach((symbol, unit) -> dimensions.put(symbol, unit.dimension()));
        return dimensions;
    }

    private static Set<String> constants(KnownLaw law, LawForm form) {
        Set<String> constants = new HashSet<>();
        form.dimensions().forEach((name, dimension) -> {
            boolean anySpeed = name.equals("c") && ANY_SPEED.contains(law.field());
            if (!anySpeed && isConstant(name, dimension)) {
                constants.add(name);
            }
        });
        return constants;
    }

    private static boolean isConstant(String name, Dimension dimension) {
        return PhysicalConstants.standard()
                .find(name)
                .filter(constant -> constant.unit().dimension().equals(dimension))
                .isPresent();
    }

    /**
     * Looks an equation up.
     *
     * @param dimensions of its symbols, by {@link Symbol#plain()}; a symbol without one matches nothing
     * @param certain whether the dimensions were given; where they are guessed from the letters, at least half of the
     *     letters must be the law's own
     */
    public LawMatch match(
            Statement.Relation equation, Map<Symbol, Dimension> dimensions, boolean certain, Budget budget) {
        Optional<LawForm> form = LawForm.of(equation, dimensions, budget);
        if (form.isEmpty()) {
            KnownLaw law = byStatement.get(Trees.mapSides(equation, side -> Trees.rewrite(side, LawForm::scalar)));
            return law == null ? new LawMatch.None() : new LawMatch.Same(law, Map.of());
        }
        // A law in the very same letters decides before a law in other letters.
        return verbatim(form.get())
                .or(() -> differs(form.get()))
                .or(() -> form.get().isComplete() ? renamed(form.get(), certain, budget) : Optional.empty())
                .orElseGet(LawMatch.None::new);
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
        entries.removeIf(entry -> entry.form().canonical().symbols().equals(names));
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
        for (String name : entry.form().canonical().symbols()) {
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
        // A name that both use stands for itself: H = G + T S is not the law G = H + T S in other names.
        if (sameDimension(form, entry, mine) || sameDimension(form, entry, its)) {
            return false;
        }
        if (entry.constants().contains(its)) {
            return constant(mine).isPresent() && constant(mine).equals(constant(its));
        }
        return !isConstant(mine, dimension)
                || WEAK_CONSTANTS.contains(mine)
                || (mine.equals("c") && ANY_SPEED.contains(entry.law().field()));
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
