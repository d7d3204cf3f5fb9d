package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.equations.JudgedEquation.report;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Factorisations, ranks, products with ⊗ and linear systems, each with what looks like it and is false or no matrix. */
class MatrixStatementsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "A = LU; CONDITIONAL",
                "PA = LU; CONDITIONAL",
                "A = QR; CONDITIONAL",
                "AA^{-1} = I; IDENTITY_NUMERIC",
                "AA^{-1} = 2I; NOT_IDENTITY",
                "rank(AB) ≤ min(rank A, rank B); IDENTITY_NUMERIC",
                "rank(AB) = min(rank A, rank B); NOT_IDENTITY",
                "rank(A) + nullity(A) = n; IDENTITY_NUMERIC",
                "rank(A) + nullity(A) = 2n; NOT_IDENTITY",
                "\\operatorname{rank}(A^T) = \\operatorname{rank}(A); IDENTITY_NUMERIC",
                "rank(A + B) = rank(A) + rank(B); NOT_IDENTITY",
                "(A \\otimes B)(C \\otimes D) = AC \\otimes BD; IDENTITY_NUMERIC",
                "A \\otimes B = B \\otimes A; NOT_IDENTITY",
                "(A \\otimes B)^T = A^T \\otimes B^T; IDENTITY_NUMERIC",
                "\\operatorname{tr}(A \\otimes B) = \\operatorname{tr}(A) \\operatorname{tr}(B); IDENTITY_NUMERIC",
                "\\det(A \\otimes B) = \\det(A) \\det(B); NOT_IDENTITY"
            })
    void verdict_statementOfMatrices_isThatOfMatrices(String equation, Verdict verdict) {
        assertThat(report(equation).verdict()).as(equation).isEqualTo(verdict);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\\dot x = Ax + Bu; true",
                "x_{k+1} = A x_k + B u_k; true",
                "y = Cx + Du; true",
                "A v = λ v; true",
                "A x = b; true",
                "A = PDP^{-1}; true",
                // No system: a length and a force.
                "F = Ax + Bu; false",
                "s = v t + F t; false"
            })
    void valid_linearSystem_hasMatricesOfAnyDimension(String equation, boolean valid) {
        assertThat(report(equation).valid()).as(equation).isEqualTo(valid);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "A ⊗ (B + C) = A ⊗ B + A ⊗ C; A ⊗ (B + C) = A ⊗ B + A ⊗ C",
                "(A \\otimes B)C = AC \\otimes B; (A ⊗ B)*C = A*C ⊗ B",
                "rank A = 2; rank(A) = 2",
                "\\langle u, v \\rangle = 0; braket(u, v) = 0"
            })
    void normalized_notationOfMatrices_isReadAsItIsMeant(String equation, String normalized) {
        assertThat(report(equation).normalized()).isEqualTo(normalized);
    }
}
