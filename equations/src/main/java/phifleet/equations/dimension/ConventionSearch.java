package phifleet.equations.dimension;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.budget.Budget;
import phifleet.equations.units.Dimension;

/**
 * Finds the likeliest meanings of letters under which a statement is consistent: branch and bound.
 *
 * <p>What unification left over are symbols that are free and symbols whose dimension the free ones decide. The search
 * gives dimensions to the free ones, those with the fewest meanings first and the likeliest dimension first, and looks up
 * each decided one as soon as it can be computed. The cost of an assignment is its log-prior gap: how much less likely it
 * is than the likeliest assignment of all, consistent or not. It is the sum over symbols within one field of science, plus
 * what the field loses against the best field; all parts are at least 0, so a partial sum over the bound ends a branch.
 * The same letter with two subscripts pays for meaning two things.
 *
 * <p>Cost: exponential in the free symbols in principle, kept small by the bound; {@link #MAX_STEPS} ends it.
 */
final class ConventionSearch {
    /** Dimensions tried, over all fields; some 0.1 µs each. */
    static final int MAX_STEPS = 20_000;
    /** Terms of forms, some 30 ns each, after which the clock is looked at. */
    private static final int WALKED_PER_LOOK = 50_000;
    /** Assignments that are tested in full where a power hides what it requires. */
    private static final int MAX_TESTS = 200;
    /** What the same letter pays, in log-prior, for a second dimension. */
    private static final double DIFFERENT_MEANING = 1;
    /** Steps of the budget for one step here. */
    private static final int STEPS_PER_BUDGET_STEP = 4;

    /**
     * An assignment of meanings; a symbol that nobody knows is absent.
     *
     * @param usual the symbols that have here the dimension that they have most of all
     * @param unheardOf whether a symbol has here a dimension that laws do not give it in this company
     */
    record Found(Map<Symbol, Option> meanings, Set<Symbol> usual, boolean unheardOf, double gap) {}

    private final Budget budget;
    private final Predicate<Map<Symbol, Dimension>> test;
    private final List<Symbol> symbols = new ArrayList<>();
    private final List<@Nullable SymbolOptions> options = new ArrayList<>();
    private final List<@Nullable Form> decided = new ArrayList<>();
    private final Map<Integer, Integer> indexById = new HashMap<>();
    private final double[] fieldGap = new double[ScienceField.values().length];
    private final List<List<Integer>> readyAt = new ArrayList<>();
    private final List<Integer> order = new ArrayList<>();
    private final int[] sameLetter;

    private final Dimension[] chosen;
    private final @Nullable Option[] picked;
    private final double[] best;
    private @Nullable Found found;
    private double bound;
    private int field;
    private int steps;
    /** Terms of forms that were walked since the clock was last looked at. */
    private int walked;

    private int tests;

    /**
     * @param unknowns the symbols without a given dimension, with their numbers in the system
     * @param limits what symbols cannot mean
     * @param test whether an assignment is consistent in full; asked only for assignments that pass the linear part
     */
    ConventionSearch(
            MeaningTable table,
            Map<Symbol, Integer> unknowns,
            DimensionSystem system,
            MeaningLimits limits,
            Budget budget,
            Predicate<Map<Symbol, Dimension>> test) {
        this.budget = budget;
        this.test = test;
        unknowns.forEach((symbol, id) -> {
            indexById.put(id, symbols.size());
            symbols.add(symbol);
            decided.add(system.isSolved(id) ? system.reduce(Form.unknown(id)) : null);
        });
        BitSet company = table.corpus().letters(symbols);
        int letters = (int) symbols.stream().map(Symbol::base).distinct().count();
        for (Symbol symbol : symbols) {
            options.add(table.of(symbol)
                    .map(of -> new SymbolOptions(
                            of,
                            letters < 2 || limits.times().contains(symbol)
                                    ? Map.of()
                                    : table.corpus().votes(symbol, company, letters),
                            i -> limits.rulesOut(symbol, of.dimension(i), of.texts(i))))
                    .orElse(null));
        }
        chosen = new Dimension[symbols.size()];
        picked = new Option[symbols.size()];
        best = new double[symbols.size()];
        sameLetter = new int[symbols.size()];
        plan();
        weighFields();
    }

    /** Free symbols with few meanings first; after each of them the decided symbols that can then be computed. */
    private void plan() {
        for (int i = 0; i < symbols.size(); i++) {
            if (decided.get(i) == null && options.get(i) != null) {
                order.add(i);
            }
        }
        order.sort(Comparator.comparingInt(
                i -> Objects.requireNonNull(options.get(i)).size()));
        for (int depth = 0; depth <= order.size(); depth++) {
            readyAt.add(new ArrayList<>());
        }
        for (int i = 0; i < symbols.size(); i++) {
            Form form = decided.get(i);
            if (form != null && options.get(i) != null) {
                int last = 0;
                for (int id : form.unknowns()) {
                    last = Math.max(last, 1 + order.indexOf(indexById.getOrDefault(id, -1)));
                }
                readyAt.get(last).add(i);
            }
        }
        Map<String, Integer> before = new HashMap<>();
        Arrays.fill(sameLetter, -1);
        for (int depth = 0; depth <= order.size(); depth++) {
            List<Integer> next = new ArrayList<>(readyAt.get(depth));
            if (depth < order.size()) {
                next.add(order.get(depth));
            }
            for (int symbol : next) {
                Integer other = before.put(symbols.get(symbol).base(), symbol);
                sameLetter[symbol] = other == null ? -1 : other;
            }
        }
    }

    private void weighFields() {
        double most = Double.NEGATIVE_INFINITY;
        for (int f = 0; f < fieldGap.length; f++) {
            for (SymbolOptions of : options) {
                fieldGap[f] -= of == null ? 0 : of.best(f);
            }
            most = Math.max(most, -fieldGap[f]);
        }
        for (int f = 0; f < fieldGap.length; f++) {
            fieldGap[f] += most;
        }
    }

    private Integer[] fieldsByGap() {
        Integer[] fields = new Integer[fieldGap.length];
        Arrays.setAll(fields, i -> i);
        Arrays.sort(fields, Comparator.comparingDouble(f -> fieldGap[f]));
        return fields;
    }

    /** The likeliest consistent assignment whose gap is at most {@code limit}. */
    Optional<Found> search(double limit) {
        bound = limit;
        for (int f : fieldsByGap()) {
            if (fieldGap[f] > bound) {
                break;
            }
            field = f;
            for (int i = 0; i < best.length; i++) {
                SymbolOptions of = options.get(i);
                best[i] = of == null ? 0 : of.best(f);
            }
            descend(0, fieldGap[f]);
        }
        budget.spend(steps / STEPS_PER_BUDGET_STEP);
        return Optional.ofNullable(found);
    }

    /** Whether the search ended for want of steps, so that nothing follows from what it did not find. */
    boolean gaveUp() {
        return steps >= MAX_STEPS || tests >= MAX_TESTS;
    }

    /** The likeliest meanings of all, whether consistent or not. */
    Map<Symbol, Option> likeliest() {
        int f = fieldsByGap()[0];
        Map<Symbol, Option> meanings = new LinkedHashMap<>();
        for (int i = 0; i < symbols.size(); i++) {
            SymbolOptions of = options.get(i);
            if (of != null) {
                meanings.put(symbols.get(i), of.in(f).getFirst());
            }
        }
        return meanings;
    }

    private void descend(int depth, double gap) {
        double cost = gap;
        for (int symbol : readyAt.get(depth)) {
            Option option = compute(symbol);
            if (option == null) {
                return;
            }
            cost += choose(symbol, option);
            if (cost > bound) {
                return;
            }
        }
        if (depth == order.size()) {
            accept(cost);
            return;
        }
        int symbol = order.get(depth);
        for (Option option : Objects.requireNonNull(options.get(symbol)).in(field)) {
            if (cost + option.gap() > bound || ++steps >= MAX_STEPS) {
                return;
            }
            descend(depth + 1, cost + choose(symbol, option));
        }
    }

    private double choose(int symbol, Option option) {
        chosen[symbol] = option.dimension();
        picked[symbol] = option;
        int other = sameLetter[symbol];
        boolean differs = other >= 0 && !chosen[other].equals(option.dimension());
        return option.gap() + (differs ? DIFFERENT_MEANING : 0);
    }

    private @Nullable Option compute(int symbol) {
        Form form = Objects.requireNonNull(decided.get(symbol));
        Dimension product = form.known();
        for (int i = 0; i < form.size(); i++) {
            int index = indexById.getOrDefault(form.unknownAt(i), -1);
            if (index >= 0) {
                product = product.times(chosen[index].pow(form.coefficient(i)));
            }
        }
        steps++;
        walked += form.size();
        if (walked >= WALKED_PER_LOOK) {
            walked = 0;
            steps = budget.isSpent() ? MAX_STEPS : steps;
        }
        return Objects.requireNonNull(options.get(symbol)).find(field, best[symbol], product);
    }

    private void accept(double cost) {
        if (found != null && cost >= found.gap()) {
            return;
        }
        Map<Symbol, Dimension> dimensions = new LinkedHashMap<>();
        Map<Symbol, Option> meanings = new LinkedHashMap<>();
        Set<Symbol> usual = new HashSet<>();
        boolean unheardOf = false;
        for (int i = 0; i < symbols.size(); i++) {
            Option option = picked[i];
            if (option != null) {
                SymbolOptions of = Objects.requireNonNull(options.get(i));
                if (of.isUsual(option.dimension())) {
                    usual.add(symbols.get(i));
                }
                unheardOf |= of.isUnheardOf(option.dimension());
                dimensions.put(symbols.get(i), option.dimension());
                meanings.put(symbols.get(i), option);
            }
        }
        tests++;
        if (tests < MAX_TESTS && test.test(dimensions)) {
            found = new Found(meanings, usual, unheardOf, Math.max(0, cost));
            bound = cost;
        }
    }
}
