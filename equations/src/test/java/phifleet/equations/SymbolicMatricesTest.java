package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.equations.JudgedEquation.report;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Letters that stand for whole matrices. */
class SymbolicMatricesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tr(A+B) = tr A + tr B",
                "\\operatorname{tr}(AB) = \\operatorname{tr}(BA)",
                "tr(ABC) = tr(BCA)",
                "tr(kA) = k tr A",
                "tr(A^T B) = tr(B^T A)",
                "(A^T)^T = A",
                "(Aᵀ)ᵀ = A",
                "(AB)^T = B^T A^T",
                "(A^{\\mathrm{T}})^{-1} = (A^{-1})^{\\mathrm{T}}",
                "(A+B)^\\top = A^\\top + B^\\top",
                "(AB)^\\dagger = B^\\dagger A^\\dagger",
                "\\det(AB) = \\det A \\det B",
                "det(A^T) = det A",
                "det A^{-1} = 1/det A",
                "det(kA) = k^n det A",
                "tr(AB - BA) = 0",
                "x^T A y = y^T A^T x"
            })
    void validate_trueOfAllMatrices_isAnIdentity(String equation) {
        assertThat(report(equation).verdict()).as(equation).isEqualTo(Verdict.IDENTITY_NUMERIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(AB)^T = A^T B^T",
                "(AB)^\\dagger = A^\\dagger B^\\dagger",
                "det(A+B) = det A + det B",
                "tr(AB) = tr A tr B",
                "tr(ABC) = tr(BAC)",
                "det(kA) = k det A",
                "det(2A) = 2 det(A)",
                "tr(A^2) = tr(A)^2",
                "tr(A^{-1}) = 1/tr(A)",
                "tr(AB - BA) = 1",
                "x^T A y = y^T A x"
            })
    void validate_falseOfSomeMatrices_isRefutedByThem(String equation) {
        ValidationReport report = report(equation);

        assertThat(report.verdict()).as(equation).isEqualTo(Verdict.NOT_IDENTITY);
        assertThat(Objects.requireNonNull(report.counterexample()).values()).isNotEmpty();
    }

    /** What some matrices are by definition. */
    @ParameterizedTest
    @CsvSource({
        "A^T = A, symmetric",
        "A^T = -A, antisymmetric",
        "Q^T Q = I, orthogonal",
        "H^† = H, Hermitian",
        "U^† U = I, unitary",
        "U^\\dagger U = 1, unitary"
    })
    void validate_propertyOfSomeMatrices_isConditionalAndNamed(String equation, String adjective) {
        ValidationReport report = report(equation);

        assertThat(report.verdict()).as(equation).isEqualTo(Verdict.CONDITIONAL);
        assertThat(report.explanation()).contains(adjective);
    }

    @Test
    void validate_theoremOfCayleyAndHamiltonForTwoRows_holdsForTwoRows() {
        ValidationReport report = report("A^2 - tr(A) A + det(A) I = 0");

        assertThat(report.verdict()).isEqualTo(Verdict.CONDITIONAL);
        assertThat(report.explanation()).contains("2 rows");
    }

    /** An inverse alone could be of numbers, and of those it is true. */
    @Test
    void validate_inverseOfProductInTheSameOrder_dependsOnWhatTheLettersAre() {
        ValidationReport report = report("(AB)^{-1} = A^{-1} B^{-1}");

        assertThat(report.valid()).isFalse();
        assertThat(report.confidence()).isLessThanOrEqualTo(0.5);
        assertThat(report.readings())
                .extracting(ValidationReport.Reading::valid)
                .containsExactly(false, true);
        assertThat(report("(AB)^{-1} = B^{-1} A^{-1}").verdict()).isEqualTo(Verdict.IDENTITY_PROVED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A^T A x = A^T b", "\\hat\\beta = (X^T X)^{-1} X^T y", "A = P D P^{-1}", "det(A - λI) = 0"})
    void validate_equationsOfMatrices_areNoMismatchByLetters(String equation) {
        assertThat(report(equation).verdict()).as(equation).isNotIn(Verdict.DIMENSION_MISMATCH, Verdict.NOT_IDENTITY);
    }

    /** A T that is a temperature or a period, and capitals that are quantities. */
    @ParameterizedTest
    @CsvSource({
        "P V = n R T, true",
        "T = 2π sqrt(L/g), true",
        "Q = I^2 R t, true",
        "T^2 = A T, false",
        "P V = n R, false"
    })
    void validate_capitalsWithoutSignsOfMatrices_areQuantities(String equation, boolean valid) {
        assertThat(report(equation).valid()).as(equation).isEqualTo(valid);
    }
}
