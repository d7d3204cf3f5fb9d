package phifleet.equations.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import phifleet.equations.ast.Expr;
import phifleet.equations.budget.Budget;
import phifleet.equations.exact.Domain;
import phifleet.equations.exact.Proof;
import phifleet.equations.exact.Prover;

/** What the normal form proves is tried at points: complex, real and whole ones, where branches and jumps would show. */
class ProofsHoldTest {
    private static final int CASES = 12_000;
    private static final int POINTS = 30;
    private static final List<Map<String, Assumption>> DOMAINS = List.of(
            Map.of(),
            Map.of("x", Assumption.POSITIVE, "y", Assumption.POSITIVE),
            Map.of("x", Assumption.REAL, "y", Assumption.REAL),
            Map.of("x", Assumption.REAL, "y", Assumption.POSITIVE));

    @Test
    void prove_randomRewritings_neverProvesWhatAPointRefutes() {
        SplittableRandom random = new SplittableRandom(2_026);
        RandomExpressions expressions = new RandomExpressions(random);
        int proved = 0;
        for (int i = 0; i < CASES; i++) {
            Expr left = expressions.next(3 + random.nextInt(2));
            Expr right = expressions.rewritten(left);
            Map<String, Assumption> domain = DOMAINS.get(i % DOMAINS.size());
            if (!left.equals(right) && isProved(left, right, domain)) {
                proved++;
                assertThat(refutation(left, right, domain, i))
                        .as("%s = %s for %s", left, right, domain)
                        .isEmpty();
            }
        }
        assertThat(proved).isGreaterThan(CASES / 10);
    }

    private static boolean isProved(Expr left, Expr right, Map<String, Assumption> domain) {
        Set<String> positive = new TreeSet<>(domain.keySet());
        positive.removeIf(name -> domain.get(name) != Assumption.POSITIVE);
        Domain known = Domain.of(positive, domain.keySet());
        return Prover.prove(left, right, known, Budget.ofSteps(20_000)) instanceof Proof.Proved;
    }

    private static Optional<Counterexample> refutation(
            Expr left, Expr right, Map<String, Assumption> domain, long seed) {
        List<String> names = Free.names(left, right);
        Trial trial = new Trial(left, right, names, Budget.ofSteps(10_000_000));
        List<Assumption> known = new ArrayList<>();
        names.forEach(name -> known.add(domain.getOrDefault(name, Assumption.COMPLEX)));
        RandomPoints sampler = new RandomPoints(known, seed);
        for (int i = 0; i < POINTS; i++) {
            SamplePoint point = i % 3 == 0
                    ? sampler.nextWhole()
                    : sampler.next(i % 3 == 1 ? RandomPoints.Region.REAL : RandomPoints.Region.COMPLEX);
            if (trial.at(point) == Trial.Finding.DIFFERENT) {
                Optional<Counterexample> found = trial.replay(point);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
