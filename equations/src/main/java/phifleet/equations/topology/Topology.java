package phifleet.equations.topology;

import java.util.List;
import java.util.Set;
import phifleet.equations.ast.Statement;
import phifleet.equations.budget.Budget;

/**
 * The shape of an equation: the homology over GF(2) of its terms and symbols.
 *
 * <p>b0 counts groups of symbols that never meet in a term, b1 cyclic couplings that no single term ties together, b2 hollow shells. The
 * answer depends on how the equation is written: {@code 1/f = 1/u + 1/v} has three groups, {@code uv = fv + fu} is one cycle. For mode
 * {@code signature} see {@link SignatureCounts}.
 */
public final class Topology {
    private Topology() {}

    /**
     * The shape of {@code statement}.
     *
     * @param budget what may be spent; the work on one statement is bounded besides, to about 5 ms
     * @throws Budget.Spent where {@code budget} ends first
     */
    public static TopologyOutcome of(Statement statement, Budget budget) {
        return of(terms(statement, budget), budget);
    }

    /**
     * The shape that terms span.
     *
     * @throws Budget.Spent where {@code budget} ends first
     */
    public static TopologyOutcome of(List<Set<String>> terms, Budget budget) {
        return TermComplex.ofTerms(terms).measure(budget);
    }

    /**
     * The additive terms of both sides, each as the sorted names of its symbols; one of numbers alone is empty.
     *
     * @throws Budget.Spent where {@code budget} ends first
     */
    public static List<Set<String>> terms(Statement statement, Budget budget) {
        return new AdditiveTerms(budget).of(statement);
    }
}
