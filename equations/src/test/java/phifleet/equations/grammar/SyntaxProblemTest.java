package phifleet.equations.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import phifleet.equations.grammar.token.SyntaxProblem;
import phifleet.equations.grammar.token.SyntaxProblem.Code;

class SyntaxProblemTest {
    static Stream<Arguments> problems() {
        return Stream.of(
                Arguments.of("   ", Code.EMPTY, 0, 0),
                Arguments.of("x".repeat(4001), Code.TOO_LONG, 4000, 1),
                Arguments.of("(".repeat(500) + "x", Code.TOO_DEEP, 80, 1),
                Arguments.of("x = 1" + "/x".repeat(300), Code.TOO_DEEP, 404, 1),
                Arguments.of(evaluated("x x", "x x", 25), Code.TOO_MANY_NODES, 302, 1),
                Arguments.of(evaluated("x", "\\sqrt{".repeat(10) + "x" + "}".repeat(10), 25), Code.TOO_DEEP, 1810, 1),
                Arguments.of("a # b", Code.UNEXPECTED_CHARACTER, 2, 1),
                Arguments.of("a 😀 b", Code.UNEXPECTED_CHARACTER, 2, 2),
                Arguments.of("a + * b", Code.UNEXPECTED_TOKEN, 4, 1),
                Arguments.of("sin = 2", Code.UNEXPECTED_TOKEN, 4, 1),
                Arguments.of("E = m c^", Code.UNEXPECTED_END, 8, 0),
                Arguments.of("E =", Code.UNEXPECTED_END, 3, 0),
                Arguments.of("(a+b", Code.UNBALANCED_BRACKET, 0, 1),
                Arguments.of("a+b)", Code.UNBALANCED_BRACKET, 3, 1),
                Arguments.of("(a+b]", Code.UNBALANCED_BRACKET, 4, 1),
                Arguments.of("|a+b", Code.UNBALANCED_BRACKET, 0, 1),
                Arguments.of("\\frac{a}{b", Code.UNBALANCED_BRACKET, 8, 1),
                Arguments.of("\\begin{pmatrix} a", Code.UNBALANCED_BRACKET, 0, 15),
                Arguments.of("x = \\foo y", Code.UNKNOWN_COMMAND, 4, 4),
                Arguments.of("x = 1.2.3", Code.INVALID_NUMBER, 4, 5),
                Arguments.of("x = 1e999", Code.INVALID_NUMBER, 4, 5),
                Arguments.of("x = d^2y/dt^3", Code.INVALID_NUMBER, 12, 1),
                Arguments.of("x_ = 3", Code.INVALID_SUBSCRIPT, 1, 1),
                Arguments.of("[[a, b], [c]] = 1", Code.INVALID_MATRIX, 0, 1),
                Arguments.of("sin(a, b) = 1", Code.WRONG_ARGUMENT_COUNT, 8, 1),
                Arguments.of("E = mc2", Code.AMBIGUOUS_DIGITS, 6, 1));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void parse_brokenText_namesKindAndPlace(String source, Code code, int position, int length) {
        SyntaxProblem problem = problem(source);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.position()).isEqualTo(position);
        assertThat(problem.length()).isEqualTo(length);
        assertThat(problem.message()).endsWith(".");
    }

    /** A value in a value: each is written once, and stands in the tree for each x of the one within. */
    private static String evaluated(String inside, String value, int times) {
        return "\\left.".repeat(times) + inside + ("\\right|_{x=" + value + "}").repeat(times) + " = 1";
    }

    @Test
    void parse_everyKindOfProblem_isTested() {
        Set<Code> tested = EnumSet.noneOf(Code.class);
        problems().forEach(arguments -> tested.add((Code) arguments.get()[1]));
        assertThat(EnumSet.complementOf(EnumSet.copyOf(tested))).isEmpty();
    }

    @Test
    void parse_problemOnLaterLine_countsLines() {
        SyntaxProblem problem = problem("a = b,\nc = # d");
        assertThat(problem.line()).isEqualTo(2);
        assertThat(problem.position()).isEqualTo(11);
    }

    @Test
    void parse_brokenText_tellsWhatWasExpected() {
        assertThat(problem("(a+b").expected()).containsExactly(")");
        assertThat(problem("E = mc2").expected()).contains("^2", "_2");
    }

    private static SyntaxProblem problem(String source) {
        return switch (Readings.read(source)) {
            case ParseResult.Rejected(SyntaxProblem problem) -> problem;
            case ParseResult.Parsed parsed -> throw new AssertionError(parsed.statement());
        };
    }
}
