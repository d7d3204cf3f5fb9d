package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.equations.grammar.Format;

/** Powers and products of matrices with letters grow with the exponent's exponential: past a bound they are not written out. */
class MatrixSizeTest {
    private static String matrix(int size) {
        StringBuilder text = new StringBuilder("\\begin{pmatrix}");
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                text.append(column > 0 ? "&" : "").append((char) ('a' + (row * size + column) % 26));
            }
            text.append("\\\\");
        }
        return text.append("\\end{pmatrix}").toString();
    }

    @ParameterizedTest
    @CsvSource({"6, 12, 1", "4, 9, 1", "3, 12, 1", "2, 1, 60"})
    void validate_matrixThatGrows_isDecidedWithoutWritingItOut(int size, int power, int factors) {
        String matrix = matrix(size);
        AtomicInteger looks = new AtomicInteger();
        // A clock of its own: what the calculation takes is told by the steps between looks, not by this machine.
        Validator validator = new Validator(() -> looks.incrementAndGet() * 1_000_000L);

        ValidationOutcome outcome = validator.validate(new ValidationRequest(
                (matrix + "^{" + power + "}").repeat(factors) + " = " + matrix,
                Mode.AUTO,
                Format.AUTO,
                Map.of(),
                List.of(),
                1,
                ValidationRequest.MAX_TIMEOUT_MS));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        ValidationOutcome.Judged.class,
                        judged -> assertThat(judged.report().verdict())
                                .isNotIn(Verdict.IDENTITY_PROVED, Verdict.IDENTITY_NUMERIC));
    }

    @ParameterizedTest
    @CsvSource({"2, 3", "3, 2"})
    void validate_smallPower_isWrittenOut(int size, int power) {
        String matrix = matrix(size);
        ValidationOutcome outcome = Validator.standard()
                .validate(ValidationRequest.of(matrix + "^{" + power + "} = " + matrix.repeat(power)));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        ValidationOutcome.Judged.class,
                        judged -> assertThat(judged.report().verdict())
                                .isIn(Verdict.IDENTITY_PROVED, Verdict.IDENTITY_NUMERIC));
    }
}
