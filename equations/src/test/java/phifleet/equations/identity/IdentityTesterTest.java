package phifleet.equations.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.equations.ast.Expr;
import phifleet.equations.budget.Budget;
import phifleet.equations.sympy.SympyReader;

class IdentityTesterTest {
    private static IdentityOutcome test(String equation, Map<String, Assumption> assumptions) {
        List<Expr> sides = SympyReader.sides(equation);
        return new IdentityTester(assumptions, 1).test(sides.get(0), sides.get(1), Budget.ofSteps(5_000_000));
    }

    private static IdentityOutcome test(String equation) {
        return test(equation, Map.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gamma(x)*gamma(1 - x) = pi/sin(pi*x)",
                "sqrt(sqrt(x) + 1)**2*erf(y) = (sqrt(x) + 1)*erf(y)",
                "erf(-x) = -erf(x)",
                "besselj(-1/2, z)*sqrt(z)*sqrt(pi) = sqrt(2)*cos(z)",
                "sin(1)**y/cos(1)**y = tan(1)**y",
                "(2*sqrt(6) + 5)**(x/2) = (sqrt(2) + sqrt(3))**x",
                "abs(x)*sign(x) = x",
                "loggamma(x + 1) = log(x) + loggamma(x)",
                "digamma(x + 1) = digamma(x) + 1/x",
                "Derivative(x**2*sin(x), x) = 2*x*sin(x) + x**2*cos(x)",
                "Derivative(exp(x*y), x, y) = (1 + x*y)*exp(x*y)",
                "atanh(x) = log(1 + x)/2 - log(1 - x)/2",
                "max(x, y) + min(x, y) = x + y",
            })
    void test_trueWhateverTheValues_isIdentity(String equation) {
        assertThat(test(equation)).isInstanceOfAny(IdentityOutcome.Proved.class, IdentityOutcome.Agreed.class);
    }

    @Test
    void test_numbersWithoutSymbols_areComparedWithManyDigits() {
        assertThat(test("sqrt(3 + 2*sqrt(3)) = 3**(3/4)*(sqrt(6)/2 + 3*sqrt(2)/2)/3"))
                .isEqualTo(new IdentityOutcome.Agreed(1));
        assertThat(test("exp(pi*sqrt(163)) = 262537412640768744")).isInstanceOf(IdentityOutcome.Refuted.class);
        assertThat(test("pi = 3.141592653589793238462643383279")).isInstanceOf(IdentityOutcome.Refuted.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sqrt(x**2) = x | x > 0",
                "log(x*y) = log(x) + log(y) | x, y > 0",
                "acos(cos(a)) = a | 0 < a < pi",
                "atan(tan(x)) = x | -pi/2 < x < pi/2",
                "2*asin(sin(3*x)) = 6*x | -pi/6 < x < pi/6",
                "log(exp(x)) = x | x real",
                "sqrt(1/x) = 1/sqrt(x) | x > 0",
                "abs(x) = -x | x < 0",
                "abs(x)**2 = x**2 | x real",
            })
    void test_trueOnAPart_saysWhere(String equation, String domain) {
        assertThat(test(equation)).isInstanceOfSatisfying(IdentityOutcome.OnDomain.class, outcome -> {
            assertThat(outcome.domain()).isEqualTo(domain);
            assertThat(outcome.everyReal()).isEqualTo(domain.endsWith(" real"));
            assertThat(outcome.outside().values()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sin(x)**2 + cos(x)**2 = 2",
                "sin(2*x) = sin(x)*cos(x)",
                "(x + y)**2 = x**2 + y**2",
                "(x**2 - 1)/(x + 1) = x + 1",
                "x**11 + x + 1 = (x**2 + x + 1)*(x**9 - x**8 + x**6 - x**5 + x**3 - x**2 - 1)",
                "1 + x/10**30 = 1 + 2*x/10**30",
                "KroneckerDelta(2, j) = 0",
                "floor(x) = x",
                "E = m*c**2",
            })
    void test_false_hasCounterexample(String equation) {
        assertThat(test(equation))
                .isInstanceOfSatisfying(
                        IdentityOutcome.Refuted.class,
                        refuted -> assertThat(refuted.counterexample().digits()).isGreaterThan(30));
    }

    @Test
    void test_assumptions_narrowTheClaim() {
        assertThat(test("sqrt(x**2) = x", Map.of("x", Assumption.POSITIVE))).isEqualTo(new IdentityOutcome.Proved());
        assertThat(test("cos(pi*n) = (-1)**n", Map.of("n", Assumption.INTEGER)))
                .isInstanceOfAny(IdentityOutcome.Proved.class, IdentityOutcome.Agreed.class);
        assertThat(test("sin(pi*n) = 0", Map.of("n", Assumption.INTEGER))).isInstanceOf(IdentityOutcome.Agreed.class);
        assertThat(test("sin(pi*n) = 0")).isInstanceOf(IdentityOutcome.Refuted.class);
    }

    @Test
    void test_nowhereDefined_isUndetermined() {
        assertThat(test("1/(x - x) = 1/(x - x)")).isInstanceOf(IdentityOutcome.Undetermined.class);
        assertThat(
                        test(
                                "1/(sqrt(5 + 2*sqrt(6)) - sqrt(2) - sqrt(3)) + x = 1/(sqrt(5 + 2*sqrt(6)) - sqrt(2) - sqrt(3)) + x"))
                .isInstanceOf(IdentityOutcome.Undetermined.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"asin(2) = pi/2", "atanh(2) = log(3)/2", "acot(-1) = -pi/4", "gamma(-1) = gamma(-1)"})
    void test_onBranchCutsAndPoles_isUndetermined(String equation) {
        assertThat(test(equation)).isInstanceOf(IdentityOutcome.Undetermined.class);
    }

    @Test
    void test_unknownFunctions_areProvedOrOpen() {
        assertThat(test("f(x + y) + f(y + x) = 2*f(x + y)")).isEqualTo(new IdentityOutcome.Proved());
        assertThat(test("f(x + y) = f(x) + f(y)")).isInstanceOf(IdentityOutcome.Undetermined.class);
    }

    @Test
    void test_sums_areAddedUp() {
        Expr k = Expr.Symbol.of("k");
        Expr n = Expr.Symbol.of("n");
        Expr sum = new Expr.Series(Expr.Series.Kind.SUM, k, new Expr.Range(k, Expr.Num.of(1), n));
        IdentityTester tester = new IdentityTester(Map.of("n", Assumption.POSITIVE_INTEGER), 1);
        assertThat(tester.test(sum, SympyReader.read("n*(n + 1)/2"), Budget.ofSteps(1_000_000)))
                .isInstanceOf(IdentityOutcome.Agreed.class);
        assertThat(tester.test(sum, SympyReader.read("n*(n - 1)/2"), Budget.ofSteps(1_000_000)))
                .isInstanceOf(IdentityOutcome.Refuted.class);
    }

    @Test
    void test_sameSeed_givesTheSameAnswer() {
        assertThat(test("sin(x)*y = cos(x)*y")).isEqualTo(test("sin(x)*y = cos(x)*y"));
    }

    @Test
    void test_spentBudget_isUndetermined() {
        List<Expr> sides = SympyReader.sides("gamma(x)*gamma(1 - x) = pi/sin(pi*x)");
        assertThat(new IdentityTester(Map.of(), 1).test(sides.get(0), sides.get(1), Budget.ofSteps(10)))
                .isInstanceOf(IdentityOutcome.Undetermined.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x**(x**(x**(x**x))) = exp(exp(exp(exp(x))))",
                "factorial(factorial(factorial(x))) = gamma(gamma(gamma(1000*x)))",
                "9**(9**(9**9)) = 9**(9**(9**(9 + x)))",
                "exp(1000000*x) = exp(1000001*x)",
            })
    void test_hugeValues_endQuietly(String equation) {
        assertThat(test(equation)).isNotNull();
    }
}
