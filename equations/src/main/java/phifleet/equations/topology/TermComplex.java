package phifleet.equations.topology;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import phifleet.equations.budget.Budget;

/**
 * The Dowker complex of the terms of an equation and its homology over GF(2).
 *
 * <p>Vertices are symbols; each term spans a simplex. b0 counts groups of symbols that never meet in a term, b1 cyclic couplings that no
 * single term ties together, b2 hollow shells. Each group is collapsed to its core first, and the smaller of the core and its dual is
 * eliminated: the cost follows how terms overlap and not how long they are.
 */
final class TermComplex {
    /** Faces listed, and words of elimination, for one equation: about 5 ms at most. */
    private static final long STEP_LIMIT = 400_000;

    private final Incidence incidence;

    private TermComplex(Incidence incidence) {
        this.incidence = incidence;
    }

    /** Of the symbol sets of the terms, both sides together; sets may repeat and may be empty. */
    static TermComplex ofTerms(Collection<? extends Collection<String>> terms) {
        return new TermComplex(Incidence.of(terms));
    }

    /** Its Betti numbers, Euler characteristic and loops, within a part of {@code whole}. */
    TopologyOutcome measure(Budget whole) {
        List<Incidence> parts = incidence.components();
        Budget budget = whole.part(STEP_LIMIT);
        List<Integer> betti = new ArrayList<>(List.of(0, 0, 0));
        try {
            for (Incidence part : parts) {
                add(betti, bettiOfPart(part, budget));
            }
        } catch (Budget.Spent e) {
            return new TopologyOutcome.TooLarge(parts.size(), incidence.loops());
        }
        while (betti.size() > 3 && betti.getLast() == 0) {
            betti.removeLast();
        }
        int chi = 0;
        for (int i = 0; i < betti.size(); i++) {
            chi += i % 2 == 0 ? betti.get(i) : -betti.get(i);
        }
        return new TopologyOutcome.Measured(betti, chi, incidence.loops());
    }

    private static List<Integer> bettiOfPart(Incidence part, Budget budget) {
        Incidence core = part.core(budget);
        if (core.rows().size() == 1) {
            return List.of(1);
        }
        Incidence dual = core.dual();
        Incidence smaller = dual.faceBound() < core.faceBound() ? dual : core;
        budget.spend(Math.min(smaller.faceBound(), STEP_LIMIT + 1));
        return Homology.betti(smaller, budget);
    }

    private static void add(List<Integer> sum, List<Integer> part) {
        for (int i = 0; i < part.size(); i++) {
            if (i < sum.size()) {
                sum.set(i, sum.get(i) + part.get(i));
            } else {
                sum.add(part.get(i));
            }
        }
    }
}
