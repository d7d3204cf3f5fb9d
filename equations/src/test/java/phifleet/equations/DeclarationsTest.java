package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.equations.JudgedEquation.asked;
import static phifleet.equations.JudgedEquation.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables, assumptions and modes of a request, and how they change what is said of an equation. */
class DeclarationsTest {
    private static ValidationOutcome.Invalid invalid(ValidationRequest request) {
        return switch (Validator.standard().validate(request)) {
            case ValidationOutcome.Invalid invalid -> invalid;
            case ValidationOutcome other -> throw new AssertionError(other);
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "sqrt(x^2) = x; x > 0",
                "sqrt(x^2) = x; x >= 0",
                "sqrt(x^2) = x; x ≥ 0",
                "sqrt(x^2) = x; x positive",
                "sqrt(x^2) = x; x is nonnegative",
                "sqrt(x^2) = abs(x); x real",
                "sqrt(x^2) = abs(x); x ∈ ℝ",
                "sqrt(x^2) = abs(x); x in ℝ",
                "sin(n*pi) = 0; n integer",
                "sin(n*pi) = 0; n is an integer",
                "sin(n*pi) = 0; n natural",
                "log(a*b) = log(a) + log(b); a, b > 0",
                "re(z) + i*im(z) = z; z complex"
            })
    void validate_identityUnderItsAssumption_isOne(String equation, String assumption) {
        assertThat(report(asked(equation, Mode.AUTO, assumption)).verdict())
                .isIn(Verdict.IDENTITY_PROVED, Verdict.IDENTITY_NUMERIC);
    }

    @Test
    void validate_twoAssumptionsOfOneSymbol_countTogether() {
        assertThat(report(asked("abs(n)*sin(n*pi) = n*sin(2*n*pi)", Mode.AUTO, "n integer", "n > 0"))
                        .verdict())
                .isIn(Verdict.IDENTITY_PROVED, Verdict.IDENTITY_NUMERIC);
        assertThat(report(asked("abs(n)*cos(n*pi) = n*(-1)^n", Mode.AUTO, "n > 0", "n integer"))
                        .verdict())
                .isIn(Verdict.IDENTITY_PROVED, Verdict.IDENTITY_NUMERIC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "x < 0", "x is happy", "2 > 0", "x^2 > 0", "x y z", ""})
    void validate_assumptionThatIsNone_isRefusedByItsField(String assumption) {
        assertThat(invalid(asked("x = x", Mode.AUTO, assumption)).field()).isEqualTo("assumptions");
    }

    @Test
    void validate_longAssumption_isRefusedWithItsBeginning() {
        ValidationOutcome.Invalid invalid = invalid(asked("x = x", Mode.AUTO, "x".repeat(300) + " > 0"));

        assertThat(invalid.value()).hasSizeLessThan(100).endsWith("…");
    }

    @Test
    void validate_tooManyDeclarations_areRefusedWithTheBound() {
        int many = ValidationRequest.MAX_DECLARATIONS + 1;
        Map<String, Variable> variables = new LinkedHashMap<>();
        for (int i = 0; i < many; i++) {
            variables.put("x_" + i, Variable.ofUnit("m"));
        }

        assertThat(invalid(ValidationRequest.of("x = x").withVariables(variables))
                        .field())
                .isEqualTo("variables");
        assertThat(invalid(asked(
                                "x = x",
                                Mode.AUTO,
                                Collections.nCopies(many, "x > 0").toArray(String[]::new)))
                        .field())
                .isEqualTo("assumptions");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "E; furlongs of time; variables.E.unit",
                "E; m^; variables.E.unit",
                "x = y; m; variables.x = y",
                "2 +; m; variables.2 +"
            })
    void validate_badVariable_isRefusedByItsName(String name, String unit, String field) {
        ValidationRequest request = ValidationRequest.of("E = m c^2").withUnit(name, unit);

        assertThat(invalid(request).field()).isEqualTo(field);
    }

    @Test
    void validate_unknownDomain_isRefusedWithTheKnownOnes() {
        ValidationRequest request = ValidationRequest.of("E = m c^2").with("E", Variable.ofDomain("happy"));

        assertThat(invalid(request).field()).isEqualTo("variables.E.domain");
        assertThat(invalid(request).message()).contains("nonnegative");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "A = b + c^2/b; A; m; b; m; c; m; DIMENSIONALLY_CONSISTENT",
                "A = b c; A; m^2; b; m; c; s; DIMENSION_MISMATCH",
                "A = b + c; A; 1; b; 1; c; 1; DIMENSIONALLY_CONSISTENT",
                "A = b + c; A; any; b; any; c; any; DIMENSIONALLY_CONSISTENT",
                "f(t) = b + t; f(t); m; b; m; t; m; DIMENSIONALLY_CONSISTENT",
                "E = m v; E; J; m; kg; v; m/s; DIMENSION_MISMATCH",
                "E = m v^2; E; J; m; kg; v; m/s; DIFFERS_FROM_KNOWN_LAW",
                "p = m v; p; kg m/s; m; kg; v; m/s; KNOWN_LAW"
            })
    void validate_unitsOfAll_decide(
            String equation, String a, String unitA, String b, String unitB, String c, String unitC, Verdict verdict) {
        ValidationRequest request = ValidationRequest.of(equation)
                .withUnit(a, unitA)
                .withUnit(b, unitB)
                .withUnit(c, unitC);

        assertThat(report(request).verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "F = m a; PHYSICS; KNOWN_LAW",
                "F = m v; PHYSICS; DIMENSION_MISMATCH",
                "x = a b c; PHYSICS; DIMENSIONALLY_CONSISTENT",
                "F = m a; DIMENSIONAL; DIMENSIONALLY_CONSISTENT",
                "5 km + 200 m = 7 km; DIMENSIONAL; DIMENSIONALLY_CONSISTENT",
                "1 + 2 + \\cdots + n = n; DIMENSIONAL; DIMENSIONALLY_CONSISTENT",
                "F = m a; IDENTITY; NOT_IDENTITY",
                "(x+1)^2 = x^2 + 2x + 1; IDENTITY; IDENTITY_PROVED",
                "x^2 = 4; IDENTITY; NOT_IDENTITY",
                "A ∪ B = B ∪ A; IDENTITY; IDENTITY_PROVED",
                "(A B)^T = B^T A^T; IDENTITY; IDENTITY_NUMERIC",
                "F = m a; SYNTAX; WELL_FORMED",
                "F = m a; SIGNATURE; WELL_FORMED",
                "\\phi^2 = \\phi + 1; GOLDEN; IDENTITY_PROVED",
                "φ^2 = φ + 2; GOLDEN; NOT_IDENTITY"
            })
    void validate_mode_asksForItsOwnKindOfVerdict(String equation, Mode mode, Verdict verdict) {
        assertThat(report(asked(equation, mode)).verdict()).isEqualTo(verdict);
    }

    @Test
    void validate_physicsWithUnitsThatDoNotFit_isAMismatchOfUnits() {
        ValidationRequest request = asked("F = m v", Mode.PHYSICS)
                .withUnit("F", "N")
                .withUnit("m", "kg")
                .withUnit("v", "m/s");

        assertThat(report(request).verdict()).isEqualTo(Verdict.DIMENSION_MISMATCH);
    }

    @Test
    void validate_expressionAlone_isBrokenByItsUnitsOnly() {
        ValidationRequest apart =
                ValidationRequest.of("a + b").withUnit("a", "m").withUnit("b", "s");
        ValidationRequest alike =
                ValidationRequest.of("a + b").withUnit("a", "m").withUnit("b", "km");

        assertThat(report(apart).verdict()).isEqualTo(Verdict.DIMENSION_MISMATCH);
        assertThat(report(alike).verdict()).isEqualTo(Verdict.UNDETERMINED);
        assertThat(report(ValidationRequest.of("x + y")).verdict()).isEqualTo(Verdict.UNDETERMINED);
    }
}
