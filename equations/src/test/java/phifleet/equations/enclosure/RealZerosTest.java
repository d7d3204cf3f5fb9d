package phifleet.equations.enclosure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.budget.Budget;
import phifleet.equations.sympy.SympyReader;

class RealZerosTest {
    private static final Symbol X = Symbol.of("x");

    private static RealZeros zeros(String function, double low, double high) {
        return RealZeros.of(SympyReader.read(function), X, low, high, Budget.ofSteps(3_000_000));
    }

    private static RealZeros zeros(String function) {
        return zeros(function, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cos(x) - x | 0.7390851332151607",
                "exp(x) - 3*x | 0.6190612867359452, 1.512134551657842",
                "2**x - x**2 | -0.7666646959621231, 2, 4",
                "x**3 - 2*x - 5 | 2.0945514815423265",
                "log(x) + x | 0.5671432904097838"
            })
    void of_function_findsAllZerosBetweenBounds(String function, String expected) {
        RealZeros found = zeros(function);
        String[] values = expected.split(",", -1);

        assertThat(found.complete()).as(function).isTrue();
        assertThat(found.zeros()).hasSameSizeAs(List.of(values));
        for (int i = 0; i < values.length; i++) {
            RealZeros.Zero zero = found.zeros().get(i);
            double value = Double.parseDouble(values[i].strip());
            assertThat(value).isBetween(zero.low() - 1e-13, zero.high() + 1e-13);
            assertThat(zero.high() - zero.low()).isLessThan(1e-9);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp(x)", "exp(x) - x", "x**2 + 1", "sqrt(x) + 1", "cosh(x) - 1/2"})
    void of_functionWithoutZeros_isProved(String function) {
        RealZeros found = zeros(function);

        assertThat(found.zeros()).isEmpty();
        assertThat(found.complete()).as(function).isTrue();
    }

    @Test
    void of_poleBetweenSigns_isNoZero() {
        assertThat(zeros("1/x").zeros()).isEmpty();
        assertThat(zeros("tan(x)", 1, 2).zeros()).isEmpty();
    }

    /** There the function is 0, but nothing between bounds tells it from a near miss. */
    @Test
    void of_touchingWithoutCrossing_staysOpen() {
        RealZeros found = zeros("sin(x) - 1", 0, 3);

        assertThat(found.zeros()).isEmpty();
        assertThat(found.complete()).isFalse();
        assertThat(found.open()).anyMatch(part -> part.low() <= Math.PI / 2 && part.high() >= Math.PI / 2);
    }

    @Test
    void of_endlesslyMany_stopsAndSaysSo() {
        RealZeros found = zeros("sin(x)");

        assertThat(found.zeros()).hasSizeGreaterThanOrEqualTo(10);
        assertThat(found.complete()).isFalse();
    }

    @Test
    void isNowhereZero_sumOfSquaresAndMore_isProved() {
        Expr sum = SympyReader.read("x**2 + y**2 + 1");
        Expr difference = SympyReader.read("x**2 - y**2 + 1");
        List<Symbol> both = List.of(X, Symbol.of("y"));

        assertThat(RealZeros.isNowhereZero(sum, both, Budget.ofSteps(10_000))).isTrue();
        assertThat(RealZeros.isNowhereZero(difference, both, Budget.ofSteps(10_000)))
                .isFalse();
    }
}
