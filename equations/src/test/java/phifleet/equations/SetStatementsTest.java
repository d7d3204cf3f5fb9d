package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.equations.JudgedEquation.report;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of sets outside of probabilities. */
class SetStatementsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "A ∪ (A ∩ B) = A; IDENTITY_PROVED",
                "A ∩ (B ∪ C) = (A ∩ B) ∪ (A ∩ C); IDENTITY_PROVED",
                "A ∪ (B ∩ C) = (A ∪ B) ∩ C; NOT_IDENTITY",
                "(A \\cup B)^c = A^c \\cap B^c; IDENTITY_PROVED",
                "(A \\cup B)^c = A^c \\cup B^c; NOT_IDENTITY",
                "A \\setminus (B \\cup C) = (A \\setminus B) \\cap (A \\setminus C); IDENTITY_PROVED",
                "A ∩ B ⊆ A; IDENTITY_PROVED",
                "A ∪ B ⊆ A ∩ B; NOT_IDENTITY",
                "A ⊆ B; CONDITIONAL",
                "A ∩ B = ∅; CONDITIONAL",
                "C = A ∪ B; CONDITIONAL",
                "A ∩ A' = ∅; IDENTITY_PROVED",
                "\\{1,2\\} \\cup \\{2,3\\} = \\{3,2,1\\}; IDENTITY_PROVED",
                "{1, 2} ∩ {2, 3} = {3}; NOT_IDENTITY",
                "|A ∪ B| = |A| + |B| - |A ∩ B|; IDENTITY_NUMERIC",
                "n(A ∪ B) = n(A) + n(B); CONDITIONAL",
                "P((A ∪ B)^c) = 1 - P(A) - P(B) + P(A ∩ B); IDENTITY_NUMERIC"
            })
    void verdict_statementOfSets_isThatOfTheirRegions(String equation, Verdict verdict) {
        assertThat(report(equation).verdict()).as(equation).isEqualTo(verdict);
    }

    @Test
    void counterexample_falseStatementOfSets_isOneMember() {
        ValidationReport.CounterexamplePoint point =
                Objects.requireNonNull(report("A ∩ (B ∪ C) = (A ∩ B) ∪ C").counterexample());
        assertThat(point.left()).isEqualTo("{}");
        assertThat(point.right()).isEqualTo("{1}");
    }

    @ParameterizedTest
    @CsvSource({
        "'x ∈ [0, 1)', 0 ≤ x < 1",
        "'A ⊆ A ∪ B', A ∩ (A ∪ B) = A",
        "'{1, 2} ∪ {3} = {1, 2, 3}', '{1, 2} ∪ {3} = {1, 2, 3}'"
    })
    void normalized_signsOfSets_sayWhatTheyMean(String equation, String normalized) {
        assertThat(report(equation).normalized()).isEqualTo(normalized);
    }

    /** More letters than regions are kept for. */
    @Test
    void verdict_tooManySets_isUndetermined() {
        assertThat(report("A ∪ B ∪ C ∪ D ∪ E ∪ F ∪ G ∪ H ∪ K ∪ L ∪ M ∪ N ∪ Q = Q ∪ A ∪ B")
                        .verdict())
                .isEqualTo(Verdict.UNDETERMINED);
    }
}
