package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.equations.JudgedEquation.report;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Constants that a law has and an equation lacks, and constants that are put in with their values. */
class MissingConstantsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "k = A e^{-E_a/T}; Perhaps R is missing",
                "k = A e^{-E/T}; Perhaps k_B is missing",
                "E = h λ; Perhaps c is missing",
                "p = p_0 + ρ h; Perhaps g is missing"
            })
    void explanation_lawWithoutItsConstant_namesIt(String equation, String words) {
        ValidationReport report = report(equation);

        assertThat(report.verdict()).as(equation).isEqualTo(Verdict.DIMENSION_MISMATCH);
        assertThat(report.explanation()).contains(words);
        assertThat(report.confidence()).isLessThan(0.95);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "k = A e^{-E_a/(RT)}; true",
                "n_i = \\sqrt{N_c N_v} e^{-E_g/(2k_B T)}; true",
                "n_i = N_c N_v e^{-E_g/(2k_B T)}; false",
                "E_n = \\frac{n^2\\pi^2\\hbar^2}{2mL^2}; true",
                "E = \\frac{n\\pi^2\\hbar^2}{2mL^2}; false",
                "E = h c/(500 nm) = 2.48 eV; true",
                "E = h c/(500 nm) = 24.8 eV; false",
                "F = \\frac{1}{4\\pi\\varepsilon_0}\\frac{(1 µC)^2}{(10 cm)^2} = 0.899 N; true",
                "F = \\frac{1}{4\\pi\\varepsilon_0}\\frac{(1 µC)^2}{(10 cm)^2} = 8.99 N; false",
                "h c = 1240 eV nm; true",
                "h c = 124 eV nm; false",
                "1 atm = 760 mmHg = 1013.25 hPa; true",
                "1 atm = 760 mmHg = 1031.25 hPa; false",
                "\\eta = 1 - \\frac{T_c}{T_h}; true",
                "m - M = 5 log10(d) - 5; true",
                "m_1 - m_2 = -2.5\\log_{10}\\frac{F_1}{F_2}; true",
                "m_1 - m_2 = 3\\log_{10}\\frac{F_1}{F_2}; false"
            })
    void valid_lawsWithConstants_areJudgedByTheirValues(String equation, boolean valid) {
        assertThat(report(equation).valid()).as(equation).isEqualTo(valid);
    }

    /** Of two quantities of one letter the law says which is which. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"\\eta = 1 - \\frac{T_h}{T_c}", "\\Delta G = \\Delta G^\\circ - RT\\ln Q"})
    void verdict_lawWithTwoQuantitiesExchanged_isNotTheLaw(String equation) {
        assertThat(report(equation).verdict()).as(equation).isNotEqualTo(Verdict.KNOWN_LAW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "K_p = K_c (RT)^{\\Delta n}; true",
                "K_p = K_x p^{\\Delta\\nu}; true",
                "q = K c^{1/n}; true",
                "\\sigma_{ij} = \\lambda\\delta_{ij}\\varepsilon_{kk} + 2\\mu\\varepsilon_{ij}; true",
                "\\sigma_{ij} = \\lambda\\varepsilon_{kk}/\\delta_{ij} + 2\\mu^2\\varepsilon_{ij}; false",
                "r = k[\\mathrm{A}]^m[\\mathrm{B}]^n; true",
                "p V^\\gamma = T^\\gamma; false",
                "v = \\frac{V_{max}[\\mathrm{S}]}{K_M + [\\mathrm{S}]}; true"
            })
    void valid_powerThatIsALetter_leavesTheUnitOfTheConstantOpen(String equation, boolean valid) {
        assertThat(report(equation).valid()).as(equation).isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\\begin{aligned} (x+1)^2 - 1 &= x^2 + 2x \\\\ &= x(x+2) \\end{aligned}; true",
                "\\begin{aligned} (x+1)^2 &= x^2 + 2x + 1 \\\\ &= x(x+2) + 2 \\end{aligned}; false",
                "\\begin{align} F &= ma \\\\ W &= Fd \\end{align}; true"
            })
    void valid_rowThatBeginsWithARelation_goesOnWithTheOneBefore(String equation, boolean valid) {
        assertThat(report(equation).valid()).as(equation).isEqualTo(valid);
    }
}
