package phifleet.equations.identity;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import phifleet.equations.ast.Expr;
import phifleet.equations.budget.Budget;
import phifleet.equations.exact.Domain;
import phifleet.equations.exact.Proof;
import phifleet.equations.exact.Prover;

/**
 * Whether {@code left = right} for all values of the symbols.
 *
 * <p>First by normal form. Then at random complex points, at real points (for branch cuts lie there, and jumps at integers) and, where the
 * sides differ, on smaller domains: the reals, the positive numbers, small numbers, an interval of a single symbol. Numbers without symbols
 * are compared with many digits. The same seed gives the same answer. Stateless, safe from any thread; a typical call takes 0.2 ms and what
 * {@code budget} allows is never passed by more than one evaluation with many digits.
 */
public final class IdentityTester {
    /** Points drawn to find one where a proved equation has values. */
    private static final int DRAWS = 48;

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
        List<String> names = Free.names(left, right);
        List<Assumption> known = known(names, left, right);
        boolean proved = prove(left, right, names, known, budget);
        Trial trial;
        try {
            trial = new Trial(left, right, names, budget);
        } catch (Unsupported e) {
            if (proved) {
                return new IdentityOutcome.Proved();
            }
            throw e;
        }
        if (names.isEmpty()) {
            return numbers(trial, proved);
        }
        RandomPoints sampler = new RandomPoints(known, seed);
        if (proved) {
            return isDefinedSomewhere(trial, sampler)
                    ? new IdentityOutcome.Proved()
                    : new IdentityOutcome.Undetermined("the sides have no value at any point tried");
        }
        IdentityOutcome outcome = new DomainSearch(
                        names,
                        trial,
                        sampler,
                        Free.hasJumps(left) || Free.hasJumps(right),
                        region -> prove(left, right, names, sampler.effective(region), budget))
                .search();
        return outcome instanceof IdentityOutcome.Refuted(Counterexample at, boolean _)
                        && isContradiction(left, right, budget)
                ? new IdentityOutcome.Refuted(at, true)
                : outcome;
    }

    private static boolean isContradiction(Expr left, Expr right, Budget budget) {
        return Prover.prove(left, right, Domain.complex(), budget) instanceof Proof.Refuted;
    }

    private static boolean prove(Expr left, Expr right, List<String> names, List<Assumption> known, Budget budget) {
        Set<String> positive = new TreeSet<>();
        Set<String> real = new TreeSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (known.get(i) == Assumption.POSITIVE || known.get(i) == Assumption.POSITIVE_INTEGER) {
                positive.add(names.get(i));
            }
            if (known.get(i).isReal()) {
                real.add(names.get(i));
            }
        }
        return Prover.prove(left, right, Domain.of(positive, real), budget) instanceof Proof.Proved;
    }

    private List<Assumption> known(List<String> names, Expr left, Expr right) {
        Set<String> whole = new TreeSet<>();
        Free.collectWhole(left, whole);
        Free.collectWhole(right, whole);
        return names.stream()
                .map(name ->
                        assumptions.getOrDefault(name, whole.contains(name) ? Assumption.INTEGER : Assumption.COMPLEX))
                .toList();
    }

    /** A second pair of eyes on the normal form: sides that are nowhere defined are equal nowhere. */
    private static boolean isDefinedSomewhere(Trial trial, RandomPoints sampler) {
        for (int draw = 0; draw < DRAWS; draw++) {
            SamplePoint point = draw % 3 == 0
                    ? sampler.nextWhole()
                    : sampler.next(draw % 3 == 1 ? RandomPoints.Region.POSITIVE : RandomPoints.Region.COMPLEX);
            Trial.Finding finding = trial.at(point);
            if (finding == Trial.Finding.EQUAL) {
                return true;
            }
            if (finding == Trial.Finding.DIFFERENT && trial.replay(point).isPresent()) {
                return false;
            }
        }
        return false;
    }

    private static IdentityOutcome numbers(Trial trial, boolean proved) {
        SamplePoint nowhere = new SamplePoint(List.of());
        if (proved && trial.at(nowhere) == Trial.Finding.EQUAL) {
            return new IdentityOutcome.Proved();
        }
        if (trial.preciselyAt(nowhere) == Trial.Finding.EQUAL) {
            return proved ? new IdentityOutcome.Proved() : new IdentityOutcome.Agreed(1);
        }
        return trial.replay(nowhere)
                .<IdentityOutcome>map(IdentityOutcome.Refuted::new)
                .orElseGet(() -> new IdentityOutcome.Undetermined("the sides have no value that can be told"));
    }
}
