package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which stage decides, kind by kind: temperatures, constants, systems, what is to be solved and what is claimed for all. */
class OrderOfDecisionTest {
    private static ValidationReport report(String equation) {
        return JudgedEquation.report(JudgedEquation.asked(equation.replace('⏎', '\n'), Mode.AUTO));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "25 °C = 298.15 K; true",
                "-40 °C = -40 °F; true",
                "-40 °C = 233.15 K; true",
                "-(40 °C) = -40 °F; true",
                "0 °C = 32 °F; true",
                "0 °C = 0 °F; false",
                "20 °C + 5 K = 25 °C; true",
                "20 °C + 5 K = 30 °C; false",
                "30 °C - 20 °C = 10 K; true",
                "ΔT = 5 °C = 5 K; true",
                "ΔT = 5 °C = 9 °F; true",
                "ΔT = 5 °C = 6 K; false",
                "T = 20 °C = 293.15 K; true",
                "T = 20 °C = 20 K; false",
                "2 × 10 °C = 20 °C; true",
                "dT = 5 °C = 5 K; true",
                "0 K = -273.15 °C = -459.67 °F; true"
            })
    void validate_temperatures_areReadingsOrDifferences(String equation, boolean valid) {
        assertThat(report(equation).valid()).as(equation).isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "c = 299792458 m/s; true",
                "c = 3.00e8 m/s; true",
                "c = 3.00e9 m/s; false",
                "h = 6.626e-34 J s; true",
                "h = 6.626e-33 J s; false",
                "k_B = 1.38e-23 J/K; true",
                "k_B = 1.58e-23 J/K; false",
                "N_A = 6.022e23 1/mol; true",
                "1 mol = 6.022e23; true",
                "6.022e23 = 1 mol; true",
                "2 mol = 1.2044e24; true",
                "1 mol = 6.1e23; false",
                "g = 9.81 m/s^2; true",
                "e = 1.602e-19 C; true"
            })
    void validate_statedConstant_isComparedWithTheOneThatIsKnown(String equation, boolean valid) {
        assertThat(report(equation).valid()).as(equation).isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "100 km/h = 27.78 m/s; true",
                "27.78 m/s = 100 km/h; true",
                "100 km/h = 27.87 m/s; false",
                "8.314 J = 0.08206 L atm; true",
                "8.314 J = 0.08306 L atm; false",
                "1 atm = 760 mmHg; true",
                "1 atm = 750 mmHg; false",
                "1 km ≈ 1000 m; true",
                "1 km < 1001 m; true",
                "1 km > 1001 m; false",
                "3000 rpm = 50 Hz; true",
                "60 rpm = 1 rev/s; true",
                "60 rpm = 2 Hz; false",
                "60 rpm = 6.283 rad/s; true",
                "1 m = 1 s; false",
                "1 km = 1000 m = 100000 cm; true",
                "1 km = 1000 m = 10000 cm; false"
            })
    void validate_quantities_areArithmetic(String equation, boolean valid) {
        assertThat(report(equation).valid()).as(equation).isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "x + y = 3⏎x - y = 1; CONDITIONAL",
                "x + y = 3⏎x + y = 4; NOT_IDENTITY",
                "sin(2x) = 2 sin x cos x⏎cos²x + sin²x = 1; IDENTITY_PROVED",
                "sin(2x) = 2 sin x cos x⏎cos²x + sin²x = 2; NOT_IDENTITY",
                "F = m a⏎p = m v; KNOWN_LAW",
                "F = m a⏎p = m a; DIMENSION_MISMATCH",
                "5 km = 5000 m⏎F = m a; KNOWN_LAW",
                "x = 2, 3; CONDITIONAL",
                "2 H2 + O2 -> 2 H2O; IDENTITY_PROVED",
                "H2 + O2 -> H2O; NOT_IDENTITY"
            })
    void validate_severalStatements_areAsGoodAsTheWorst(String equation, Verdict verdict) {
        assertThat(report(equation).verdict()).as(equation).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "cos(x) = x; CONDITIONAL",
                "x = cos(x); CONDITIONAL",
                "x^2 = 2x; CONDITIONAL",
                "x^2/2 = 3; CONDITIONAL",
                "-x = 5; CONDITIONAL",
                "2x + 3 = 7; CONDITIONAL",
                "x^2 = π; CONDITIONAL",
                "x√2 = 2; CONDITIONAL",
                "(x+1)^2 = x^2 + 1; NOT_IDENTITY",
                "sin(2x) = 2 sin(x); NOT_IDENTITY",
                "cosh²x + sinh²x = 1; NOT_IDENTITY",
                "1 = cosh²x + sinh²x; NOT_IDENTITY",
                "cosh²x + sinh²x = -1; NOT_IDENTITY",
                "sin²x - cos²x = 0; NOT_IDENTITY",
                "(x^2 + 1)/(x + 1) = x; NOT_IDENTITY",
                "x = x + 1; NOT_IDENTITY",
                "∫_0^1 x dx = I; CONDITIONAL",
                "A = ∫_0^1 x dx; CONDITIONAL",
                "y = 2x + 1; CONDITIONAL",
                "f(x) = x^2 + 1; DIMENSIONALLY_CONSISTENT",
                "1/0 = 1; NOT_IDENTITY",
                "1 = 1/0; NOT_IDENTITY",
                "gcd(12, 18) = 6; IDENTITY_PROVED",
                "gcd(12, 18) = 5; NOT_IDENTITY",
                "lcm(4, 6) = 12; IDENTITY_PROVED",
                "(a/b)^n = a^n/b^n + 1; NOT_IDENTITY",
                "(a^2 - b^2)/(a - b) = a + b + 1; NOT_IDENTITY"
            })
    void validate_equationOfNumbers_isSolvedOrRefuted(String equation, Verdict verdict) {
        assertThat(report(equation).verdict()).as(equation).isEqualTo(verdict);
    }
}
