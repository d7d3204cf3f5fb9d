package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.equations.JudgedEquation.report;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.equations.grammar.Format;

/** Equations in the letters of a law that has other powers. */
class SharedLettersTest {
    private static ValidationRequest asked(String equation, Map<String, Variable> variables) {
        return new ValidationRequest(
                equation,
                Mode.AUTO,
                Format.AUTO,
                variables,
                List.of(),
                ValidationRequest.DEFAULT_SEED,
                ValidationRequest.MAX_TIMEOUT_MS);
    }

    @Test
    void validate_lettersMeanWhatTheyDoInTheLaw_mismatch() {
        assertThat(report("E = m c").verdict()).isEqualTo(Verdict.DIMENSION_MISMATCH);
    }

    /** What somebody gives as a letter's unit stands before what a law would have it mean. */
    @ParameterizedTest
    @CsvSource({"E = m c, E, kg*m/s", "a = v t, t, 1/s", "a = v t, a, m", "F = m v, F, kg*m/s"})
    void validate_unitOfALetterIsGiven_countsBeforeTheLaws(String equation, String letter, String unit) {
        ValidationReport report = report(asked(equation, Map.of(letter, Variable.ofUnit(unit))));

        assertThat(report.verdict()).as(equation).isIn(Verdict.DIMENSIONALLY_CONSISTENT, Verdict.KNOWN_LAW);
        assertThat(report.valid()).isTrue();
    }

    @Test
    void validate_unitOfALetterIsTheLaws_mismatch() {
        assertThat(report(asked("E = m c", Map.of("m", Variable.ofUnit("g")))).verdict())
                .isEqualTo(Verdict.DIMENSION_MISMATCH);
    }
}
