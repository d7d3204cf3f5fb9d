package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.equations.JudgedEquation.report;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Equations as people type them, by the kinds in which they were once read or judged wrong. */
class TypedEquationsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "|2|x|-3| = 5; abs(2*abs(x) - 3) = 5",
                "|x||y| = 1; abs(x)*abs(y) = 1",
                "x^*x = 1; conjugate(x)*x = 1",
                "n1 sin θ1 = n2 sin θ2; n_1*sin(theta_1) = n_2*sin(theta_2)",
                "B = μ0nI; B = mu_0*n*I",
                "\\frac{B}{I} = μ0 n; B/I = mu_0*n",
                "F = Gm1m2/r^2; F = G*m_1*m_2/r^2",
                "x = 1 1/2; x = 1 + 1/2",
                "√-1 = i; sqrt(-1) = i",
                "x = ∫_0^1 2t dt; x = Integral(2*t, (t, 0, 1))",
                "K_a = [H+][A-]/[HA]; K_a = [H+]*[A-]/[HA]",
                "pH = 7; pH = 7",
                "g_{μν} = 1; g_munu = 1",
                "σ = 5.67×10^-8 W/(m^2 K^4); sigma = 5.67e-8 W/(m^2*K^4)",
                "N_A = 6.0×10^23 1/mol; N_A = 600000000000000000000000 1/mol",
                "E = 5 W; E = 5 W",
                "F = 2 T; F = 2*T",
                "Fnet = m a; F_net = m*a",
                "λmax = 1; lambda_max = 1",
                "I_rms = I_0/\\sqrt{2}; I_rms = I_0/sqrt(2)",
                "v_esc = \\sqrt{x}; v_esc = sqrt(x)",
                "div D = rho; div(D) = rho",
                "V = 5 V; V = 5 V",
                "m = 5 m; m = 5*m",
                "A = 5 ㎡; A = 5 m^2",
                "t_½ = 1; t_{1/2} = 1",
                "t_{½} = 1; t_{1/2} = 1",
                "ln[A] = ln[A]_0 - k t; log([A]) = log([A]_0) - k*t",
                "v = V [S]/(K + [S]); v = V*[S]/(K + [S])",
                "2[x + 1] = 2; 2*(x + 1) = 2",
                "2[x] = 2; 2*x = 2"
            })
    void validate_notation_isReadAsItIsMeant(String equation, String normalized) {
        assertThat(report(equation).normalized()).isEqualTo(normalized);
    }

    /** Vectors without arrows, told by what would say nothing of numbers. */
    @ParameterizedTest
    @CsvSource({
        "a × (b × c) = b (a·c) - c (a·b), true",
        "ω × (ω × r) = ω (ω·r) - r ω², true",
        "(a × b)·(c × d) = (a·c)(b·d) - (a·d)(b·c), true",
        "|a × b|² + (a·b)² = |a|²|b|², true",
        "a·(b × c) = b·(c × a), true",
        "a × (b × c) = (a × b) × c, false",
        "a·(b × c) = b·(a × c), false",
        "V = (l × w) × h, true",
        "2 × (3 × 4) = 24, true"
    })
    void validate_crossProducts_areOfVectorsWhereNumbersHaveNone(String equation, boolean valid) {
        assertThat(report(equation).valid()).as(equation).isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource({"Γ(n) = n!, false", "Γ(n) = (n-1)!, true", "Γ(1/2) = √π, true", "Γ = (Z_L - Z_0)/(Z_L + Z_0), true"})
    void validate_gammaBesideAFactorial_isTheFunction(String equation, boolean valid) {
        assertThat(report(equation).valid()).as(equation).isEqualTo(valid);
    }

    /** A symbol, its formula, the same with numbers, the result: there a letter is a symbol first and a unit behind. */
    @ParameterizedTest
    @CsvSource({
        "v = s/t = 10 m / 2 s = 5 m/s, true",
        "v = s/t = 10 m / 2 s = 6 m/s, false",
        "R = V/I = 12 V / 3 A = 4 Ω, true",
        "V = 2 A × 5 Ω = 10 V, true",
        "W = 10 N × 5 m = 50 J, true",
        "W = 10 N × 5 m = 50 W, false",
        "P = W/t = 100 J / 5 s = 20 J, false",
        "T = 2π√(L/g) = 2π√(1 m / 9.8 m/s²) ≈ 2.007 s, true",
        "A = π r² = π (2 m)² ≈ 12.57 m², true",
        "BE = Δm c² = 3.0e-30 kg × (3e8 m/s)² = 2.7e-13 J, true",
        "25 ℃ = 298.15 K, true"
    })
    void validate_workedExample_hasItsUnits(String equation, boolean valid) {
        assertThat(report(equation).valid()).as(equation).isEqualTo(valid);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "180° = π rad",
                "log 100 = 2",
                "\\log 1000 = 3",
                "Re(2+3i) = 2",
                "17 \\equiv 2 \\pmod 5",
                "\\det [[1,2],[3,4]] = -2",
                "gcd(12,18) = 6",
                "lcm(4,6) = 12",
                "\\int \\frac{1}{x} dx = \\ln|x| + C",
                "a×b = -b×a",
                "(-1,2) + (1,-2) = (0,0)",
                "k_B = 1.38×10^-23 J/K",
                "c = 3.00×10^5 km/s",
                "h = 6.63e-34 J s"
            })
    void validate_trueStatement_isAnIdentity(String equation) {
        assertThat(report(equation).verdict()).isIn(Verdict.IDENTITY_PROVED, Verdict.IDENTITY_NUMERIC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "log 100 = 3",
                "17 \\equiv 3 \\pmod 5",
                "gcd(12,18) = 3",
                "lcm(4,6) = 24",
                "(1,-2) + (0,1) = (1,1)",
                "100 km/h = 27.87 m/s",
                "1 in = 2.5 cm",
                "k_B = 1.38×10^-22 J/K",
                "c = 3×10^8 km/s",
                "g = 98.1 m/s^2",
                "x = 1/0",
                "x + y = 3; x + y = 1",
                "x + y = 1; y + z = 2; x - z = 5"
            })
    void validate_falseStatement_isRefuted(String equation) {
        ValidationReport report = report(equation);
        assertThat(report.verdict()).as(equation).isEqualTo(Verdict.NOT_IDENTITY);
        assertThat(report.valid()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"100 km/h = 27.78 m/s", "1 hp = 745.7 W", "1 pc = 3.0857e16 m"})
    void validate_conversionThatIsRounded_holdsToItsDigits(String equation) {
        ValidationReport report = report(equation);
        assertThat(report.verdict()).isEqualTo(Verdict.CONDITIONAL);
        assertThat(report.explanation()).contains("digits");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a = v t",
                "v = a/t",
                "E = q/(4πε_0 r)",
                "P = W t",
                "v = sqrt(2 g/h)",
                "F = G m M/r",
                "F = k q Q/r",
                "v^2 = u^2 + 2 a t",
                "v = u + a s",
                "s = u t + 1/2 a t",
                "R = ρA/L",
                "A = 2πr",
                "m = 5 N",
                "U = 230 A",
                "λ = 500 s"
            })
    void validate_lettersOfALawInOtherPowers_areNotValid(String equation) {
        ValidationReport report = report(equation);
        assertThat(report.valid()).as(equation).isFalse();
        assertThat(report.verdict()).isEqualTo(Verdict.DIMENSION_MISMATCH);
        assertThat(Objects.requireNonNull(report.dimensions()).perSymbol())
                .allMatch(symbol -> !symbol.source().equals("user"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "σ = My/I; bending-stress",
                "τ = Tr/J; torsion-stress",
                "force = mass * acceleration; newton-second",
                "KE = 1/2 m v^2; kinetic-energy-k",
                "C = π d; circle-circumference-diameter",
                "P = 2(l+w); rectangle-perimeter",
                "S = P + jQ; complex-power",
                "ΔU = Q + W; first-law-on",
                "ΔU = Q - W; first-law",
                "1/f = 1/v - 1/u; thin-lens-cartesian",
                "v = v_0 - g t; velocity-throw",
                "y = A sin(ωt - kx); wave-plane-y-time"
            })
    void validate_law_isKnownHoweverItIsWritten(String equation, String law) {
        ValidationReport report = report(equation);
        assertThat(report.verdict()).as(equation).isEqualTo(Verdict.KNOWN_LAW);
        assertThat(Objects.requireNonNull(report.matchedLaw()).id()).isEqualTo(law);
    }

    @Test
    void validate_lawInWordsWithAWrongFactor_differs() {
        assertThat(report("KE = m v^2").verdict()).isEqualTo(Verdict.DIFFERS_FROM_KNOWN_LAW);
        assertThat(report("force = mass / acceleration").valid()).isFalse();
    }

    /** A number without its unit makes any equation disagree. */
    @Test
    void validate_mismatchBesideAMeasuredNumber_isUnsure() {
        ValidationReport report = report("E = -13.6/n²");
        assertThat(report.verdict()).isEqualTo(Verdict.DIMENSION_MISMATCH);
        assertThat(report.confidence()).isLessThan(0.7);
    }

    /** A circle's area but for a number, and a ball's surface: nobody can tell. */
    @Test
    void validate_lawOfOneThingAndNearlyOfAnother_isUnsure() {
        ValidationReport report = report("A = π d²");
        assertThat(report.verdict()).isEqualTo(Verdict.DIMENSIONALLY_CONSISTENT);
        assertThat(report.confidence()).isLessThan(0.8);
    }

    @Test
    void validate_runOfDeclaredLetters_isTheirProduct() {
        ValidationRequest request = ValidationRequest.of("σ = My/I")
                .withUnit("σ", "Pa")
                .withUnit("y", "m")
                .withUnit("I", "m^4");
        assertThat(report(request.withUnit("M", "N m")).verdict()).isEqualTo(Verdict.KNOWN_LAW);
        assertThat(report(request.withUnit("M", "N")).verdict()).isEqualTo(Verdict.DIMENSION_MISMATCH);
    }

    @Test
    void validate_readingThatHolds_isTakenAndTheOtherShown() {
        ValidationReport report = report("log 100 = 2");
        assertThat(report.readings())
                .extracting(ValidationReport.Reading::valid)
                .containsExactly(true, false);
        assertThat(report.confidence()).isLessThan(0.99);
        assertThat(report.warnings()).anyMatch(warning -> warning.code().equals("reading"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "R_{μν} - ½Rg_{μν} + Λg_{μν} = 8πG/c⁴ T_{μν}",
                "G_{\\mu\\nu} + \\Lambda g_{\\mu\\nu} = \\frac{8\\pi G}{c^4} T_{\\mu\\nu}",
                "\\partial_\\mu F^{\\mu\\nu} = \\mu_0 J^\\nu",
                "F^{\\mu\\nu} = \\partial^\\mu A^\\nu - \\partial^\\nu A^\\mu",
                "R = 8.314 J/(mol K)",
                "c = 340 m/s",
                "g = 1.62 m/s^2"
            })
    void validate_trueWithoutUnits_isNotRejected(String equation) {
        assertThat(report(equation).valid()).as(equation).isTrue();
    }
}
