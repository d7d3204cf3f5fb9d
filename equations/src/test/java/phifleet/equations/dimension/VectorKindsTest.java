package phifleet.equations.dimension;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.equations.ast.Statement;
import phifleet.equations.budget.Budget;
import phifleet.equations.grammar.EquationParser;
import phifleet.equations.grammar.ParseOptions;
import phifleet.equations.grammar.ParseResult;

class VectorKindsTest {
    private static Statement parse(String equation) {
        return switch (EquationParser.parse(equation, ParseOptions.of(text -> false))) {
            case ParseResult.Parsed parsed -> parsed.statement();
            case ParseResult.Rejected rejected -> throw new AssertionError(equation + ": " + rejected.problem());
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "∇·E = ρ/ε₀",
                "∇×E = -∂B/∂t",
                "∇·B = 0",
                "\\vec F = m \\vec a",
                "\\nabla \\times \\vec E = -\\frac{\\partial \\vec B}{\\partial t}",
                "\\vec L = \\vec r \\times \\vec p",
                "W = \\vec F \\cdot \\vec s",
                "\\vec F = 0",
                "E = m c^2",
                "F = m a"
            })
    void conflict_rightKinds_isNone(String equation) {
        assertThat(VectorKinds.conflict(parse(equation))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "∇·E = ∇×B",
                "\\vec F = m a",
                "\\vec F = 5",
                "\\vec F = \\vec a \\cdot \\vec b",
                "W = \\vec F \\times \\vec s",
                "a + \\vec b = c",
                "x = \\sin(\\vec a)"
            })
    void conflict_wrongKinds_isFound(String equation) {
        assertThat(VectorKinds.conflict(parse(equation)))
                .hasValueSatisfying(conflict -> assertThat(conflict.rule()).isEqualTo(Rule.VECTOR));
        assertThat(new DimensionChecker().check(parse(equation), Declarations.NONE, Budget.ofSteps(100_000)))
                .isInstanceOf(DimensionOutcome.Mismatch.class);
    }
}
