package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.equations.JudgedEquation.report;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Derivatives and ∇ that stand without what they act on, and derivatives by an index. */
class OperatorEquationsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "(\\partial_t + u\\partial_x)\\rho = 0; Derivative(rho, t) + u*Derivative(rho, x) = 0",
                "\\left(\\frac{\\partial}{\\partial t} + \\vec u\\cdot\\nabla\\right)\\rho = 0; Derivative(rho, t) + dot(u, grad(rho)) = 0",
                "[-\\frac{\\hbar^2}{2m}\\nabla^2 + V]\\psi = E\\psi; -hbar^2*laplacian(psi)/(2*m) + V*psi = E*psi",
                "(i\\gamma^\\mu\\partial_\\mu - m)\\psi = 0; i*gamma_upmu*Derivative(psi, x_mu) - m*psi = 0",
                "(\\partial_\\mu\\partial^\\mu + m^2)\\phi = 0; Derivative(Derivative(phi, x_mu), x_mu) + m^2*phi = 0",
                "(d/dx + 1)(d/dx - 1) y = 0; Derivative(Derivative(y, x) - y, x) + Derivative(y, x) - y = 0",
                "\\hat p = -i\\hbar\\frac{d}{dx}; p_hat*psi = -i*hbar*Derivative(psi, x)",
                "\\partial_t^2 u = c^2\\partial_{xx} u; Derivative(u, (t, 2)) = c^2*Derivative(u, (x, 2))",
                "\\hat H = -\\frac{\\hbar^2}{2m}\\nabla^2 + V(\\vec{r}); H_hat*psi = -hbar^2*laplacian(psi)/(2*m) + V(r)*psi",
                "\\partial_i u_i = 0; Derivative(u_i, x_i) = 0"
            })
    void normalized_operator_actsOnWhatStandsBehindIt(String equation, String normalized) {
        assertThat(report(equation).normalized()).isEqualTo(normalized);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\\left(\\frac{\\partial}{\\partial t} + \\vec u\\cdot\\nabla\\right)\\rho = 0; true",
                "\\left(\\frac{\\partial}{\\partial t} + \\nabla\\right)\\rho = 0; false",
                "\\left[-\\frac{\\hbar^2}{2m}\\nabla^2 + V\\right]\\Psi = E\\Psi; true",
                "\\left[-\\frac{\\hbar}{2m}\\nabla^2 + V\\right]\\Psi = E\\Psi; false",
                "(i\\hbar\\gamma^\\mu\\partial_\\mu - mc)\\psi = 0; true",
                "(i\\hbar\\gamma^\\mu\\partial_\\mu - mc^2)\\psi = 0; false",
                "(i\\gamma^\\mu\\partial_\\mu - m)\\psi = 0; true",
                "\\partial_t T = \\alpha\\partial_x^2 T; true",
                "\\partial_t T = \\alpha\\partial_x T; false",
                "\\left(\\frac{d}{dx} - 2\\right)e^{2x} = 0; true",
                "\\left(\\frac{d}{dx} + 2\\right)e^{2x} = 0; false",
                "[\\hat x, \\hat p] = i\\hbar; true",
                "[\\hat x, \\hat p] = i/\\hbar; false"
            })
    void valid_operatorEquation_isJudgedByWhatItSays(String equation, boolean valid) {
        assertThat(report(equation).valid()).as(equation).isEqualTo(valid);
    }

    /** A distance that is divided may be meant, and nothing says what is differentiated. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "v = d/dt",
                "\\frac{d}{dx} - \\cos x = \\sin x",
                "x = (\\frac{d}{dx})",
                "\\sin(\\frac{d}{dx}) x = 1"
            })
    void validate_operatorWithoutOperand_isRefused(String equation) {
        assertThat(Validator.standard().validate(ValidationRequest.of(equation)))
                .isInstanceOf(ValidationOutcome.Malformed.class);
    }

    /** An operator is carried out once for each term that it stands in, so copies are counted. */
    @Test
    void validate_manyOperatorsInARow_endsAtTheLimitOfNodes() {
        String equation = "(d/dx + 1)".repeat(300) + " y = 0";

        assertThat(Validator.standard().validate(ValidationRequest.of(equation)))
                .isInstanceOf(ValidationOutcome.Malformed.class);
    }
}
