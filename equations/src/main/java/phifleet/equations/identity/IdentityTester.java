package phifleet.equations.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;
import phifleet.equations.exact.Domain;
import phifleet.equations.exact.Proof;
import phifleet.equations.exact.Prover;
import phifleet.equations.identity.Sampler.Region;

/**
 * Whether {@code left = right} for all values of the symbols.
 *
 * <p>First by normal form. Then at random complex points, at real points (for branch cuts lie there, and jumps at integers) and, where the
 * sides differ, on smaller domains: the reals, the positive numbers, small numbers, an interval of a single symbol. Numbers without symbols
 * are compared with many digits. The same seed gives the same answer. Stateless, safe from any thread; a typical call takes 0.2 ms and what
 * {@code budget} allows is never passed by more than one evaluation with many digits.
 */
public final class IdentityTester {
    private static final int COMPLEX_POINTS = 48;
    private static final int REAL_POINTS = 24;
    /** Small integers among the real points. */
    private static final int WHOLE_POINTS = 8;
    private static final int ENOUGH = 64;
    /** Points where agreement is seen again with many digits. */
    private static final int PRECISE_POINTS = 2;

    private final Map<String, Assumption> assumptions;
    private final long seed;

    /**
     * With what is known of symbols.
     *
     * @param assumptions by the symbol's canonical name; a symbol that is not there may be any complex number
     * @param seed of the random points
     */
    public IdentityTester(Map<String, Assumption> assumptions, long seed) {
        this.assumptions = Map.copyOf(assumptions);
        this.seed = seed;
    }

    /** Tests {@code left = right}. Where {@code budget} ends first the outcome is {@link IdentityOutcome.Undetermined}. */
    public IdentityOutcome test(Expr left, Expr right, Budget budget) {
        try {
            Expr a = Derivatives.carryOut(left, budget);
            Expr b = Derivatives.carryOut(right, budget);
            return decide(a, b, budget);
        } catch (Budget.Spent e) {
            return new IdentityOutcome.Undetermined("the time or work allowed is spent");
        } catch (Unsupported | Undefined e) {
            return new IdentityOutcome.Undetermined("no numeric meaning for " + e.getMessage());
        }
    }

    private IdentityOutcome decide(Expr left, Expr right, Budget budget) {
        Proof proof = Prover.prove(left, right, domain(names -> Set.of()), budget);
        boolean proved = proof instanceof Proof.Proved;
        List<String> names = names(left, right);
        Trial trial;
        try {
            trial = new Trial(left, right, names, Trees.nodeCount(left) + Trees.nodeCount(right), budget);
        } catch (Unsupported e) {
            if (proved) {
                return new IdentityOutcome.Proved();
            }
            throw e;
        }
        if (names.isEmpty()) {
            return numbers(trial, proved);
        }
        List<Assumption> known = known(names, left, right);
        Sampler sampler = new Sampler(known, seed);
        Survey survey = new Survey(trial, sampler);
        if (proved) {
            return isDefinedSomewhere(survey)
                    ? new IdentityOutcome.Proved()
                    : new IdentityOutcome.Undetermined("the sides have no value at any point tried");
        }
        return new Domains(left, right, names, trial, sampler, survey, this::prove, budget).search();
    }

    /** A second pair of eyes on the normal form: sides that are nowhere defined are equal nowhere. */
    private static boolean isDefinedSomewhere(Survey survey) {
        for (Region region : List.of(Region.POSITIVE, Region.COMPLEX)) {
            Evidence evidence = survey.of(region, 2, 0);
            if (evidence.counterexample().isPresent()) {
                return false;
            }
            if (evidence.equal() > 0) {
                return true;
            }
        }
        return false;
    }

    private static IdentityOutcome numbers(Trial trial, boolean proved) {
        Point nowhere = new Point(List.of());
        if (proved) {
            return trial.at(nowhere) == Trial.Finding.EQUAL || trial.preciselyAt(nowhere) == Trial.Finding.EQUAL
                    ? new IdentityOutcome.Proved()
                    : new IdentityOutcome.Undetermined("the sides have no value");
        }
        if (trial.preciselyAt(nowhere) == Trial.Finding.EQUAL) {
            return new IdentityOutcome.Agreed(1);
        }
        return trial.replay(nowhere)
                .<IdentityOutcome>map(IdentityOutcome.Refuted::new)
                .orElseGet(() -> new IdentityOutcome.Undetermined("the sides have no value that can be told"));
    }

    private static List<String> names(Expr left, Expr right) {
        SortedSet<String> names = new TreeSet<>();
        Free.collect(left, Set.of(), names);
        Free.collect(right, Set.of(), names);
        return List.copyOf(names);
    }
}
