package phifleet.equations.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Statement.Operator;
import phifleet.equations.budget.Budget;
import phifleet.equations.sympy.SympyReader;

class SolverTest {
    private static SolveOutcome solve(String left, Operator operator, String right) {
        return Solver.solve(
                new Statement.Relation(List.of(SympyReader.read(left), SympyReader.read(right)), List.of(operator)),
                Map.of(),
                Budget.ofSteps(2_000_000));
    }

    private static SolveOutcome solve(String equation) {
        String[] sides = equation.split("=", -1);
        return solve(sides[0], Operator.EQUAL, sides[1]);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x + 1 = 2*x | 1",
                "x**2 = 4 | -2, 2",
                "x**2 = x + 1 | 1/2-sqrt(5)/2, 1/2+sqrt(5)/2",
                "2*x**2 - 3*x + 1 = 0 | 1/2, 1",
                "x**2 = 8 | -2*sqrt(2), 2*sqrt(2)",
                "x**2 + 1 = 0 | -i, i",
                "x**3 = 8 | 2, -1-i*sqrt(3), -1+i*sqrt(3)",
                "x**4 - 10*x**2 + 1 = 0 | -3.14626436994, -0.317837245196, 0.317837245196, 3.14626436994",
                "(x - 1)**3*(x + 2) = 0 | -2, 1",
                "1/x = 3 | 1/3",
                "(x**2 - 1)/(x - 1) = 3 | 2",
                "x**5 = x | -1, 0, 1, -i, i",
            })
    void solve_polynomialInOneSymbol_givesAllRoots(String equation, String roots) {
        assertThat(solve(equation)).isInstanceOfSatisfying(SolveOutcome.Values.class, values -> {
            assertThat(values.values())
                    .containsExactlyElementsOf(Arrays.stream(roots.split(",", -1))
                            .map(String::strip)
                            .toList());
            assertThat(values.complete()).isTrue();
            assertThat(values.residual()).isLessThan(1e-12);
        });
    }

    /** Powers of their roots are beyond doubles, or they themselves are. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x**31 = -2**693 | -5363854.63811",
                "x**3 = 10**240 | 1",
                "x**40 = 10**300 | -31622776.6017",
                "x**5 = 10**-280 | 1E-56",
            })
    void solve_polynomialOfLargeNumbers_givesItsRealRoot(String equation, String root) {
        assertThat(solve(equation))
                .isInstanceOfSatisfying(
                        SolveOutcome.Values.class,
                        values -> assertThat(values.values()).first().asString().startsWith(root));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x**5 + x = 10**300",
                "x**3 + x = 10**400",
                "x**3 + x = 10**-400",
                "x**31 = 2**30000",
                "x**2 - 10**200*x + 1 = 0"
            })
    void solve_polynomialBeyondDoubles_saysWhatItIsOrNothing(String equation) {
        assertThat(solve(equation)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x = x + 1", "x + y = y + x - 3", "1/x = 0", "(x**2 - x)/x = x"})
    void solve_contradiction_hasNoSolution(String equation) {
        assertThat(solve(equation)).isInstanceOf(SolveOutcome.NoSolution.class);
    }

    @Test
    void solve_transcendentalEquation_bracketsRealRoots() {
        assertThat(solve("cos(x) = x")).isInstanceOfSatisfying(SolveOutcome.Values.class, values -> {
            assertThat(values.values()).containsExactly("0.739085133215");
            assertThat(values.complete()).isFalse();
        });
        assertThat(solve("exp(x) = 5"))
                .isInstanceOfSatisfying(
                        SolveOutcome.Values.class,
                        values -> assertThat(Double.parseDouble(values.values().getFirst()))
                                .isCloseTo(Math.log(5), within(1e-10)));
    }

    @Test
    void solve_poleBetweenSigns_isNoRoot() {
        assertThat(solve("1/sin(x) = 0")).isInstanceOf(SolveOutcome.Undetermined.class);
    }

    @Test
    void solve_severalSymbols_isolatesALinearOne() {
        assertThat(solve("y = 3*x + 2")).isEqualTo(new SolveOutcome.Isolated("y", "2+3*x"));
        assertThat(solve("a*x**2 + b*x = 0")).isEqualTo(new SolveOutcome.Isolated("a", "-b/x"));
        assertThat(solve("1/f = 1/u + 1/v")).isInstanceOf(SolveOutcome.Isolated.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2 + 2, EQUAL, 4",
        "0.1 + 0.2, EQUAL, 0.3",
        "cos(pi/5), EQUAL, GoldenRatio/2",
        "pi, APPROXIMATE, 3.14",
        "22/7, APPROXIMATE, pi",
        "exp(1), APPROXIMATE, 2.718",
        "sqrt(2)*sqrt(3), EQUAL, sqrt(6)",
        "2**10, GREATER, 1000",
        "pi**2, LESS, 10",
        "exp(pi*sqrt(163)), NOT_EQUAL, 262537412640768744",
        "sqrt(4), GREATER_OR_EQUAL, 2",
    })
    void solve_trueNumbers_hold(String left, Operator operator, String right) {
        assertThat(solve(left, operator, right)).isInstanceOf(SolveOutcome.Holds.class);
    }

    @ParameterizedTest
    @CsvSource({
        "2 + 2, EQUAL, 5",
        "pi, EQUAL, 3.15",
        "pi, EQUAL, 3.1",
        "pi, APPROXIMATE, 3.15",
        "pi, APPROXIMATE, 3.1415",
        "exp(pi*sqrt(163)), EQUAL, 262537412640768744",
        "2**10, LESS, 1000",
        "sqrt(4), GREATER, 2",
    })
    void solve_falseNumbers_fail(String left, Operator operator, String right) {
        assertThat(solve(left, operator, right)).isInstanceOf(SolveOutcome.Fails.class);
    }

    @Test
    void solve_roundedNumber_isTold() {
        assertThat(solve("pi", Operator.EQUAL, "3.14")).isEqualTo(new SolveOutcome.Rounds("3.14159265358979", 3));
        assertThat(solve("0.667", Operator.EQUAL, "2/3")).isInstanceOf(SolveOutcome.Rounds.class);
    }

    @Test
    void solve_inequality_isTriedAtPoints() {
        assertThat(solve("x**2 + 1", Operator.GREATER, "0")).isInstanceOf(SolveOutcome.Holds.class);
        assertThat(solve("x**2", Operator.LESS, "4")).isEqualTo(new SolveOutcome.OnDomain("-2 < x < 2", 31));
        assertThat(solve("x**2", Operator.LESS, "-1")).isInstanceOf(SolveOutcome.NoSolution.class);
        assertThat(solve("(a + b)/2", Operator.GREATER_OR_EQUAL, "sqrt(a*b)"))
                .isInstanceOfAny(SolveOutcome.OnDomain.class, SolveOutcome.Holds.class);
        assertThat(solve("x*y", Operator.GREATER, "0")).isInstanceOf(SolveOutcome.OnDomain.class);
    }

    @Test
    void solve_chainOfNumbers_holdsWhereEveryLinkDoes() {
        Statement.Relation chain = new Statement.Relation(
                List.of(SympyReader.read("1"), SympyReader.read("2"), SympyReader.read("3")),
                List.of(Operator.LESS, Operator.LESS));
        assertThat(Solver.solve(chain, Map.of(), Budget.ofSteps(100_000))).isInstanceOf(SolveOutcome.Holds.class);
    }
}
