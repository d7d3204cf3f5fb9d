package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.equations.JudgedEquation.report;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.equations.ValidationReport.Dimensions;
import phifleet.equations.grammar.token.SyntaxProblem;

class ValidatorTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "E = mc²; 2; 0; 0; 2; 0",
                "F = ma; 2; 0; 0; 2; 0",
                "PV = nRT; 2; 0; 0; 2; 0",
                "∇·E = ρ/ε₀; 2; 0; 0; 2; 0",
                "φ² = φ + 1; 1; 0; 0; 1; 1",
                "sin²x + cos²x = 1; 1; 0; 0; 1; 1",
                "uv = fv + fu; 1; 1; 0; 0; 3",
                "1/f = 1/u + 1/v; 3; 0; 0; 3; 0",
                "abc + abd + acd + bcd = 0; 1; 0; 1; 2; 8"
            })
    void validate_workedTable_holdsExactly(String equation, int b0, int b1, int b2, int chi, int loops) {
        ValidationReport report = report(ValidationRequest.of(equation));
        assertThat(report.betti()).containsExactly(b0, b1, b2);
        assertThat(report.chi()).isEqualTo(chi);
        assertThat(report.loops()).isEqualTo(loops);
        assertThat(report.bettiHigher()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "E = mc²; known_law",
                "m = E/c²; known_law",
                "E/m = c^2; known_law",
                "PV = nRT; known_law",
                "E = mc³; dimension_mismatch",
                "K = m v^2; differs_from_known_law",
                "y = 2x + 1; conditional",
                "x^2 - 5x + 6 = 0; conditional",
                "a = 2 F/m; differs_from_known_law",
                "sin²x + cos²x = 1; identity_proved",
                "(a+b)^2 = a^2 + 2ab + b^2; identity_proved",
                "(a+b)^2 = a^2 + b^2; not_identity",
                "acos(cos(a)) = a; conditional",
                "sqrt(x^2) = x; conditional",
                "e^(iπ) + 1 = 0; identity_proved",
                "cos(π/5) = φ/2; identity_proved",
                "5 km + 200 m = 5.2 km; identity_proved",
                "5 km + 200 m = 5.3 km; not_identity",
                "5 km + 3 s = 8 m; dimension_mismatch",
                "2 H2 + O2 -> 2 H2O; identity_proved",
                "H2 + O2 -> H2O; not_identity",
                "2 + 2 = 5; not_identity",
                "3 < 4; identity_numeric",
                "x + 1; undetermined"
            })
    void validate_auto_decidesInOrder(String equation, String verdict) {
        ValidationReport report = report(ValidationRequest.of(equation));
        assertThat(report.verdict().text()).isEqualTo(verdict);
        assertThat(report.valid()).isEqualTo(report.verdict().valid());
        assertThat(report.confidence()).isBetween(0.0, 1.0);
        assertThat(report.explanation()).endsWith(".");
    }

    @Test
    void validate_unitsGiven_overruleConvention() {
        ValidationReport report = report(ValidationRequest.of("E = a*b")
                .withUnit("E", "J")
                .withUnit("a", "N")
                .withUnit("b", "s"));
        assertThat(report.verdict()).isEqualTo(Verdict.DIMENSION_MISMATCH);
        Dimensions dimensions = Objects.requireNonNull(report.dimensions());
        assertThat(dimensions.basis()).isEqualTo("units");
        assertThat(dimensions.consistent()).isFalse();
        assertThat(dimensions.perSymbol()).allMatch(symbol -> symbol.source().equals("user"));
    }

    @Test
    void validate_mismatch_namesTheLawThatIsNear() {
        ValidationReport report = report(ValidationRequest.of("K = m v^3/2"));
        assertThat(report.verdict()).isEqualTo(Verdict.DIMENSION_MISMATCH);
        assertThat(report.explanation()).contains("v^2, not v^3");
        assertThat(Objects.requireNonNull(report.matchedLaw()).name()).isEqualTo("kinetic energy");
    }

    @Test
    void validate_byConvention_saysWhatLettersMean() {
        Dimensions dimensions = Objects.requireNonNull(
                report(ValidationRequest.of("F = ma").with(Mode.DIMENSIONAL)).dimensions());
        assertThat(dimensions.perSymbol())
                .anySatisfy(symbol -> assertThat(symbol.source()).isEqualTo("convention"));
    }

    @Test
    void validate_mismatch_pointsIntoTheText() {
        ValidationReport report = report(ValidationRequest.of("F = m*a + 5").withUnit("F", "N"));
        Dimensions dimensions = Objects.requireNonNull(report.dimensions());
        assertThat(dimensions.position()).isNotNull();
        assertThat(report.explanation()).contains("same dimension");
    }

    @Test
    void validate_counterexample_comesWithTheVerdict() {
        ValidationReport report =
                report(ValidationRequest.of("sin(2x) = 2 sin(x)").with(Mode.IDENTITY));
        assertThat(report.verdict()).isEqualTo(Verdict.NOT_IDENTITY);
        assertThat(Objects.requireNonNull(report.counterexample()).values()).containsOnlyKeys("x");
    }

    @Test
    void validate_brokenText_isMalformed() {
        assertThat(Validator.standard().validate(ValidationRequest.of("E = m c^")))
                .isInstanceOfSatisfying(
                        ValidationOutcome.Malformed.class,
                        malformed ->
                                assertThat(malformed.problem().code()).isEqualTo(SyntaxProblem.Code.UNEXPECTED_END));
    }

    @ParameterizedTest
    @CsvSource({"E,J//,variables.E.unit", "E,bananas,variables.E.unit", "E +,J,variables.E +"})
    void validate_badVariable_namesFieldAndValue(String name, String unit, String field) {
        assertThat(Validator.standard()
                        .validate(ValidationRequest.of("E = mc^2").withUnit(name, unit)))
                .isInstanceOfSatisfying(
                        ValidationOutcome.Invalid.class,
                        invalid -> assertThat(invalid.field()).isEqualTo(field));
    }

    @Test
    void validate_badTimeout_namesTheBound() {
        ValidationRequest request = new ValidationRequest(
                "a = b", Mode.AUTO, phifleet.equations.grammar.Format.AUTO, java.util.Map.of(), List.of(), 1, 9_999);
        assertThat(Validator.standard().validate(request))
                .isInstanceOfSatisfying(
                        ValidationOutcome.Invalid.class,
                        invalid -> assertThat(invalid.message()).contains("2000"));
    }

    /** They have two digits. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\frac{\\partial^21e9 u}{\\partial t^2} = 1",
                "\\frac{d^{21e9} x}{dt^2} = a",
                "\\frac{d^2 x}{dt^{2e10}} = a",
                "Derivative(x(t), (t, 21e9)) = a",
            })
    void validate_orderOfADerivativeThatIsShortAndLarge_namesTheBound(String equation) {
        assertThat(Validator.standard().validate(ValidationRequest.of(equation)))
                .isInstanceOfSatisfying(
                        ValidationOutcome.Malformed.class,
                        malformed -> assertThat(malformed.problem().message()).contains("1 to 99"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3.1 \\times 10^{5e9} = 2.9",
                "3.1·10^(21e9) = 2.9·10^(-21e9)",
                "E[X^(2e10)] = 1",
                "\\int_0^\\infty t^{2e10} e^{-s t} dt = 1",
                "sin(x) = x + O(x^(2e10))",
                "e^x = 1 + x + x^(3e10)/6 + O(x^4)",
            })
    void validate_exponentThatIsShortAndLarge_isJudged(String equation) {
        assertThat(report(ValidationRequest.of(equation)).verdict()).isNotNull();
    }

    @Test
    void validate_lettersThatNothingIsKnownOf_saysSo() {
        ValidationReport report = report(ValidationRequest.of("MAP = (SBP + 2 DBP)/3"));
        assertThat(report.verdict()).isEqualTo(Verdict.DIMENSIONALLY_CONSISTENT);
        assertThat(report.explanation()).startsWith("Nothing says what its letters mean;");
    }

    @Test
    void validate_signatureMode_counts() {
        ValidationReport report = report(ValidationRequest.of("E = mc²").with(Mode.SIGNATURE));
        assertThat(report.betti()).containsExactly(2, 0, 0);
        assertThat(report.chi()).isEqualTo(2);
    }

    @Test
    void validate_sameSeed_sameAnswer() {
        ValidationRequest request = ValidationRequest.of("(a+b)^3 = a^3 + b^3");
        assertThat(report(request).counterexample()).isEqualTo(report(request).counterexample());
    }
}
