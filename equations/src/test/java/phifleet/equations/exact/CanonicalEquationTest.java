package phifleet.equations.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.equations.ast.Expr;
import phifleet.equations.budget.Budget;
import phifleet.equations.sympy.SympyReader;

class CanonicalEquationTest {
    private static CanonicalEquation canonical(String equation) {
        List<Expr> sides = SympyReader.sides(equation);
        return CanonicalEquation.of(sides.get(0), sides.get(1), Budget.ofSteps(1_000_000))
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "W = m*c**2, m = W/c**2",
        "W = m*c**2, W/m = c**2",
        "W = m*c**2, c = sqrt(W/m)",
        "W = m*v**2/2, v = sqrt(2*W/m)",
        "W = m*v**2/2, W = 0.5*m*v**2",
        "T = 2*pi*sqrt(l/g), g = 4*pi**2*l/T**2",
        "1/f = 1/u + 1/v, u*v = f*v + f*u",
        "1/f = 1/u + 1/v, f = u*v/(u + v)",
        "c = sqrt(a**2 + b**2), c**2 = a**2 + b**2",
        "F = m*g*tan(x), F*cos(x) = m*g*sin(x)",
        "N = n*exp(-t/tau), N*exp(t/tau) = n",
        "p + d*v**2/2 + d*g*h = C, C - p = d*(g*h + v**2/2)",
        "F = -k*x, k*x + F = 0",
    })
    void of_sameLaw_isEqual(String one, String other) {
        assertThat(canonical(one)).isEqualTo(canonical(other));
    }

    @ParameterizedTest
    @CsvSource({
        "W = m*c**2, W = m*c**3",
        "W = m*v**2/2, W = m*v**2",
        "F = -k*x, F = k*x",
        "p + q = r, p - q = r",
    })
    void of_anotherLaw_differs(String one, String other) {
        assertThat(canonical(one)).isNotEqualTo(canonical(other));
    }

    @Test
    void of_identity_isEmpty() {
        List<Expr> sides = SympyReader.sides("x + x = 2*x");
        assertThat(CanonicalEquation.of(sides.get(0), sides.get(1), Budget.ofSteps(1_000)))
                .isEmpty();
    }

    @Test
    void shape_ignoresNamesAndNumbers() {
        assertThat(canonical("W = m*v**2/2").shape())
                .isEqualTo(canonical("P = R*I_1**2").shape());
        assertThat(canonical("W = m*v**2/2").shape())
                .isNotEqualTo(canonical("W = m*v").shape());
    }

    @Test
    void find_renamedLaw_givesTheNames() {
        CanonicalEquation given = canonical("W = k*A*s**2 - 3*sin(q/k)*B");
        CanonicalEquation law = canonical("-z = 3*c*sin(x/y) - y*a*b**2");
        Map<String, String> names = Renaming.find(given, law, (a, b) -> true, Budget.ofSteps(100_000))
                .orElseThrow();
        assertThat(names).containsEntry("k", "y").containsEntry("s", "b").containsEntry("q", "x");
        assertThat(given.renamed(names)).isEqualTo(law);
    }

    @Test
    void find_incompatibleSymbols_isEmpty() {
        CanonicalEquation given = canonical("F = m*a");
        CanonicalEquation law = canonical("U = R*J");
        assertThat(Renaming.find(given, law, (a, b) -> true, Budget.ofSteps(1_000)))
                .isPresent();
        assertThat(Renaming.find(given, law, (a, b) -> !a.equals("F"), Budget.ofSteps(1_000)))
                .isEmpty();
    }

    @Test
    void find_equalButForNumbers_isAskedByThePredicate() {
        CanonicalEquation given = canonical("W = m*u**2");
        CanonicalEquation law = canonical("Q = m*v**2/2");
        assertThat(Renaming.find(given, law, (a, b) -> true, Budget.ofSteps(1_000)))
                .isEmpty();
        assertThat(Renaming.find(given, law, (a, b) -> true, found -> true, Budget.ofSteps(1_000)))
                .contains(Map.of("W", "Q", "m", "m", "u", "v"));
    }
}
