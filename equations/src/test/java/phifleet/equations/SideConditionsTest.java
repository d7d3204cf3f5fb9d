package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a text says of its symbols beside its claim. */
class SideConditionsTest {
    private static ValidationReport report(String equation) {
        return JudgedEquation.report(JudgedEquation.asked(equation, Mode.AUTO));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "√(x²) = |x|, x ∈ ℝ; sqrt(x^2) = abs(x)",
                "\\sqrt{ab} = \\sqrt{a}\\sqrt{b}, \\quad a, b > 0; sqrt(a*b) = sqrt(a)*sqrt(b)",
                "(a+b)² = a² + 2ab + b², a, b ∈ ℝ; (a + b)^2 = a^2 + 2*a*b + b^2",
                "\\cos(n\\pi) = (-1)^n \\quad (n \\in \\mathbb{Z}); cos(n*pi) = (-1)^n",
                "e^x > 0 for all x ∈ ℝ; e^x > 0",
                "∀x, y ∈ ℝ: |x y| = |x||y|; abs(x*y) = abs(x)*abs(y)",
                "x + 1/x ≥ 2 for x ∈ \\mathbb{R}^+; x + 1/x ≥ 2",
                "x + 1/x ≥ 2, x \\in \\mathbb{R}_{>0}; x + 1/x ≥ 2",
                "sqrt(a*b) = sqrt(a)*sqrt(b) for a >= 0, b >= 0; sqrt(a*b) = sqrt(a)*sqrt(b)",
                "n! = n (n-1)!, n ∈ ℕ, n ≥ 1; factorial(n) = n*factorial(n - 1)",
                "\\sin^2\\theta_1 + \\cos^2\\theta_1 = 1 \\quad \\forall \\theta_1; sin(theta_1)^2 + cos(theta_1)^2 = 1"
            })
    void validate_conditionBesideAnIdentity_isTakenAndTold(String equation, String claim) {
        ValidationReport report = report(equation);

        assertThat(report.normalized()).isEqualTo(claim);
        assertThat(report.verdict()).isIn(Verdict.IDENTITY_PROVED, Verdict.IDENTITY_NUMERIC);
        assertThat(report.warnings()).anyMatch(warning -> warning.code().equals("side_condition"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\forall x \\in \\mathbb{R}: x^2 > 0",
                "∀x ∈ ℝ: x³ ≥ 0",
                "∀n ∈ ℤ: n² > n",
                "∀x: x² = 4",
                "sin(nπ) = 1, n ∈ ℤ",
                "x² = -1, x ∈ ℝ",
                "1/2 ∈ ℤ",
                "-3 ∈ ℕ",
                "π ∈ ℤ"
            })
    void validate_whatFailsSomewhereInTheDomain_isRefuted(String equation) {
        assertThat(report(equation).verdict()).isEqualTo(Verdict.NOT_IDENTITY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x² = 4, x ∈ ℝ", "2n = 6, n ∈ ℤ", "|x| = -x for x < 0", "x ∉ ℤ"})
    void validate_whatHoldsForSomeValuesAndIsNotSaidOfAll_isConditional(String equation) {
        assertThat(report(equation).verdict()).isEqualTo(Verdict.CONDITIONAL);
    }

    @Test
    void validate_equationThatHoldsForOneWholeNumber_isNotSureToBeMeantForOne() {
        ValidationReport report = report("e^{\\pi i n} = 1 \\quad (n \\in \\mathbb{Z})");

        assertThat(report.confidence()).isLessThan(TypedTable.SURE);
        assertThat(report.readings()).hasSize(2);
    }

    /** The condition is of one symbol, the law of others too. */
    @ParameterizedTest
    @ValueSource(
            strings = {"\\mathbf{F} = m\\mathbf{a} \\text{ for all } t", "v = s/t for t > 0", "E = mc^2 where m > 0"})
    void validate_conditionBesideALaw_leavesTheLaw(String equation) {
        assertThat(report(equation).verdict()).isEqualTo(Verdict.KNOWN_LAW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "∃x: x² = 2; whether it has solutions is looked for",
                "√2 ∈ ℚ; is not decided here",
                "x ∈ ℝ^3; Sets of tuples",
                "x ∈ A; of ℝ, ℂ, ℤ and ℕ",
                "ℝ = 5; is read beside an equation",
                "∀x; is read beside an equation"
            })
    void validate_quantifierOrSetThatIsNotRead_saysWhatIs(String equation, String hint) {
        assertThat(Validator.standard().validate(ValidationRequest.of(equation)))
                .isInstanceOfSatisfying(
                        ValidationOutcome.Malformed.class,
                        malformed -> assertThat(malformed.problem().message()).contains(hint));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "sum from k=1 to n of k = n(n+1)/2; true",
                "sum from k=1 to n of k = n(n-1)/2; false",
                "product from k=1 to n of k = n!; true",
                "integral of x dx = x^2/2 + C; true",
                "integral from 0 to 1 of x^2 dx = 1/3; true",
                "integral from 0 to 1 of x^2 dx = 1/2; false",
                "limit as x->0 of sin(x)/x = 1; true",
                "limit as x->0 of sin(x)/x = 0; false",
                "7 % 3 = 1; true",
                "7 % 3 = 2; false",
                "(-8)^(1/3) = -2; true",
                "(-8)^(2/3) = 4; true",
                "(-8)^(1/3) = 3; false",
                "1° = 60' = 3600\"; true"
            })
    void validate_signsInWordsAndByTheKeyboard_areRead(String equation, boolean valid) {
        assertThat(report(equation).valid()).as(equation).isEqualTo(valid);
    }
}
