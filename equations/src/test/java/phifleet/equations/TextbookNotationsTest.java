package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.equations.JudgedEquation.report;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Notations in which textbooks of one field write what elsewhere means something else. */
class TextbookNotationsTest {
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

    @ParameterizedTest
    @CsvSource({
        "σ = sqrt(Σ(x-μ)²/N), true",
        "\\sigma = \\sqrt{\\frac{1}{N}\\sum_{i=1}^N (x_i-\\mu)^2}, true",
        "s² = Σ(x-x̄)²/(n-1), true",
        "z = (x-μ)/σ, true",
        "t = (x̄ - μ)/(s/√n), true",
        "f(x) = 1/(σ sqrt(2π)) exp(-(x-μ)²/(2σ²)), true",
        "μ = Σx/N, true",
        "χ² = Σ (O-E)²/E, true",
        "σ² = n p (1-p), true",
        "z = (x-μ)/σ^2, false",
        "z = (x-μ) σ, false"
    })
    void valid_lettersOfStatistics_haveTheDimensionOfWhatDeviates(String equation, boolean valid) {
        assertThat(report(equation).valid()).as(equation).isEqualTo(valid);
    }

    /** Where nothing deviates from a mean σ and μ keep their other meanings. */
    @ParameterizedTest
    @CsvSource({
        "E = σ/ε_0, sigma, surface charge density",
        "F = μ N, mu, friction coefficient",
        "P = σ A T^4, sigma, Stefan-Boltzmann constant",
        "F = -k (x - x_0), k, spring constant"
    })
    void dimensions_sameLettersOutsideOfStatistics_meanWhatTheyUsuallyDo(String equation, String name, String meaning) {
        ValidationReport report = report(equation);

        assertThat(report.valid()).as(equation).isTrue();
        assertThat(java.util.Objects.requireNonNull(report.dimensions()).perSymbol())
                .filteredOn(symbol -> symbol.name().equals(name))
                .extracting(ValidationReport.SymbolMeaning::meaning)
                .containsExactly(meaning);
    }

    /** That a letter means what no law gives it beside the others, such as an energy F beside m and v, is no likely agreement. */
    @ParameterizedTest
    @CsvSource({"F = m v²"})
    void confidence_meaningUnheardOfBesideTheOtherLetters_isLow(String equation) {
        assertThat(report(equation).confidence()).as(equation).isLessThan(0.6);
    }

    @ParameterizedTest
    @CsvSource({"F = U - T S", "F = m v²/r", "E = h c/λ"})
    void confidence_meaningUsualBesideTheOtherLetters_isHigh(String equation) {
        assertThat(report(equation).valid()).as(equation).isTrue();
        assertThat(report(equation).confidence()).as(equation).isGreaterThan(0.65);
    }
}
