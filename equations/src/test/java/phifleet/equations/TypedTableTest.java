package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of equations as people type them: written down with what is right before they were first tried. */
class TypedTableTest {
    static List<TypedTable.Row> rows() {
        return TypedTable.rows();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void validate_typedEquation_isJudgedRight(TypedTable.Row row) {
        TypedTable.Answer answer = TypedTable.answer(row);
        assertThat(answer.isWrongAndSure())
                .as("%s is wrong and sure: %s", row, answer.shown())
                .isFalse();
        // A row that is due and has come right loses its mark.
        assertThat(answer.isRight()).as("%s: %s", row, answer.shown()).isEqualTo(!row.due());
    }

    @Test
    void rows_ofTheTable_areMoreThanThreeHundred() {
        assertThat(rows()).hasSizeGreaterThan(300).doesNotHaveDuplicates();
    }
}
