package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.equations.grammar.SyntaxProblem;

/** Notations in which textbooks of one field write what elsewhere means something else. */
class TextbookNotationsTest {
    private static ValidationReport report(String equation) {
        return switch (Validator.standard().validate(ValidationRequest.of(equation))) {
            case ValidationOutcome.Judged(ValidationReport report) -> report;
            case ValidationOutcome.Malformed(SyntaxProblem problem) -> throw new AssertionError(problem);
            case ValidationOutcome.Invalid invalid -> throw new AssertionError(invalid);
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "E = E^0 - (RT/nF) ln Q; E = E_std - R*T*log(Q)/(n*F)",
                "E = E⁰ - (RT/nF) ln Q; E = E_std - R*T*log(Q)/(n*F)",
                "E = E^{0} - \\frac{RT}{nF}\\ln Q; E = E_std - R*T*log(Q)/(n*F)",
                "E = E^\\ominus - \\frac{RT}{nF}\\ln Q; E = E_std - R*T*log(Q)/(n*F)",
                "E = E° - (RT/nF) ln Q; E = E_std - R*T*log(Q)/(n*F)",
                "\\Delta G^\\theta = -RT \\ln K; Delta(G_std) = -R*T*log(K)",
                "ΔG^0 = -nFE^0; Delta(G_std) = -n*F*E_std",
                "x^0 = 1; x^0 = 1",
                "E^0 = 1; E^0 = 1",
                "E^0 + E^1 = 1 + E; E^0 + E^1 = 1 + E",
                "f(x) = a x^0 + b x^1; f(x) = a*x^0 + b*x^1",
                "F^\\theta = F \\sin\\theta; F^theta = F*sin(theta)"
            })
    void normalized_raisedZero_isTheStandardStateOfAQuantityAndElseAPower(String equation, String normalized) {
        assertThat(report(equation).normalized()).isEqualTo(normalized);
    }

    @ParameterizedTest
    @CsvSource({
        "ΔG^0 = ΔH^0 - TΔS^0, true",
        "E^0_cell = E^0_cathode - E^0_anode, true",
        "E_{cell}^0 = E_{cathode}^0 - E_{anode}^0, true",
        "μ = μ^0 + RT ln a, true",
        "ΔG^0 = ΔH^0 - ΔS^0, false",
        "E = E^0 - (RT/F^2) ln Q, false",
        "x^0 = 2, false",
        "x^0 = 1, true",
        "x^0 + x^1 = 1 + x, true"
    })
    void valid_standardStates_haveTheDimensionOfTheirLetter(String equation, boolean valid) {
        assertThat(report(equation).valid()).as(equation).isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({
        "∂_μ A^μ = 0, true",
        "F_{μν} = ∂_μ A_ν - ∂_ν A_μ, true",
        "∂_μ F^{μν} = μ_0 J^ν, true",
        "∂_μ F^{μν} = ε_0 J^ν, false",
        "∂_μ J^μ = 0, true",
        "F_{μν} = A_μ - ∂_ν A_μ, false"
    })
    void valid_derivativesWithIndices_areByCoordinates(String equation, boolean valid) {
        assertThat(report(equation).valid()).as(equation).isEqualTo(valid);
    }
}
