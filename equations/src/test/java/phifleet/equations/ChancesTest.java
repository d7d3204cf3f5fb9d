package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.equations.JudgedEquation.report;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Means, variances and probabilities. */
class ChancesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Var(X) = E[X²] - E[X]²",
                "Var(X) = E(X^2) - E(X)^2",
                "\\operatorname{Var}(X) = \\mathbb{E}[X^2] - (\\mathbb{E}[X])^2",
                "Var(X) = E[(X - μ)²]",
                "Var(X) = E[(X-E[X])^2]",
                "\\sigma^2 = E[X^2] - \\mu^2",
                "Var(aX + b) = a² Var(X)",
                "E[aX + b] = aE[X] + b",
                "Cov(X,Y) = E[XY] - E[X]E[Y]",
                "Var(X+Y) = Var(X) + Var(Y) + 2Cov(X,Y)",
                "P(A|B) = P(A∩B)/P(B)",
                "P(A \\mid B) = \\frac{P(B \\mid A) P(A)}{P(B)}",
                "\\Pr(A|B) = \\Pr(A \\cap B)/\\Pr(B)",
                "P(A∪B) = P(A)+P(B)-P(A∩B)",
                "P(A or B) = P(A) + P(B) - P(A and B)",
                "P(A') = 1 - P(A)",
                "P(B) = P(B|A)P(A) + P(B|A')P(A')",
                "P(X > x) = 1 - P(X ≤ x)"
            })
    void validate_trueInAllSampleSpaces_isAnIdentity(String equation) {
        assertThat(report(equation).verdict()).as(equation).isEqualTo(Verdict.IDENTITY_NUMERIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Var(X) = E[X²] + E[X]²",
                "Var(X) = E[X]² - E[X²]",
                "Var(X) = E[X²] - E[X]",
                "Var(aX) = a Var(X)",
                "Var(X-Y) = Var(X) - Var(Y)",
                "Var(X+Y) = Var(X) + Var(Y) + Cov(X,Y)",
                "Cov(X,Y) = E[XY] + E[X]E[Y]",
                "E[X^2] = E[X]^2",
                "P(A|B) = P(B|A)P(B)/P(A)",
                "P(A|B) = P(A∩B)/P(A)",
                "P(A|B) = P(B|A)",
                "P(A∪B) = P(A)+P(B)+P(A∩B)",
                "P(A^c) = 1 + P(A)",
                "P(X > x) = 1 - P(X < x)"
            })
    void validate_falseInASampleSpace_isRefutedByIt(String equation) {
        ValidationReport report = report(equation);

        assertThat(report.verdict()).as(equation).isEqualTo(Verdict.NOT_IDENTITY);
        assertThat(Objects.requireNonNull(report.counterexample()).values()).containsKey("weights");
    }

    @ParameterizedTest
    @CsvSource({
        "E[XY] = E[X] E[Y], independent",
        "Var(X+Y) = Var(X) + Var(Y), independent",
        "P(A∩B) = P(A) P(B), independent",
        "P(A|B) = P(A), independent",
        "P(A∪B) = P(A) + P(B), exclude each other"
    })
    void validate_trueOfSomeQuantitiesOrEvents_isConditionalAndSaysOfWhich(String equation, String which) {
        ValidationReport report = report(equation);

        assertThat(report.verdict()).as(equation).isEqualTo(Verdict.CONDITIONAL);
        assertThat(report.explanation()).contains(which);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "P(X=k) = \\binom{n}{k} p^k (1-p)^{n-k}; true",
                "P(X = k) = λ^k e^{-λ}/k!; true",
                "E[X] = np; true",
                "E[X] = μ; true",
                "Var(X) = σ²; true",
                "P(a ≤ X ≤ b) = ∫_a^b f(x) dx; true",
                "E[X²] = E[X] + Var(X) Var(X) m; false"
            })
    void validate_lawsOfOneDistribution_areJudgedByDimensions(String equation, boolean valid) {
        assertThat(report(equation).valid()).as(equation).isEqualTo(valid);
    }

    /** Energies, powers, fields and concentrations of the same letters. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "E(t) = m v(t)^2/2; E(t) = m*v(t)^2/2",
                "P(V) = n R T/V; P(V) = n*R*T/V",
                "P (V + W) = 5; P*(V + W) = 5",
                "E = P t; E = P*t",
                "E[1] = 5; E_1 = 5",
                "P(A|B) = 1; P(A | B) = 1",
                "E[X] = 1; E[X] = 1",
                "E (x + y) = 2 E; E*(x + y) = 2*E"
            })
    void normalized_lettersOfMeansAndProbabilities_areThoseBesideEventsAndRandomQuantitiesOnly(
            String equation, String normalized) {
        assertThat(report(equation).normalized()).isEqualTo(normalized);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Var(X) = E[X^2] - E[X]^2",
                "P(A|B) = P(A∩B)/P(B)",
                "P(A∪B) = P(A)+P(B)",
                "P(X > x) = 1 - P(X ≤ x)"
            })
    void latex_meansAndProbabilities_areReadBack(String equation) {
        ValidationReport report = report(equation);

        assertThat(report(report.latex()).normalized()).isEqualTo(report.normalized());
    }
}
