package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.equations.JudgedEquation.report;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Means and variances under a condition, which are random themselves where the condition is. */
class ConditionalMeansTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "E[E[X|Y]] = E[X]; IDENTITY_NUMERIC",
                "E[E[X|Y]] = E[Y]; NOT_IDENTITY",
                "\\mathbb{E}[\\mathbb{E}[X|Y]^2] = \\mathbb{E}[X^2]; NOT_IDENTITY",
                "Var(X) = E[Var(X|Y)] + Var(E[X|Y]); IDENTITY_NUMERIC",
                "Var(X) = E[Var(X|Y)]; CONDITIONAL",
                "E[X] = E[X|A]P(A) + E[X|A^c]P(A^c); IDENTITY_NUMERIC",
                "E[E[XY|Y]] = E[Y E[X|Y]]; IDENTITY_NUMERIC"
            })
    void verdict_meansUnderACondition_areThoseOfSampleSpaces(String equation, Verdict verdict) {
        assertThat(report(equation).verdict()).as(equation).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"E[X|Y] = 2; E[X | Y] = 2", "E[|X|] = 2; E[abs(X)] = 2", "Var(X|Y) = 2; Var(X | Y) = 2"})
    void normalized_barInAMean_isAConditionUnlessItEncloses(String equation, String normalized) {
        assertThat(report(equation).normalized()).isEqualTo(normalized);
    }
}
