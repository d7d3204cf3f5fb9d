package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.equations.JudgedEquation.report;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no identity: questions for the value of a symbol, told from wrong claims. */
class EquationsToSolveTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "sin 2x = cos x / 2; pi/2",
                "sin x = x/2; 1.89549426703",
                "e^x = 3x; 0.619061286736",
                "x^2 = cos x; 0.824132312303",
                "\\sqrt{x+3} = x - 3; 6",
                "3^x = 5^{x-1}; 3.15066010309",
                "2^x = x^2; 4",
                "1/x = x; 1",
                "sin x = 1; pi/2",
                "cos 2x = sin x; 5*pi/6",
                "3\\cos x + 4\\sin x = 5; 0.927295",
                "\\log_{10}(x) + \\log_{10}(x-3) = 1; 5",
                "\\arcsin x = π/6; 1/2",
                "\\cosh x = 2; 1.31695789692",
                "3n + 1 = 10, n integer; 3",
                "\\sin x = 1/2, 0 < x < π; 5*pi/6",
                "x^2 = 2, x > 0; sqrt(2)",
                "x² + x = 6; 2"
            })
    void validate_equationWithASolution_namesIt(String equation, String solution) {
        ValidationReport report = report(equation);

        assertThat(report.verdict()).as(equation).isEqualTo(Verdict.CONDITIONAL);
        assertThat(report.solutions())
                .extracting(ValidationReport.Solution::value)
                .contains(solution);
    }

    /** About such a zero the sides are nearer than rounding tells, over many parts of the line. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "sin x = x; 0",
                "arctan x = x; 0",
                "cos x = 1 - x^2/2; 0",
                "sin x = x - x^3/6; 0",
                "e^x = 1 + x; 0",
                "ln x = x - 1; 1",
                "e^{x-2} = x - 1; 2"
            })
    void validate_solutionOfHighOrder_isNamedOnce(String equation, String solution) {
        assertThat(report(equation).solutions())
                .as(equation)
                .extracting(ValidationReport.Solution::value)
                .containsExactly(solution);
    }

    @Test
    void validate_solutionOfHighOrderAmongOthers_leavesThemTheirPlace() {
        assertThat(report("\\tan x = x").solutions())
                .extracting(ValidationReport.Solution::value)
                .contains("-7.72525183694", "-4.49340945791", "0", "4.49340945791", "7.72525183694")
                .hasSize(11);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "e^x = 0",
                "e^x = x",
                "|x| = -1",
                "2^x = -4",
                "\\sqrt{x} = -1",
                "|x-1| + |x+2| = 2",
                "sin x + cos x = 2",
                "3\\cos x + 4\\sin x = 6",
                "\\cosh x = 1/2",
                "\\arcsin x = 2",
                "x = x + 1",
                "x^2 + y^2 = -1"
            })
    void validate_equationWithoutRealSolutions_saysSo(String equation) {
        ValidationReport report = report(equation);

        assertThat(report.verdict()).as(equation).isEqualTo(Verdict.NOT_IDENTITY);
        assertThat(report.confidence()).isGreaterThan(0.95);
        assertThat(report.solutions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x^2 = 2, x ∈ ℕ",
                "2x = 3, x ∈ ℤ",
                "2^n = 65, n ∈ ℕ",
                "n^2 = 2 (n is an integer)",
                "x^4 + 1 = 0 (x real)",
                "x + 1 = 0, x > 0",
                "\\sin x = -1/2, 0 < x < π",
                "x^2 = 9, 0 < x < 2",
                "x^2 - 5x + 6 = 0, x < 0",
                "x^2 = x, x > 1",
                "x > 3, x < 2",
                "x > 5; x = 3",
                "x^2 = 4; x = 3",
                "x^2 + y^2 = 1⏎x + y = 5",
                "\\begin{cases} x + y = 1 \\\\ xy = 6 \\end{cases}"
            })
    void validate_solutionsOutsideOfWhatIsSaid_areNone(String equation) {
        ValidationReport report = report(equation.replace('⏎', '\n'));

        assertThat(report.valid()).as(equation).isFalse();
        assertThat(report.verdict()).isEqualTo(Verdict.NOT_IDENTITY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "x^2 = 9, x ∈ ℕ; 3",
                "x^2 = 9, x < 0; -3",
                "\\cos x = 0, 0 < x < 2; pi/2",
                "x^2 = x, x ≠ 0; 1",
                "x^2 = x, 0 ≤ x < 1; 0",
                "2^n = 64, n ∈ ℕ; 6"
            })
    void validate_solutionWithinWhatIsSaid_isTheOnlyOne(String equation, String solution) {
        assertThat(report(equation).solutions())
                .extracting(ValidationReport.Solution::value)
                .containsExactly(solution);
    }

    /** Near to an identity: a wrong claim, though there are values for which it holds. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(x-2)^2 = x^2 - 4",
                "tan x = cos x / sin x",
                "sqrt(x^2+9) = x + 3",
                "cos 2x = cos²x",
                "sin(x + π/2) = sin x",
                "1 - cos 2x = 2 cos²x",
                "sin x cos x = sin 2x",
                "x^2 x^3 = x^6",
                "(x^2)^3 = x^5"
            })
    void validate_slipInAnIdentity_isRefuted(String equation) {
        ValidationReport report = report(equation);

        assertThat(report.verdict()).as(equation).isEqualTo(Verdict.NOT_IDENTITY);
        assertThat(report.counterexample()).isNotNull();
    }

    @Test
    void validate_equationThatMayBeAClaim_showsBothReadings() {
        ValidationReport report = report("sin 2x = cos x / 2");

        assertThat(report.readings())
                .extracting(ValidationReport.Reading::verdict)
                .containsExactly(Verdict.CONDITIONAL, Verdict.NOT_IDENTITY);
        assertThat(report.confidence()).isLessThan(0.95);
        assertThat(report.counterexample()).isNotNull();
    }

    @Test
    void validate_rootsThatAreNotReal_areNotSureToBeMeant() {
        ValidationReport report = report("x^2 = -1");

        assertThat(report.verdict()).isEqualTo(Verdict.CONDITIONAL);
        assertThat(report.confidence()).isLessThan(0.9);
        assertThat(report.explanation()).contains("no real number");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "x^2 + y^2 = 25⏎x + y = 7; y = 3 or 4",
                "2x + 3y = 12⏎x - y = 1; y = 2",
                "a = 2⏎b = 3⏎a + b = 5; a = 2, b = 3",
                "x = 1, y = 2, z = x + y = 3; y = 2",
                "v = 5, t = 3, s = v t; s = 15"
            })
    void validate_equationsThatGiveEachOthersSymbols_holdTogether(String equation, String values) {
        ValidationReport report = report(equation.replace('⏎', '\n'));

        assertThat(report.verdict()).as(equation).isEqualTo(Verdict.CONDITIONAL);
        assertThat(report.explanation()).contains("hold together for").contains(values);
    }
}
