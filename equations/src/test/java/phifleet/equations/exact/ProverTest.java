package phifleet.equations.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.equations.ast.Expr;
import phifleet.equations.budget.Budget;
import phifleet.equations.sympy.SympyReader;

class ProverTest {
    private static Proof prove(String equation, Domain domain) {
        List<Expr> sides = SympyReader.sides(equation);
        return Prover.prove(sides.get(0), sides.get(1), domain, Budget.ofSteps(1_000_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sin(x)**2 + cos(x)**2 = 1",
                "tan(x + y) = (tan(x) + tan(y))/(1 - tan(x)*tan(y))",
                "sin(3*x) = 3*sin(x) - 4*sin(x)**3",
                "cosh(x)**2 - sinh(x)**2 = 1",
                "exp(I*pi) + 1 = 0",
                "cos(x) + I*sin(x) = exp(I*x)",
                "cos(pi/5) = GoldenRatio/2",
                "cos(pi/5) = 1/4 + sqrt(5)/4",
                "GoldenRatio**2 = GoldenRatio + 1",
                "sin(3*pi/7) = cos(pi/14)",
                "sin(pi/3) = sqrt(3)/2",
                "tan(pi/8) = sqrt(2) - 1",
                "cos(pi/7)*cos(2*pi/7)*cos(3*pi/7) = 1/8",
                "16*cos(2*pi/17)*cos(4*pi/17)*cos(8*pi/17)*cos(16*pi/17) = -1",
                "1/(sqrt(2) + sqrt(3)) = sqrt(3) - sqrt(2)",
                "(2*sqrt(6) + 5)**(-3/2) = (2*sqrt(6) + 5)**(1/2)/(2*sqrt(6) + 5)**2",
                "sqrt(2*sqrt(6) + 5) = sqrt(2) + sqrt(3)",
                "sqrt(11 - 6*sqrt(2)) = 3 - sqrt(2)",
                "sqrt((3 + sqrt(5))/2) = GoldenRatio",
                "sqrt(12*x) = 2*sqrt(3)*sqrt(x)",
                "4**x*y = 2**(2*x)*y",
                "log(8*x) = 3*log(2) + log(x)",
                "exp(2*log(x)) = x**2",
                "x**y*x**z = x**(y + z)",
                "gamma(x + 3) = x*(x + 1)*(x + 2)*gamma(x)",
                "binomial(n + 1, k + 1)/binomial(n, k) = (n + 1)/(k + 1)",
                "factorial(n + 1)/factorial(n) = n + 1",
                "(x**3 - y**3)/(x - y) = x**2 + x*y + y**2",
                "f(x + y) - f(y + x) = 0",
                "atan(1) = pi/4",
                "asin(x) + acos(x) = pi/2",
                "(1 + sqrt(x))**2 = 1 + 2*sqrt(x) + x",
                "sqrt(x + y)**2 = x + y",
            })
    void prove_trueIdentity_isProved(String equation) {
        assertThat(prove(equation, Domain.complex())).isEqualTo(new Proof.Proved());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sqrt(x**2) = x",
                "log(x*y) = log(x) + log(y)",
                "sqrt(x*y) = sqrt(x)*sqrt(y)",
                "log(exp(x)) = x",
                "(x**y)**z = x**(y*z)",
                "acos(cos(x)) = x",
                "exp(x)**y = exp(x*y)",
                "sqrt(1/x) = 1/sqrt(x)",
                "abs(x)**2 = x**2",
                "sin(x) = cos(x)",
                "1/(sin(x)**2 + cos(x)**2 - 1) = 1/(sin(x)**2 + cos(x)**2 - 1)",
                "1/(1 + (-1)**(2/3) - (-1)**(1/3)) = 1/(1 + (-1)**(2/3) - (-1)**(1/3))",
                "O(x) = O(x) + O(x)",
                "cos(pi/7) = cos(pi/9)",
            })
    void prove_whatIsNoIdentityEverywhere_staysOpen(String equation) {
        assertThat(prove(equation, Domain.complex())).isInstanceOf(Proof.Open.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sqrt(x**2) = x",
                "log(x*y) = log(x) + log(y)",
                "(x*y)**z = x**z*y**z",
                "sqrt(x/y) = sqrt(x)/sqrt(y)",
                "abs(x) = x",
                "log(exp(x)) = x",
            })
    void prove_positiveSymbols_allowsMore(String equation) {
        assertThat(prove(equation, Domain.of(Set.of("x", "y"), Set.of()))).isEqualTo(new Proof.Proved());
    }

    @Test
    void prove_realSymbol_takesTheRootOfItsSquareAsAbsoluteValue() {
        assertThat(prove("sqrt(x**2) = abs(x)", Domain.of(Set.of(), Set.of("x"))))
                .isEqualTo(new Proof.Proved());
        assertThat(prove("sqrt(x**2) = x", Domain.of(Set.of(), Set.of("x")))).isInstanceOf(Proof.Open.class);
    }

    @Test
    void prove_differentNumbers_isRefuted() {
        assertThat(prove("2 + 2 = 5", Domain.complex())).isEqualTo(new Proof.Refuted(Rational.MINUS_ONE));
        assertThat(prove("x + 1 = x", Domain.complex())).isEqualTo(new Proof.Refuted(Rational.ONE));
        assertThat(prove("0.1 + 0.2 = 0.3", Domain.complex())).isEqualTo(new Proof.Proved());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a+b+c+d+f)**30 = (f+d+c+b+a)**30",
                "9**(9**(9**9)) = 1",
                "((((x+1)**40+1)**40+1)**40+1)**40 = 0",
                "cos(1)*cos(2)*cos(3)*cos(4)*cos(5)*cos(6)*cos(7)*cos(8)*cos(9)*cos(10)*cos(11)*cos(12)*cos(13) = 1",
                "factorial(factorial(factorial(9))) = 1",
                "cos(pi/99991) = cos(pi/99989)",
            })
    void prove_whatWouldGrowWithoutBound_staysOpen(String equation) {
        assertThat(prove(equation, Domain.complex())).isInstanceOf(Proof.Open.class);
    }
}
