package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.equations.JudgedEquation.report;

import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Laws made wrong by a number, a sign, a function or an exponent, in the table's letters and in others. */
class NearLawsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // The quantity that it tells has another letter.
                "W = k x^2; energy of a spring",
                "W = m g h/2; potential energy near the ground",
                "v_{esc} = \\sqrt{\\frac{G M}{R}}; escape velocity",
                "v_{orb} = \\sqrt{2 G M/r}; speed on a circular orbit",
                "K_{rot} = I \\omega^2; energy of rotation",
                // Another function of an angle.
                "F = B I L \\cos\\theta; force on a conductor at an angle to the field",
                "W = F d \\sin\\theta; work of a force at an angle",
                "n_1 \\tan\\theta_1 = n_2 \\tan\\theta_2; law of refraction"
            })
    void validate_lawWithAnotherNumberOrFunction_differs(String equation, String name) {
        ValidationReport report = report(equation);
        assertThat(report.verdict()).as(equation).isEqualTo(Verdict.DIFFERS_FROM_KNOWN_LAW);
        assertThat(Objects.requireNonNull(report.matchedLaw()).name())
                .as(equation)
                .contains(name);
    }

    /** The letters have meanings by which the dimensions agree, and a law of these letters would not have it. */
    @ParameterizedTest
    @ValueSource(
            strings = {"y_m = \\frac{m\\lambda L}{d^2}", "P_{cr} = \\frac{\\pi^2 E I}{L}", "g(r) = \\frac{G M}{r}"})
    void validate_lawWithAnotherExponent_isAMismatch(String equation) {
        ValidationReport report = report(equation);
        assertThat(report.verdict()).as(equation).isEqualTo(Verdict.DIMENSION_MISMATCH);
    }

    /** Other laws, or the same ones of another body, for another mean or another sign. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "P_{avg} = \\frac{V I}{2}",
                "P_{max} = \\frac{V^2}{4 R}",
                "v_{rms} = \\sqrt{\\frac{3 k_B T}{m}}",
                "r_t = R\\left(\\frac{2M}{m}\\right)^{1/3}",
                "u = \\sqrt{2}\\sqrt{p/\\rho}",
                "F_N = m g \\cos\\theta",
                "x = A \\cos(\\omega t)",
                "d = v_0 t + \\frac{1}{2} a t^2",
                "v_{esc} = \\sqrt{\\frac{2 G M}{R}}",
                "F = -\\frac{k}{r^2}",
                "V = k Q/r"
            })
    void validate_lawOfItsOwn_isValid(String equation) {
        assertThat(report(equation).valid()).as(equation).isTrue();
    }
}
