package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.equations.JudgedEquation.report;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.equations.grammar.token.Warning;

class WorkedExampleTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "F = m a = 2 × 3 = 6 N",
                "F = ma = (2)(3) = 6 N",
                "F = ma = 2 \\times 3 = 6\\ \\text{N}",
                "v = d/t = 100/20 = 5 m/s",
                "v = d/t = 100/20 = 18 km/h",
                "v = d/t = 150/3 = 50 km/h",
                "v = s/t = 100/20 = 5",
                "F = 2 × 3 = 6 N",
                "p = mv = 2 × 3 = 6 kg m/s",
                "KE = ½mv² = ½(2)(3)² = 9 J",
                "T = 2π√(L/g) = 2π√(1/9.8) = 2.01 s",
                "T = 2π√(L/g) = 2π√(1/9.8) ≈ 2.0 s",
                "E = mc² = 1 × (3×10^8)² = 9×10^16 J"
            })
    void validate_bareNumbersThatGiveTheResult_areTakenInItsUnits(String equation) {
        ValidationReport report = report(equation);

        assertThat(report.valid()).as(report.explanation()).isTrue();
        assertThat(report.warnings()).extracting(Warning::code).contains("bare_numbers");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "F = m a = 2 × 3 = 7 N",
                "F = ma = 2 × 3 = 7",
                "v = d/t = 100/20 = 6 m/s",
                "v = d/t = 100/20 = 19 km/h",
                "E = mgh = 2 × 9.8 × 10 = 190 J",
                "T = 2π√(L/g) = 2π√(1/9.8) = 2.17 s"
            })
    void validate_bareNumbersThatDoNotGiveTheResult_refute(String equation) {
        ValidationReport report = report(equation);

        assertThat(report.verdict()).as(equation).isEqualTo(Verdict.NOT_IDENTITY);
        assertThat(report.confidence()).isGreaterThan(0.9);
        assertThat(report.counterexample()).isNotNull();
    }

    /** The numbers are right, what they are of is not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "F = ma = 2 × 3 = 6 J",
                "V = IR = 2 × 5 = 10 A",
                "2 × 3 = 6 N",
                "F = m a = 2 kg × 3 = 6 N",
                "F = m v = 2 × 3 = 6 N"
            })
    void validate_resultInAWrongUnit_staysRefuted(String equation) {
        assertThat(report(equation).verdict()).as(equation).isEqualTo(Verdict.DIMENSION_MISMATCH);
    }

    @Test
    void validate_resultRoundedOnTheWay_isRefutedWithDoubt() {
        ValidationReport report = report("T = 2π√(L/g) = 2π√(1/9.8) = 2.006 s");

        assertThat(report.valid()).isFalse();
        assertThat(report.confidence()).isLessThan(0.8);
    }
}
