package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.equations.JudgedEquation.report;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of dots in sums and products, and what stands behind the beginning of a series. */
class OmittedTermsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 + 2 + \\cdots + n = \\frac{n(n+1)}{2}",
                "1 + 2 + 3 + ... + 100 = 5050",
                "1 + 3 + 5 + … + (2n-1) = n^2",
                "2 + 4 + 6 + … + 2n = n(n+1)",
                "1 + 2 + 4 + … + 512 = 1023",
                "1 + x + x^2 + \\cdots + x^n = \\frac{1-x^{n+1}}{1-x}",
                "n! = 1 \\cdot 2 \\cdot 3 \\cdots n",
                "1 + 1/2 + 1/4 + 1/8 + … = 2",
                "1 - 1/3 + 1/5 - 1/7 + … = π/4",
                "1 + x + x^2 + x^3 + \\cdots = \\frac{1}{1-x}",
                "e^x = 1 + x + \\frac{x^2}{2!} + \\frac{x^3}{3!} + \\cdots",
                "\\cos x = 1 - \\frac{x^2}{2} + O(x^4)",
                "\\sin x = x - \\frac{x^3}{3!} + O(x^5)"
            })
    void valid_rowThatIsTold_holds(String equation) {
        ValidationReport report = report(equation);
        assertThat(report.valid()).as(equation + report.explanation()).isTrue();
        assertThat(report.evidence()).anyMatch(evidence -> evidence.kind().equals("calculus"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 + 2 + \\cdots + n = \\frac{n(n-1)}{2}",
                "1 + 2 + 3 + ... + 100 = 5000",
                "1 + 3 + 5 + … + (2n-1) = n^2 + 1",
                "1 + x + x^2 + x^3 + \\cdots = \\frac{1}{1+x}",
                "e^x = 1 + x + x^2 + \\cdots",
                "\\cos x = 1 + \\frac{x^2}{2} + O(x^4)",
                "1 + 1/2 + 1/4 + 1/8 + … = 3"
            })
    void verdict_rowWithAWrongValue_isRefuted(String equation) {
        assertThat(report(equation).verdict()).as(equation).isEqualTo(Verdict.NOT_IDENTITY);
    }

    @Test
    void normalized_dots_stayAsTheyWereWritten() {
        assertThat(report("1 + 2 + ⋯ + n = n(n+1)/2").normalized()).isEqualTo("1 + 2 + ... + n = n*(n + 1)/2");
    }

    /** Nobody can tell how it goes on. */
    @Test
    void verdict_rowThatIsNotTold_isNeverRefuted() {
        assertThat(report("x = 1 + 7 + 3 + \\cdots").verdict()).isNotEqualTo(Verdict.NOT_IDENTITY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\\mathcal{L}\\{e^{at}\\} = \\frac{1}{s-a}; true",
                "\\mathcal{L}\\{e^{at}\\} = \\frac{1}{s+a}; false",
                "\\mathcal{L}\\{t^2\\} = \\frac{2}{s^3}; true",
                "\\mathcal{L}\\{e^{-at}\\cos(bt)\\} = \\frac{s+a}{(s+a)^2+b^2}; true",
                "\\mathcal{L}\\{\\sin(at)\\} = \\frac{s}{s^2+a^2}; false"
            })
    void valid_laplaceTransform_isThatOfItsIntegral(String equation, boolean valid) {
        assertThat(report(equation).valid()).as(equation).isEqualTo(valid);
    }
}
