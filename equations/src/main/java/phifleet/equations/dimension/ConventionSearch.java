package phifleet.equations.dimension;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.budget.Budget;
import phifleet.equations.dimension.Candidates.Candidate;
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
    /** Assignments that are tested in full where a power hides what it requires. */
    private static final int MAX_TESTS = 200;

    /** What the same letter pays, in log-prior, for a second dimension. */
    private static final double DIFFERENT_MEANING = 1.0;

    /** An assignment of meanings, in the order of the symbols; a null stands for a symbol that nobody knows. */
    record Found(Map<Symbol, Candidate> meanings, double gap) {}

    private final Budget budget;
    private final List<Symbol> symbols = new ArrayList<>();
    private final List<@Nullable Candidates> candidates = new ArrayList<>();
    private final List<@Nullable Form> decided = new ArrayList<>();
    private final Map<Integer, Integer> indexById;
    private final Predicate<Map<Symbol, Dimension>> test;

    private final double[] fieldGap = new double[Field.values().length];
    private int[] order = new int[0];
    private int[][] readyAt = new int[0][];
    private final int[] sameLetter;

    private final Dimension[] chosen;
    private final @Nullable Candidate[] picked;
    private @Nullable Found best;
    private double bound;
    private int field;
    private int steps;
    private int tests;

    /**
     * @param unknowns the symbols without a given dimension, with their numbers in the system
     * @param test whether an assignment is consistent in full; asked only for assignments that pass the linear part
     */
    ConventionSearch(
            MeaningTable table,
            Map<Symbol, Integer> unknowns,
            DimensionSystem system,
            Budget budget,
            Predicate<Map<Symbol, Dimension>> test) {
        this.budget = budget;
        this.test = test;
        this.indexById = new LinkedHashMap<>();
        for (Map.Entry<Symbol, Integer> entry : unknowns.entrySet()) {
            indexById.put(entry.getValue(), symbols.size());
            symbols.add(entry.getKey());
            candidates.add(table.of(entry.getKey()).orElse(null));
            int id = entry.getValue();
            decided.add(system.isSolved(id) ? system.reduce(Form.unknown(id)) : null);
        }
        chosen = new Dimension[symbols.size()];
        picked = new Candidate[symbols.size()];
        sameLetter = new int[symbols.size()];
        plan();
        fields();
    }

    /** Free symbols with few meanings first; after each of them the decided symbols that can then be computed. */
    private void plan() {
        List<Integer> free = new ArrayList<>();
        for (int i = 0; i < symbols.size(); i++) {
            if (decided.get(i) == null && candidates.get(i) != null) {
                free.add(i);
            }
        }
        free.sort(Comparator.comparingInt(i -> size(i)));
        order = free.stream().mapToInt(Integer::intValue).toArray();
        List<List<Integer>> ready = new ArrayList<>();
        for (int i = 0; i <= order.length; i++) {
            ready.add(new ArrayList<>());
        }
        for (int i = 0; i < symbols.size(); i++) {
            Form form = decided.get(i);
            if (form != null && candidates.get(i) != null) {
                int last = 0;
                for (int id : form.unknowns()) {
                    int index = indexById.getOrDefault(id, -1);
                    for (int depth = 0; depth < order.length; depth++) {
                        last = order[depth] == index ? Math.max(last, depth + 1) : last;
                    }
                }
                ready.get(last).add(i);
            }
        }
        readyAt = ready.stream()
                .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
        List<Integer> sequence = new ArrayList<>();
        for (int depth = 0; depth <= order.length; depth++) {
            sequence.addAll(ready.get(depth));
            if (depth < order.length) {
                sequence.add(order[depth]);
            }
        }
        linkLetters(sequence);
    }

    /** Links each symbol to the one with the same letter that is given a dimension before it. */
    private void linkLetters(List<Integer> sequence) {
        Arrays.fill(sameLetter, -1);
        Map<String, Integer> last = new HashMap<>();
        for (int symbol : sequence) {
            Integer before = last.put(symbols.get(symbol).base(), symbol);
            sameLetter[symbol] = before == null ? -1 : before;
        }
    }

    private int size(int symbol) {
        Candidates of = candidates.get(symbol);
        return of == null ? Integer.MAX_VALUE : of.size();
    }

    private void fields() {
        double most = Double.NEGATIVE_INFINITY;
        for (int f = 0; f < fieldGap.length; f++) {
            for (Candidates of : candidates) {
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
            descend(0, fieldGap[f]);
        }
        budget.spend(steps / 8);
        return Optional.ofNullable(best);
    }

    /** Whether the search ended for want of steps, so that nothing follows from what it did not find. */
    boolean gaveUp() {
        return steps >= MAX_STEPS || tests >= MAX_TESTS;
    }

    /** The likeliest meanings of all, whether consistent or not. */
    Map<Symbol, Candidate> likeliest() {
        int f = fieldsByGap()[0];
        Map<Symbol, Candidate> meanings = new LinkedHashMap<>();
        for (int i = 0; i < symbols.size(); i++) {
            Candidates of = candidates.get(i);
            if (of != null) {
                meanings.put(symbols.get(i), of.byGap(f).getFirst());
            }
        }
        return meanings;
    }

    private void descend(int depth, double gap) {
        double cost = gap;
        for (int symbol : readyAt[depth]) {
            Candidate candidate = compute(symbol);
            if (candidate == null) {
                return;
            }
            cost += choose(symbol, candidate);
            if (cost > bound) {
                return;
            }
        }
        if (depth == order.length) {
            accept(cost);
            return;
        }
        int symbol = order[depth];
        Candidates of = java.util.Objects.requireNonNull(candidates.get(symbol));
        for (Candidate candidate : of.byGap(field)) {
            if (cost + candidate.gap() > bound || ++steps >= MAX_STEPS) {
                return;
            }
            descend(depth + 1, cost + choose(symbol, candidate));
        }
    }

    private double choose(int symbol, Candidate candidate) {
        chosen[symbol] = candidate.dimension();
        picked[symbol] = candidate;
        int other = sameLetter[symbol];
        boolean differs = other >= 0 && !chosen[other].equals(candidate.dimension());
        return candidate.gap() + (differs ? DIFFERENT_MEANING : 0);
    }

    private @Nullable Candidate compute(int symbol) {
        Form form = java.util.Objects.requireNonNull(decided.get(symbol));
        Dimension product = form.known();
        for (int i = 0; i < form.size(); i++) {
            int index = indexById.getOrDefault(form.unknownAt(i), -1);
            if (index >= 0) {
                product = product.times(chosen[index].pow(form.coefficient(i)));
            }
        }
        steps++;
        return java.util.Objects.requireNonNull(candidates.get(symbol)).find(field, product);
    }

    private void accept(double cost) {
        if (best != null && cost >= best.gap()) {
            return;
        }
        Map<Symbol, Dimension> dimensions = new LinkedHashMap<>();
        Map<Symbol, Candidate> meanings = new LinkedHashMap<>();
        for (int i = 0; i < symbols.size(); i++) {
            Candidate candidate = picked[i];
            if (candidate != null) {
                dimensions.put(symbols.get(i), candidate.dimension());
                meanings.put(symbols.get(i), candidate);
            }
        }
        tests++;
        if (tests < MAX_TESTS && test.test(dimensions)) {
            best = new Found(meanings, cost);
            bound = cost;
        }
    }
}
