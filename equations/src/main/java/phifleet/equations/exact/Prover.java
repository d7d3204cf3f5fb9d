package phifleet.equations.exact;

import java.util.Optional;
import phifleet.equations.ast.Expr;
import phifleet.equations.budget.Budget;

/** Proofs of identities by normal form. */
public final class Prover {
    /** Steps for one proof, some 3 ms at most: all but one in a thousand proofs need less than half of them. */
    private static final long STEP_LIMIT = 20_000;

    private Prover() {}

    /**
     * Whether {@code left = right} holds for all values of the symbols in {@code domain}.
     *
     * <p>Symbols are numbers that commute; an unknown function takes equal values at equal arguments. Never throws: where the budget ends
     * the answer is open.
     */
    public static Proof prove(Expr left, Expr right, Domain domain, Budget budget) {
        try {
            Normalizer normalizer = new Normalizer(domain, budget.part(STEP_LIMIT));
            Fraction difference = normalizer.difference(left, right);
            if (normalizer.isZero(difference)) {
                return new Proof.Proved();
            }
            Optional<Rational> number = difference.asRational();
            return number.<Proof>map(Proof.Refuted::new)
                    .orElseGet(() -> new Proof.Open("the difference is no visible zero"));
        } catch (TooComplex e) {
            return new Proof.Open(String.valueOf(e.getMessage()));
        } catch (Budget.Spent e) {
            return new Proof.Open("the normal form grows too large");
        }
    }
}
