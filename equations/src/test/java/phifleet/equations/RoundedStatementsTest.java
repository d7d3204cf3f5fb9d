package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.equations.JudgedEquation.asked;
import static phifleet.equations.JudgedEquation.report;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is calculated on one side and rounded to the digits that are written on the other, with = between them. */
class RoundedStatementsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(1+√5)/2 = 1.618",
                "1.618 = (1+√5)/2",
                "√2 = 1.414",
                "2/3 = 0.667",
                "-√3 = -1.732",
                "1.41^2 = 1.99"
            })
    void validate_roundedValue_holdsToItsDigitsWithAWarning(String equation) {
        ValidationReport report = report(equation);
        assertThat(report.verdict()).as(equation).isEqualTo(Verdict.CONDITIONAL);
        assertThat(report.warnings()).extracting(warning -> warning.code()).contains("rounded");
        assertThat(report.confidence()).isBetween(0.7, 0.95);
    }

    /** Another last digit, fewer than three digits, one digit left out that could have been written, or a sign that is exact. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(1+√5)/2 = 1.619",
                "√2 = 1.415",
                "2/3 = 0.666",
                "2/3 = 0.6",
                "3/16 = 0.188",
                "12.5 + 0.04 = 12.5",
                "1.234 = 1.23",
                "√2 ≡ 1.414",
                "2/3 = 7"
            })
    void validate_whatIsNotRounded_isRefuted(String equation) {
        assertThat(report(equation).verdict()).as(equation).isEqualTo(Verdict.NOT_IDENTITY);
    }

    /** An angle in degrees makes numbers with units of it. */
    @ParameterizedTest
    @CsvSource({
        "\\sin 10^\\circ = 0.1736, true",
        "cos 20° = 0.940, true",
        "cos 20° = 0.93, false",
        "sin 10° = 0.1763, false"
    })
    void validate_roundedValueOfAnAngle_holdsToItsDigits(String equation, boolean valid) {
        assertThat(report(equation).valid()).as(equation).isEqualTo(valid);
    }

    @Test
    void validate_roundedValueAskedAsAnIdentity_isNone() {
        assertThat(report(asked("√2 = 1.414", Mode.IDENTITY)).verdict()).isEqualTo(Verdict.NOT_IDENTITY);
    }
}
