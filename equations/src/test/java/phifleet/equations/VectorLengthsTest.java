package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.equations.JudgedEquation.report;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lengths of vectors and the angle between two of them. */
class VectorLengthsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\\vec a\\cdot\\vec b = a b\\cos\\theta; IDENTITY_PROVED",
                "\\vec F\\cdot\\vec d = F d\\cos\\phi; IDENTITY_PROVED",
                "\\vec a\\cdot\\vec b = a b\\sin\\theta; NOT_IDENTITY",
                "|\\vec a\\times\\vec b| = |\\vec a||\\vec b|\\sin\\theta; IDENTITY_PROVED",
                "|\\vec a\\times\\vec b| = |\\vec a||\\vec b|\\cos\\theta; NOT_IDENTITY",
                "|\\vec a - \\vec b|^2 = a^2 + b^2 - 2ab\\cos\\gamma; IDENTITY_PROVED",
                "|\\vec a - \\vec b|^2 = a^2 + b^2 + 2ab\\cos\\gamma; NOT_IDENTITY",
                "r^2 = \\vec r\\cdot\\vec r; IDENTITY_PROVED",
                "\\|\\vec u + \\vec v\\|^2 = \\|\\vec u\\|^2 + 2\\vec u\\cdot\\vec v + \\|\\vec v\\|^2; IDENTITY_PROVED",
                "\\|\\vec u + \\vec v\\|^2 = \\|\\vec u\\|^2 + \\|\\vec v\\|^2; NOT_IDENTITY",
                "|\\vec u + \\vec v| = |\\vec u| + |\\vec v|; NOT_IDENTITY"
            })
    void verdict_lengthsAndAngles_areThoseOfVectors(String equation, Verdict verdict) {
        assertThat(report(equation).verdict()).as(equation).isEqualTo(verdict);
    }

    /** Beside other quantities a letter without its arrow is left as it is. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "W = \\vec F\\cdot\\vec d; true",
                "P = F v\\cos\\theta; true",
                "\\vec F = -\\frac{G m M}{r^3}\\vec r; true"
            })
    void valid_lawsOfVectors_areNotTakenForIdentities(String equation, boolean valid) {
        assertThat(report(equation).valid()).as(equation).isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\\vec\\tau = \\vec r\\times\\vec F; KNOWN_LAW",
                "\\vec\\tau = \\vec F\\times\\vec r; DIFFERS_FROM_KNOWN_LAW",
                "\\vec L = \\vec r\\times\\vec p; KNOWN_LAW",
                "\\vec v = \\vec r\\times\\vec\\omega; DIFFERS_FROM_KNOWN_LAW",
                "\\vec F = q(\\vec E - \\vec v\\times\\vec B); DIFFERS_FROM_KNOWN_LAW"
            })
    void verdict_productOfVectors_knowsTheirOrder(String equation, Verdict verdict) {
        assertThat(report(equation).verdict()).as(equation).isEqualTo(verdict);
    }
}
