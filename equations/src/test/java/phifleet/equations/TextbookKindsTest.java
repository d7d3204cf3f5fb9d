package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.equations.JudgedEquation.report;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kinds of equations from textbooks that were once read or judged wrong, each with what looks like it and is something else. */
class TextbookKindsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                // Primes.
                "y'' + y = 0; y'' + y = 0",
                "(fg)' = f'g + fg'; Derivative(f(x)*g(x), x) = Derivative(f(x), x)*g(x) + f(x)*Derivative(g(x), x)",
                "x' = γ(x - vt); x' = gamma*(x - v*t)",
                "f' = f (v + u)/v; f' = f*(v + u)/v",
                // Names of dimensionless numbers.
                "Re = \\frac{v L}{\\nu}; Re = v*L/nu",
                "Nu = 0.023 Re^{0.8} Pr^{0.4}; Nu = 0.023*Re^0.8*Pr^0.4",
                "A = Pe^{rt}; A = P*e^(r*t)",
                "v = R e; v = R*e",
                // Products below the line.
                "f = e^{-E/k_B T}; f = e^(-E/(k_B*T))",
                "f = e^{-E/k T}; f = e^(-E/(k*T))",
                "P = V/R t; P = V*t/R",
                // Indices of digits.
                "u = ½ε_0E²; u = epsilon_0*E^2/2",
                "s = v_0t; s = v_0*t",
                "v_0x = v_0 cos θ; v_0x = v_0*cos(theta)",
                // No reactions.
                "C_1V_1 = C_2V_2; C_1*V_1 = C_2*V_2",
                "N2O4 = 2NO2; N2O4 -> 2 NO2",
                // Sums.
                "Σ_{k=1}^n k = n(n+1)/2; Sum(k, (k, 1, n)) = n*(n + 1)/2",
                "Σ_a = N σ_a; Sigma_a = N*sigma_a",
                // Combinations.
                "C(n,k) = C(n,n-k); binomial(n, k) = binomial(n, n - k)",
                "C(x,t) = 1; C(x, t) = 1",
                // Conjugates.
                "|z|² = z z*; abs(z)^2 = z*conjugate(z)",
                "a*b = b*a; a*b = b*a",
                // The chain rule.
                "dy/dx = dy/du · du/dx; Derivative(y, x) = Derivative(y, u)*Derivative(u, x)",
                "N = N_0 2^{-t/T}; N = N_0*2^(-t/T)",
                "H(jω) = 1/(1 + jωRC); H(j*omega) = 1/(1 + j*omega*R*C)",
                "E = (E_{max} C)/(EC_50 + C); E = E_max*C/(EC_50 + C)",
                "CL = k V_d; CL = k*V_d",
                "\\omega = \\frac{1}{\\sqrt{CL}}; omega = 1/sqrt(C*L)",
                // Units in brackets before a function, fractions that touch letters, upright units that are raised.
                "W = F d cos θ = (10 N)(5 m) cos 60° = 25 J; W = F*d*cos(theta) = 10 N*(5 m)*cos(60 deg) = 25 J",
                "s = ½at² = 25 m; s = a*t^2/2 = 25 m",
                "a = 3\\,\\text{m/s}^2; a = 3 m/s^2",
                "vesc=sqrt(2GM/R); v_esc = sqrt(2*G*M/R)"
            })
    void normalized_textbookNotation_isReadAsItIsMeant(String equation, String normalized) {
        assertThat(report(equation).normalized()).isEqualTo(normalized);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "m x'' + c x' + k x = 0; true",
                "f(x) = 2x + 1, f(3) = 7; true",
                "f(x) = 2x + 1, f(3) = 8; false",
                "g(t) = t^2 - 1, g(2) = 3, g(0) = -1; true",
                "g(t) = t^2 - 1, g(2) = 3, g(0) = 1; false",
                "f(n) = n!, f(5) = 120; true",
                "R_1 \\parallel R_2 = \\frac{R_1 R_2}{R_1 + R_2}; true",
                "R_1 \\parallel R_2 = \\frac{R_1 R_2}{R_1 - R_2}; false",
                "A_v = -g_m (R_C \\parallel R_L); true",
                "N = N_0\\,2^{-t/T}; true",
                "N = N_0\\,2^{-t T}; false",
                "v = 250 kt = 129 m/s; true",
                "v = 250 kt = 150 m/s; false",
                "5 kt = 5000 t; true",
                "m x'' + c x' + k x' = 0; false",
                "(fg)' = f'g + fg'; true",
                "(f/g)' = (f'g - fg')/g²; true",
                "y' + P(x) y = Q(x); true",
                "F(s) = ∫_0^∞ f(t) e^{-st} dt; true",
                "P(x) = x² + 1; true",
                "F(t) = m v(t); false",
                "a/sin A = b/sin B; true",
                "A = P(1 + rt); true",
                "C(n,k) = n!/(k!(n-k)!); true",
                "C(5,2) = 10; true",
                "C(5,2) = 20; false",
                "Σ_{k=1}^n k² = n(n+1)(2n+1)/6; true",
                "Σ_{k=1}^n k² = n(n+1)(2n-1)/6; false",
                "M_1V_1 = M_2V_2; true",
                "M_1V_1 = M_2/V_2; false",
                "N2O4 = 2NO2; true",
                "ΔT_b = K_b m; true",
                "Z = \\sum_i e^{-E_i/k_B T}; true"
            })
    void valid_textbookKind_isJudgedByWhatItMeans(String equation, boolean valid) {
        assertThat(report(equation).valid()).as(equation).isEqualTo(valid);
    }

    /** An exponential beside a number is there to be solved, not to hold for all values. */
    @Test
    void validate_exponentialBesideANumber_isNotRefuted() {
        assertThat(report("e^{-t/T} = 1/2").verdict()).isNotEqualTo(Verdict.NOT_IDENTITY);
        assertThat(report("sin(x) cos(y) = 1/2 (sin(x+y) - sin(x-y))").verdict())
                .isEqualTo(Verdict.NOT_IDENTITY);
    }

    /** A result to two digits is what calculators and textbooks give. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "E = hf = (6.63×10⁻³⁴ J s)(5×10¹⁴ Hz) = 3.3×10⁻¹⁹ J; true",
                "E = hf = (6.63×10⁻³⁴ J s)(5×10¹⁴ Hz) = 3.5×10⁻¹⁹ J; false",
                "T = 2π√(L/g) = 2π√(1 m / 9.8 m/s²) = 2.0 s; true",
                "T = 2π√(L/g) = 2π√(1 m / 9.8 m/s²) = 2.1 s; false",
                "pH = -log(1×10⁻³) = 3; true",
                "pH = -log(1×10⁻³) = 4; false"
            })
    void valid_workedExample_holdsToTheDigitsOfItsResult(String equation, boolean valid) {
        assertThat(report(equation).valid()).as(equation).isEqualTo(valid);
    }

    /** What holds of whole numbers alone is said so, and what fails for them too stays refuted. */
    @ParameterizedTest
    @CsvSource({
        "cos(n π) = (-1)^n, CONDITIONAL",
        "\\cos(k\\pi) = (-1)^{k+1}, NOT_IDENTITY",
        "(\\cos\\theta + i\\sin\\theta)^n = \\cos n\\theta + i\\sin n\\theta, CONDITIONAL",
        "(\\cos\\theta + i\\sin\\theta)^n = \\cos n\\theta - i\\sin n\\theta, NOT_IDENTITY"
    })
    void verdict_identityOfWholeNumbers_isConditional(String equation, Verdict verdict) {
        assertThat(report(equation).verdict()).as(equation).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "y'' = -ω² y; true",
                "y'' = -ω y; false",
                "y = C e^{kx}; true",
                "H = -\\sum_i p_i \\log p_i; true",
                "\\sum_i p_i = 1; true",
                "p = F A; false",
                "z = \\frac{\\hat p - p}{\\sqrt{p(1-p)/n}}; true",
                "\\nabla f = \\left(\\frac{\\partial f}{\\partial x}, \\frac{\\partial f}{\\partial y}\\right); true",
                "f_s = μ_s N; true",
                "f_s = μ_s N²; false"
            })
    void valid_lettersOfMathematics_takeTheDimensionThatTheyNeed(String equation, boolean valid) {
        assertThat(report(equation).valid()).as(equation).isEqualTo(valid);
    }
}
