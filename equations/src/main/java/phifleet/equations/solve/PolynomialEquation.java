package phifleet.equations.solve;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import phifleet.equations.ast.Expr;
import phifleet.equations.budget.Budget;
import phifleet.equations.exact.Domain;
import phifleet.equations.exact.Fraction;
import phifleet.equations.exact.Normalizer;
import phifleet.equations.exact.TooComplex;
import phifleet.equations.identity.RealFunction;

/** An equation that is a polynomial with rational coefficients in its only symbol. */
public final class PolynomialEquation {
    /** Symbols are complex, and functions stay functions. */
    static final Domain PLAIN = new Domain(Set.of(), Set.of(), false, false);
    /** Steps for one normal form. */
    static final long STEP_LIMIT = 20_000;

    private PolynomialEquation() {}

    /** Its roots, each once; empty where it is no such polynomial, or its degree is out of range. */
    public static List<Root> roots(Expr left, Expr right, int lowestDegree, int highestDegree, Budget budget) {
        List<String> names = RealFunction.symbols(left, right);
        if (names.size() != 1) {
            return List.of();
        }
        try {
            Fraction difference = new Normalizer(PLAIN, budget.part(STEP_LIMIT)).difference(left, right);
            Optional<UnivariatePolynomial> polynomial =
                    UnivariatePolynomial.of(difference.numerator(), names.getFirst());
            boolean inRange = polynomial.isPresent()
                    && polynomial.get().degree() >= lowestDegree
                    && polynomial.get().degree() <= highestDegree;
            return inRange ? Roots.of(polynomial.get(), budget) : List.of();
        } catch (TooComplex | Budget.Spent e) {
            return List.of();
        }
    }
}
