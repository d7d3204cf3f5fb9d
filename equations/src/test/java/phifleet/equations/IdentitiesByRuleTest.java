package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Identities of many families, and the same with a slip each, in letters and spellings made by rules: written down before they were tried. */
class IdentitiesByRuleTest {
    private static final List<TypedTable.Row> ROWS = TypedTable.table("identities-by-rule");

    /** Logarithms and roots of letters hold where these are positive. */
    @Test
    void validate_trueIdentities_areProvedOrAgreeOrHoldOnTheirDomain() {
        List<String> wrong = ROWS.stream()
                .filter(row -> row.right() == TypedTable.Right.TRUE)
                .map(TypedTable::answer)
                .filter(answer ->
                        answer.report() == null || !isIdentity(answer.report().verdict()))
                .map(answer -> answer.row() + " -> " + answer.shown())
                .toList();
        assertThat(wrong).isEmpty();
    }

    private static boolean isIdentity(Verdict verdict) {
        return switch (verdict) {
            case IDENTITY_PROVED, IDENTITY_NUMERIC, CONDITIONAL -> true;
            default -> false;
        };
    }

    @Test
    void validate_identitiesWithASlip_areNotValid() {
        List<String> wrong = ROWS.stream()
                .filter(row -> row.right() == TypedTable.Right.FALSE)
                .map(TypedTable::answer)
                .filter(answer -> answer.report() == null || !answer.isRight())
                .map(answer -> answer.row() + " -> " + answer.shown())
                .toList();
        assertThat(wrong).isEmpty();
    }

    @Test
    void rows_trueAndFalse_areManyOfEach() {
        assertThat(ROWS).filteredOn(row -> row.right() == TypedTable.Right.TRUE).hasSizeGreaterThan(300);
        assertThat(ROWS)
                .filteredOn(row -> row.right() == TypedTable.Right.FALSE)
                .hasSizeGreaterThan(300);
    }
}
