package phifleet.equations.dimension;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.equations.budget.Budget;
import phifleet.equations.units.Exponent;

/**
 * Linear equations between dimensions, solved as they come: Gaussian elimination over the rational numbers.
 *
 * <p>Each new equation is reduced by the solved unknowns. What remains either holds, or is a contradiction, or gives one
 * more unknown. Cost: one step of the budget for each substitution. Solved forms may name unknowns that were solved
 * later, so {@link #reduce} repeats until none is left; an unknown is never solved by itself, which bounds that.
 */
final class DimensionSystem {
    /** How eagerly an unknown is solved for. */
    enum Kind {
        /** A made-up dimension, such as that of a literal 0: solved for first. */
        AUXILIARY,
        /** As {@link #AUXILIARY}, but a product of base quantities: it takes no part of a rigid unknown on itself. */
        PLAIN,
        /** A symbol of the statement: solved for where no auxiliary one is left. */
        SYMBOL,
        /** A base quantity to a symbolic power, such as L^γ: a basis vector of its own, never solved for. */
        RIGID
    }

    private final Budget budget;
    private final List<Kind> kinds = new ArrayList<>();
    private final List<Integer> ranks = new ArrayList<>();
    private final List<@Nullable Form> solved = new ArrayList<>();

    DimensionSystem(Budget budget) {
        this.budget = budget;
    }

    /** A new unknown; of several symbols in an equation the one of the highest rank is solved for. */
    int fresh(Kind kind, int rank) {
        kinds.add(kind);
        ranks.add(rank);
        solved.add(null);
        return kinds.size() - 1;
    }

    Form freshForm(Kind kind) {
        return Form.unknown(fresh(kind, 0));
    }

    /** The form with every solved unknown replaced. */
    Form reduce(Form form) {
        Form current = form;
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 0; i < current.size(); i++) {
                int id = current.unknownAt(i);
                Form value = solved.get(id);
                if (value != null) {
                    budget.spend(1);
                    Exponent factor = current.coefficient(i);
                    current = current.without(id).plus(value, factor);
                    changed = true;
                    break;
                }
            }
        }
        return current;
    }

    /** Adds the equation {@code difference = 1}; the contradiction that it makes, if any, as what remains of it. */
    Optional<Form> require(Form difference) {
        budget.spend(1);
        Form rest = reduce(difference);
        boolean hasRigid = rest.unknowns().stream().anyMatch(id -> kinds.get(id) == Kind.RIGID);
        int pivot = -1;
        for (int i = 0; i < rest.size(); i++) {
            int id = rest.unknownAt(i);
            if (maySolve(id, hasRigid) && (pivot < 0 || goesBefore(id, pivot))) {
                pivot = id;
            }
        }
        if (pivot < 0) {
            return rest.isNone() ? Optional.empty() : Optional.of(rest);
        }
        Exponent factor = Exponent.of(-1).over(rest.coefficientOf(pivot));
        solved.set(pivot, rest.without(pivot).pow(factor));
        return Optional.empty();
    }

    private boolean maySolve(int id, boolean besideRigid) {
        return switch (kinds.get(id)) {
            case AUXILIARY, SYMBOL -> true;
            case PLAIN -> !besideRigid;
            case RIGID -> false;
        };
    }

    private boolean goesBefore(int id, int pivot) {
        int order = kinds.get(id).compareTo(kinds.get(pivot));
        return order != 0 ? order < 0 : ranks.get(id) > ranks.get(pivot);
    }

    boolean isSolved(int id) {
        return solved.get(id) != null;
    }
}
