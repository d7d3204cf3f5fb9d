package phifleet.equations.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Statement;
import phifleet.equations.budget.Budget;
import phifleet.equations.sympy.SympyReader;

class GoldenRatioTest {
    private static double coherence(String equation, boolean golden) {
        List<Expr> sides = SympyReader.sides(equation);
        return GoldenRatio.of(Statement.Relation.equal(sides.get(0), sides.get(1)), golden, Budget.ofSteps(1_000_000))
                .value();
    }

    @ParameterizedTest
    @CsvSource({
        "phi**2 = phi + 1, 1",
        "x**2 = x + 1, 1",
        "cos(pi/5) = phi/2, 1",
        "cos(pi/5) = GoldenRatio/2, 1",
        "W = m*c**2, 0",
        "x**2 = 2, 0",
        "x**2 = 4, 0",
        "x**3 = 2*x + 1, 0.6666666667",
        "A = pi*r**2, 0",
        "x = sqrt(5) + sqrt(2)*0, 1",
        "x = 1.618, 1",
        "x = 1.6180339887, 1",
        "x = 1.6190, 0",
        "x = 1.62, 0",
        "x = sqrt((3 + sqrt(5))/2) + y, 1",
        "x = 1/(2*cos(2*pi/5)), 1",
        "2 + 2 = 4, 0",
        "L = phi*W + x, 0",
    })
    void of_equation_scoresItsWitnesses(String equation, double expected) {
        assertThat(coherence(equation, false)).isCloseTo(expected, within(1e-9));
    }

    @Test
    void of_modeGolden_readsPhiAsTheGoldenRatio() {
        assertThat(coherence("L = phi*W + x", true)).isEqualTo(1);
    }

    @Test
    void score_randomDecimals_hitByChanceInLessThanOnePercent() {
        Random random = new Random(4);
        int hits = 0;
        int rounds = 20_000;
        for (int i = 0; i < rounds; i++) {
            BigDecimal number =
                    BigDecimal.valueOf(1_000 + random.nextInt(9_000)).movePointLeft(1 + random.nextInt(4));
            hits += DecimalWitness.score(number).orElse(0) > 0 ? 1 : 0;
        }
        assertThat(hits).isLessThan(rounds / 100);
    }
}
