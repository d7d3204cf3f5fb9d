package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a calculation refutes is never called consistent, and what it confirms is an identity. */
class AnalysisVerdictsTest {
    private static ValidationReport judged(String equation) {
        return switch (Validator.standard().validate(ValidationRequest.of(equation))) {
            case ValidationOutcome.Judged(ValidationReport report) -> report;
            case ValidationOutcome other -> throw new AssertionError(equation + ": " + other);
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\\int_0^1 x^2 dx = 1/3",
                "\\int_0^{\\pi} \\sin x dx = 2",
                "\\int_0^a x dx = a^2/2",
                "\\int_0^1 \\sqrt{x} dx = 2/3",
                "\\int_{-\\infty}^{\\infty} e^{-x^2} dx = \\sqrt{\\pi}",
                "\\int_0^1 \\int_0^1 x y dx dy = 1/4",
                "\\int \\cos x dx = \\sin x + C",
                "\\int x e^x dx = (x-1) e^x + C",
                "\\frac{d}{dx} \\sin x = \\cos x",
                "\\lim_{x \\to 0} \\sin x / x = 1",
                "\\lim_{x \\to 0^+} \\frac{|x|}{x} = 1",
                "\\lim_{x \\to 0^{-}} \\frac{|x|}{x} = -1",
                "\\lim_{x \\to \\infty} (1+1/x)^x = e",
                "\\lim_{h \\to 0} \\frac{(x+h)^2 - x^2}{h} = 2x",
                "\\sum_{n=1}^{\\infty} 1/n^2 = \\pi^2/6",
                "\\sum_{n=0}^{\\infty} \\frac{x^n}{n!} = e^x",
                "\\sum_{k=1}^{10} k = 55",
                "\\prod_{k=1}^5 k = 120",
                "[[1,2],[3,4]] [[1],[1]] = [[3],[7]]",
                "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}^{-1} = \\begin{pmatrix}-2&1\\\\3/2&-1/2\\end{pmatrix}",
                "\\begin{pmatrix}2&1\\\\1&2\\end{pmatrix}\\begin{pmatrix}1\\\\1\\end{pmatrix} = 3\\begin{pmatrix}1\\\\1\\end{pmatrix}",
                "\\begin{vmatrix}a&b\\\\c&d\\end{vmatrix} = a d - b c",
                "\\vec a \\times \\vec b = -\\vec b \\times \\vec a",
                "\\vec a \\times (\\vec b \\times \\vec c) = \\vec b (\\vec a \\cdot \\vec c) - \\vec c (\\vec a \\cdot \\vec b)"
            })
    void validate_trueStatementOfAnalysis_isAnIdentity(String equation) {
        assertThat(judged(equation).verdict()).as(equation).isIn(Verdict.IDENTITY_PROVED, Verdict.IDENTITY_NUMERIC);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "0/0 = 1",
                "1/0 = 1/0",
                "log(0) = 1",
                "tan(π/2) = 1",
                "\\int_0^1 x^2 dx = 1/2",
                "\\int_{-\\infty}^{\\infty} e^{-x^2} dx = 2",
                "\\int x^2 dx = x^3",
                "d/dx \\sin x = -\\cos x",
                "\\lim_{x \\to 0} \\sin x / x = 0",
                "\\lim_{x \\to 0} \\frac{|x|}{x} = 1",
                "\\lim_{x \\to 0} 1/x = \\infty",
                "\\sum_{n=1}^{\\infty} 1/n^2 = 2",
                "\\sum_{k=1}^{10} k = 56",
                "\\begin{vmatrix}1&2\\\\3&4\\end{vmatrix} = 2",
                "[[1,2],[3,4]] [[1],[1]] = [[3],[8]]",
                "[[1,2],[3,4]] = [[1,2]]",
                "[[1,2],[2,4]]^{-1} = [[1,0],[0,1]]",
                "\\vec a \\times \\vec b = \\vec b \\times \\vec a",
                "x/(x+y) + y/(x+y) = 2"
            })
    void validate_falseStatementOfAnalysis_isRefuted(String equation) {
        ValidationReport report = judged(equation);
        assertThat(report.verdict()).as(equation).isEqualTo(Verdict.NOT_IDENTITY);
        assertThat(report.valid()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\\int_{-1}^{1} 1/x dx = 0",
                "\\int_{-1}^{1} 1/x^2 dx = -2",
                "\\sum_{n=0}^{\\infty} (-1)^n = 1/2",
                "\\sum_{n=1}^{\\infty} 1/n = 2",
                "\\lim_{x \\to 0} \\sin(1/x) = 0",
                "\\int_0^1 x^2 dx = 0.333333333333333333"
            })
    void validate_whatDivergesOrIsRounded_isNeverCalledTrue(String equation) {
        assertThat(judged(equation).valid()).as(equation).isFalse();
    }

    /** Products of random matrices, and the same with one entry wrong. */
    @Test
    void validate_matrixProducts_areToldFromThoseWithOneWrongEntry() {
        long seed = 20261128;
        System.out.println("matrix products, seed " + seed);
        Random random = new Random(seed);
        for (int trial = 0; trial < 40; trial++) {
            int n = 2 + random.nextInt(5);
            int[][] a = matrix(n, random);
            int[][] b = matrix(n, random);
            int[][] product = new int[n][n];
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    for (int k = 0; k < n; k++) {
                        product[i][j] += a[i][k] * b[k][j];
                    }
                }
            }
            String left = text(a) + " " + text(b) + " = ";
            assertThat(judged(left + text(product)).verdict()).as(left).isEqualTo(Verdict.IDENTITY_PROVED);
            product[random.nextInt(n)][random.nextInt(n)] += 1 + random.nextInt(3);
            ValidationReport wrong = judged(left + text(product));
            assertThat(wrong.verdict()).as(left).isEqualTo(Verdict.NOT_IDENTITY);
            assertThat(wrong.counterexample()).isNotNull();
        }
    }

    private static int[][] matrix(int n, Random random) {
        int[][] rows = new int[n][n];
        for (int[] row : rows) {
            for (int j = 0; j < n; j++) {
                row[j] = random.nextInt(-4, 5);
            }
        }
        return rows;
    }

    private static String text(int[][] rows) {
        List<String> shown = new ArrayList<>();
        for (int[] row : rows) {
            shown.add(IntStream.of(row).mapToObj(String::valueOf).collect(Collectors.joining(",", "[", "]")));
        }
        return "[" + String.join(",", shown) + "]";
    }

    /** Antiderivatives of polynomials, exponentials and waves at whole bounds, and the same with a wrong number. */
    @Test
    void validate_definiteIntegralsOfRandomSums_areToldFromWrongOnes() {
        long seed = 17;
        System.out.println("definite integrals, seed " + seed);
        Random random = new Random(seed);
        for (int trial = 0; trial < 40; trial++) {
            int p = 1 + random.nextInt(5);
            int a = 1 + random.nextInt(3);
            int b = 1 + random.nextInt(4);
            int c = 1 + random.nextInt(5);
            String integrand = b + " x^" + p + " + " + c + " \\cos(" + a + " x) - e^{-" + a + " x}";
            String value = b + "/" + (p + 1) + " + " + c + "/" + a + " \\sin(" + a + ") + (e^{-" + a + "} - 1)/" + a;
            String left = "\\int_0^1 (" + integrand + ") dx = ";
            assertThat(judged(left + value).verdict()).as(left + value).isEqualTo(Verdict.IDENTITY_NUMERIC);
            String wrong = left + value + " + 1/" + (100 + random.nextInt(900_000));
            assertThat(judged(wrong).verdict()).as(wrong).isEqualTo(Verdict.NOT_IDENTITY);
        }
    }

    /** F' = f for a random F, written as an indefinite integral. */
    @Test
    void validate_indefiniteIntegrals_areProvedAndWrongOnesRefuted() {
        long seed = 5;
        System.out.println("indefinite integrals, seed " + seed);
        Random random = new Random(seed);
        for (int trial = 0; trial < 40; trial++) {
            int p = 2 + random.nextInt(5);
            int a = 2 + random.nextInt(5);
            String integrand = "(" + p + " x^{" + (p - 1) + "} + " + a + " \\cos(" + a + " x))";
            String right = "x^" + p + " + \\sin(" + a + " x) + C";
            assertThat(judged("\\int " + integrand + " dx = " + right).verdict())
                    .isEqualTo(Verdict.IDENTITY_PROVED);
            assertThat(judged("\\int " + integrand + " dx = " + right + " + x").verdict())
                    .isEqualTo(Verdict.NOT_IDENTITY);
        }
    }

    @ParameterizedTest
    @CsvSource({"E = h λ", "E = q/(4πε_0 r)", "a = v t", "F = M A", "F = W t", "F = M a / 2"})
    void validate_lawUnderLettersThatMeanSomethingElse_isNoLaw(String equation) {
        assertThat(judged(equation).verdict()).as(equation).isNotEqualTo(Verdict.KNOWN_LAW);
    }

    @Test
    void validate_lawUnderLettersOfTheSameMeaning_listsThem() {
        ValidationReport report = judged("x = v t");
        assertThat(report.verdict()).isEqualTo(Verdict.KNOWN_LAW);
        assertThat(Objects.requireNonNull(report.matchedLaw()).symbols()).containsEntry("x", "s");
    }
}
