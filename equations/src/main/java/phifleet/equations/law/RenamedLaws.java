package phifleet.equations.law;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.budget.Budget;
import phifleet.equations.exact.CanonicalEquation;
import phifleet.equations.exact.Renaming;
import phifleet.equations.law.LawEntries.Entry;
import phifleet.equations.units.Dimension;
import phifleet.equations.units.PhysicalConstant;
import phifleet.equations.units.PhysicalConstants;

/** Laws in other letters than the table's: which letter may stand for which, and when a renaming says something. */
final class RenamedLaws {
    /** Laws of one key that are compared with an equation, at most. */
    private static final int MAX_TRIALS = 40;
    /** Of fewer letters another equation may be meant, where the numbers differ. */
    private static final int FEWEST_LETTERS = 3;
    /** An index of so many letters is the beginning of a word. */
    private static final int LABEL = 3;

    private static final Pattern NOT_LETTERS = Pattern.compile("[^a-z]+");
    /** Letters of constants that as often stand for a variable of the same dimension. */
    private static final Set<String> WEAK_CONSTANTS = Set.of(
            "g", "g_0", "e", "e_0", "q_e", "alpha", "b", "a_0", "p_0", "V_m", "n_0", "G_0", "sigma", "c_1", "c_2");
    /** Indices that make another quantity of a letter, a number apart from it: the mean power is half of the highest. */
    private static final Set<String> QUALIFIED = Set.of(
            "0", "av", "avg", "mean", "rms", "eff", "max", "min", "m", "p", "pp", "peak", "tot", "total", "net", "rel",
            "half", "1/2");

    private final LawEntries entries;

    RenamedLaws(LawEntries entries) {
        this.entries = entries;
    }

    /**
     * A law up to names.
     *
     * @param told the name of the quantity that the equation tells; empty where it tells none
     * @param certain as in {@link KnownLaws#match}
     */
    Optional<LawMatch> same(LawForm form, String told, boolean certain, Budget budget) {
        Set<String> names = form.canonical().symbols();
        List<Entry> like = like(form, told);
        // In the law's very names only the law itself would do: p_r = p p_c is not p_r = p/p_c with names exchanged.
        like.removeIf(entry -> entry.symbols().equals(names));
        like.sort(Comparator.comparingInt(entry -> -common(names, entry)));
        for (Entry entry : like.subList(0, Math.min(like.size(), MAX_TRIALS))) {
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

    /**
     * A law but for a number or a sign, where the quantity that it tells has another letter of the same meaning: {@code W = k x²} beside {@code E = k x²/2}. The
     * others keep theirs, large or small. Laws of other signs than the nearest are left aside, and no law whose numbers are other ones may fit as well: of
     * a body's inertia any number may be right.
     *
     * @param told the name of that quantity in the equation
     */
    Optional<LawMatch> nearly(LawForm form, String told, Budget budget) {
        Set<String> names = form.canonical().symbols();
        if (names.size() < FEWEST_LETTERS || QUALIFIED.contains(index(told))) {
            return Optional.empty();
        }
        List<Entry> like = like(form, told);
        like.removeIf(entry -> entry.symbols().equals(names));
        Map<String, LawMatch> bySigns = new TreeMap<>();
        for (Entry entry : like.subList(0, Math.min(like.size(), MAX_TRIALS))) {
            Optional<Symbol> its = KnownLaws.told(entry.law().statement());
            if (its.isPresent() && areAlike(told, its.get().name(), entry)) {
                nearly(form, told, entry, its.get().name(), budget)
                        .ifPresent(found -> bySigns.put(found.ratios(), found.match()));
            }
        }
        List<LawMatch> unsigned = bySigns.entrySet().stream()
                .filter(found -> found.getKey().indexOf('-') < 0)
                .map(Map.Entry::getValue)
                .toList();
        List<LawMatch> nearest = unsigned.isEmpty() ? List.copyOf(bySigns.values()) : unsigned;
        return nearest.size() == 1 ? Optional.of(nearest.getFirst()) : Optional.empty();
    }

    private record Near(String ratios, LawMatch match) {}

    private static Optional<Near> nearly(LawForm form, String told, Entry entry, String itsTold, Budget budget) {
        CanonicalEquation its = entry.form().canonical();
        return Renaming.find(
                        form.canonical(),
                        its,
                        (mine, other) -> mine.equals(told) == other.equals(itsTold)
                                && (mine.equals(told) || mine.equalsIgnoreCase(other))
                                && entry.agrees(other, form.dimension(mine)),
                        mine -> LawDifference.ofNumbers(mine, its).isPresent(),
                        budget)
                .map(form.canonical()::renamed)
                .flatMap(mine -> LawDifference.ofNumbers(mine, its)
                        .map(difference -> new Near(
                                LawDifference.ratios(mine, its),
                                new LawMatch.Differs(entry.law(), difference.difference(), difference.detail()))));
    }

    /** Whether the quantity that an equation tells may be the one that a law tells. */
    private static boolean areAlike(String told, String its, Entry entry) {
        return Synonyms.are(told, its)
                || (Synonyms.are(letter(told), letter(its))
                        && (index(told).length() < LABEL || isNamed(entry, index(told))));
    }

    /** The laws of a form, of which only those count that are called as the index of what the equation tells says, {@code v_esc}. */
    private List<Entry> like(LawForm form, String told) {
        List<Entry> like = new ArrayList<>(entries.like(form.key()));
        String label = index(told);
        if (label.length() >= LABEL && like.stream().anyMatch(entry -> isNamed(entry, label))) {
            like.removeIf(entry -> !isNamed(entry, label));
        }
        return like;
    }

    /** Whether a word of a law's name begins so: esc, orb, kin, rot. */
    private static boolean isNamed(Entry entry, String label) {
        return NOT_LETTERS
                .splitAsStream(entry.law().name().toLowerCase(Locale.ROOT))
                .anyMatch(word -> word.startsWith(label.toLowerCase(Locale.ROOT)));
    }

    private static int common(Set<String> names, Entry entry) {
        int common = 0;
        for (String name : entry.symbols()) {
            common += names.contains(name) ? 1 : 0;
        }
        return common;
    }

    private static boolean compatible(LawForm form, String mine, Entry entry, String its) {
        Dimension dimension = form.dimension(mine);
        if (dimension == null || !entry.agrees(its, dimension)) {
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
        return entry.agrees(name, form.dimension(name));
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

    private static String index(String name) {
        int underscore = name.indexOf('_');
        return underscore < 0 ? "" : name.substring(underscore + 1);
    }

    private static Optional<PhysicalConstant> constant(String name) {
        return PhysicalConstants.standard().find(name);
    }
}
