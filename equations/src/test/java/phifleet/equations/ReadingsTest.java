package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.equations.JudgedEquation.report;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Quantities, thermometers, systems and near readings, judged as a whole. */
class ReadingsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 km = 10^3 m",
                "1/2 kg = 500 g",
                "3/4 in = 19.05 mm",
                "25 °C = 298.15 K",
                "0 °C = 32 °F",
                "-40 °C = -40 °F",
                "100^\\circ\\text{C} = 212^\\circ\\text{F}",
                "20 °C + 5 K = 25 °C",
                "25 °C - 20 °C = 5 K",
                "1,000 + 1 = 1,001",
                "0.\\overline{3} = \\frac{1}{3}",
                "(5 kg)(2 m/s^2) = 10 N",
                "7 ≡ 1 (mod 3)"
            })
    void validate_trueQuantities_areIdentities(String equation) {
        assertThat(report(equation).verdict()).isIn(Verdict.IDENTITY_PROVED, Verdict.IDENTITY_NUMERIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 km = 10^2 m",
                "T = 25 °C = 25 K",
                "ΔT = 5 °C = 6 K",
                "λ = 500 nm = 5e-6 m",
                "1/2 kg = 50 g",
                "10 °C = 32 °F"
            })
    void validate_falseQuantities_areRefuted(String equation) {
        assertThat(report(equation).verdict()).isEqualTo(Verdict.NOT_IDENTITY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c = 1.5×10^3 m/s",
                "v = 3.0\\times10^{8}\\ \\text{m/s}",
                "E = 10^3 J",
                "d = 10^{-10} m",
                "x = 10⁻⁶ m",
                "ΔT = 5 °C = 5 K",
                "T = 25 °C = 298.15 K",
                "V_m = 24.5 L/mol"
            })
    void validate_symbolMeasuredInItsUnit_agrees(String equation) {
        assertThat(report(equation).verdict()).isEqualTo(Verdict.DIMENSIONALLY_CONSISTENT);
    }

    @Test
    void validate_temperaturesThatAgreeAsDifferencesOnly_areUnsure() {
        ValidationReport report = report("5 °C = 5 K");
        assertThat(report.valid()).isFalse();
        assertThat(report.readings())
                .extracting(ValidationReport.Reading::valid)
                .containsExactly(false, true);
        assertThat(report.confidence()).isLessThanOrEqualTo(0.5);
    }

    @Test
    void validate_nearReadingThatDiffers_lowersTheConfidence() {
        ValidationReport report = report("1,234 = 1234");
        assertThat(report.valid()).isTrue();
        assertThat(report.readings()).hasSize(2);
        assertThat(report.readings().getFirst().taken()).isTrue();
        assertThat(report.confidence()).isLessThan(report.readings().getFirst().confidence());
        assertThat(report.warnings()).isNotEmpty();
    }

    @Test
    void validate_nearReadingThatAgrees_changesNothing() {
        ValidationReport report = report("(1,2) + (3,4) = (4,6)");
        assertThat(report.readings())
                .extracting(ValidationReport.Reading::valid)
                .containsExactly(true, true);
        assertThat(report.confidence()).isEqualTo(report.readings().getFirst().confidence());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "F = ma@E = mc^2 | true",
                "F = ma@E = mc^3 | false",
                "x + y = 3@x - y = 1 | true",
                "F = ma; E = mc^2 | true",
                "E = mc^2, F = ma | true",
                "x = 1 and y = 2 | true",
                "\\begin{cases} x + y = 1 \\\\ x - y = 2 \\end{cases} | true",
                "\\begin{aligned} a &= b \\\\ c &= d \\end{aligned} | true",
                "\\left\\{ \\begin{array}{l} x + y = 1 \\\\ x - y = 2 \\end{array} \\right. | true",
                "2 + 2 = 4@2 + 2 = 5 | false"
            })
    void validate_system_isValidWhereAllPartsAre(String equation, boolean valid) {
        ValidationReport report = report(equation.replace('@', '\n'));
        assertThat(report.parts()).hasSize(2);
        assertThat(report.valid()).isEqualTo(valid);
        assertThat(report.parts().stream().allMatch(ValidationReport.Part::valid))
                .isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({"'a = b@ + c'", "'a = @b'", "'a@= b'", "'a + (b@+ c) = d'"})
    void validate_lineThatGoesOn_isOneEquation(String equation) {
        assertThat(report(equation.replace('@', '\n')).parts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            value = {
                "[x, p] = i hbar § commutator(x, p) = i*hbar",
                "<psi|phi> = 1 § braket(psi, phi) = 1",
                "H|ψ⟩ = E|ψ⟩ § H*ket(psi) = E*ket(psi)",
                "\\langle\\psi|A|\\phi\\rangle = a § braket(psi, A, phi) = a",
                "<x^2> - <x>^2 = s § avg(x^2) - avg(x)^2 = s",
                "\\partial_\\mu F^{\\mu\\nu} = J^\\nu § Derivative(F_upmunu, x_mu) = J_upnu",
                "p V^\\gamma = C § p*V^gamma = C",
                "K_w = [H^+][OH^-] § K_w = [H+]*[OH-]",
                "(x^2)' = 2x § Derivative(x^2, x) = 2*x",
                "7 mod 3 = 1 § mod(7, 3) = 1",
                "a:b = c:d § a/b = c/d",
                "\\Re z = x § re(z) = x",
                "\\lg 100 = 2 § log(100, 10) = 2",
                "a ＝ b § a = b",
                "a^\\dagger a = N § a_dagger*a = N",
                "L = 4 L_\\odot § L = 4*L_odot",
                "E^\\circ = 1.1 V § E_std = 1.1 V",
                "KE = 1/2 m v^2 § KE = m*v^2/2",
                "buoyancy = rho g V § buoyancy = rho*g*V",
                "PV = nRT § P*V = n*R*T",
                "|x| > 3 § abs(x) > 3"
            })
    void validate_notation_isReadAsWritten(String equation, String normalized) {
        assertThat(report(equation).normalized()).isEqualTo(normalized);
    }

    /** Readings that stand in a list of two are never the same. */
    @Test
    void validate_readings_areDifferentTexts() {
        List<ValidationReport.Reading> readings = report("E = p^2/2m").readings();
        assertThat(readings).extracting(ValidationReport.Reading::normalized).doesNotHaveDuplicates();
    }
}
