package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;
import static phifleet.equations.JudgedEquation.report;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How far a sign reaches, and what stands for what, in texts of papers and textbooks. */
class WrittenTermsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\\frac{d}{dx} x\\ln x = \\ln x + 1; Derivative(x*log(x), x) = log(x) + 1",
                "\\frac{d}{dt}(m v) u = F; Derivative(m*v, t)*u = F",
                "5! 2! = 240; factorial(5)*factorial(2) = 240",
                "R_\\odot = 6.96e8 m; R_odot = 696000000 m",
                "K_{\\max} = h f; K_max = h*f",
                "PV = \\text{const.}; P*V = const",
                "\\hat H|l,m\\rangle = E|l,m\\rangle; H_hat*ket(l, m) = E*ket(l, m)",
                "\\left. x^2 \\right|_{x=3} = 9; 3^2 = 9",
                "\\left. \\frac{x^3}{3} \\right|_0^1 = \\frac13; 1^3/3 - 0^3/3 = 1/3",
                "\\left. \\frac{dx}{dt} \\right|_{x=3} = 5; Derivative(x, t) = 5",
                "\\left. \\int_0^1 x dx \\right|_{x=2} = \\frac12; Integral(x, (x, 0, 1)) = 1/2",
                "\\left. \\sum_{k=1}^3 k \\right|_{k=2} = 6; Sum(k, (k, 1, 3)) = 6",
                "\\left. \\frac{d(xy)}{dx} \\right|_{y=2} = 2; Derivative(x*2, x) = 2",
                "f' = f\\left(\\frac{v + u}{v - u}\\right); f' = f*(v + u)/(v - u)"
            })
    void normalized_writtenTerm_isWhole(String equation, String normalized) {
        assertThat(report(equation).normalized()).isEqualTo(normalized);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\\left.\\frac{d}{dx} x^2\\right|_{x=3} = 6; true",
                "\\left.\\frac{d}{dx} x^2\\right|_{x=3} = 9; false",
                "\\frac{\\partial}{\\partial x}(x^2 y) = 2xy; true",
                "\\frac{\\partial}{\\partial x}(x^2 y) = x^2; false",
                "\\int_0^1 x e^x dx = 1; true",
                "\\int_0^1 x e^x dx = e; false",
                "x^{1/ln x} = e; true",
                "\\sum_{n=1}^\\infty \\frac{1}{n!} = e; false",
                "log(10x) = log 10 + log x; true",
                "log(10x) = 1 + log x; true",
                "log(2x) - log 2 = 2 log x; false",
                "log(100/x) = 2 - log x; true",
                "log(100/x) = 2 + log x; false",
                "\\Re(z) = (z + \\bar z)/2; true",
                "\\Im(z) = (z + \\bar z)/2; false",
                "|z|^2 = z^2; false",
                "|x|^2 = x^2; true",
                "\\overline{z^2} = z^2; false",
                "\\boldsymbol{L} = \\boldsymbol{r} \\times \\boldsymbol{p}; true",
                "\\boldsymbol{L} = \\boldsymbol{r} \\times \\boldsymbol{F}; false",
                "F = \\frac{dp}{dt}; true",
                "F = \\frac{dU}{dt}; false",
                "\\ln p = -\\frac{L}{R T} + C; true"
            })
    void valid_writtenTerm_isJudgedByWhatItMeans(String equation, boolean valid) {
        assertThat(report(equation).valid()).as(equation).isEqualTo(valid);
    }

    /** Claims with numbers exchanged, functions exchanged, and what beginners draw out of functions. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cos 3x = 3cos^3 x - 4cos x",
                "sin 3x = 4 sin x - 3 sin^3 x",
                "cos^3 x = (3 cos 3x + cos x)/4",
                "sec x = 1/sin x",
                "ln(e^3 x) = 3 ln x",
                "e^{2 ln x} = 2x",
                "\\ln\\frac{x}{3} = \\frac{\\ln x}{\\ln 3}",
                "log(√x) = √(log x)",
                "arctanh x = ln((1+x)/(1-x))",
                "sin(i x) = -i sinh x",
                "x^{-3} = -x^3",
                "1/(1+1/x) = 1 + x"
            })
    void verdict_identityWithASlip_isRefuted(String equation) {
        assertThat(report(equation).verdict()).isEqualTo(Verdict.NOT_IDENTITY);
    }

    /** What looks like those and is there to be solved. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "cos 2x = 1 - 2 sin x",
                "sin x = cos x",
                "cos 2x = sin^2 x",
                "9^x = 3^{x+2}",
                "log(x^2) - log x = 2",
                "tan x = cot x"
            })
    void verdict_equationToBeSolved_isConditional(String equation) {
        assertThat(report(equation).verdict()).isEqualTo(Verdict.CONDITIONAL);
    }

    @ParameterizedTest
    @CsvSource({
        "1 yr = 3.15e7 s, true",
        "1 yr = 3.16e7 s, true",
        "1 yr = 3.25e7 s, false",
        "1 hp = 735.5 W, true",
        "1 hp = 755.5 W, false",
        "1 cal = 4.1868 J, true",
        "1 gal = 4.546 L, true",
        "1 calorie = 4.1868 J, true",
        "2 kcal + 500 cal = 10467 J, true",
        "2 kcal + 500 cal = 10460 J, true",
        "2 kcal + 500 cal = 10563 J, false",
        "2 gallons = 9.092 L, true"
    })
    void valid_unitOfSeveralKinds_holdsForOne(String equation, boolean valid) {
        assertThat(report(equation).valid()).as(equation).isEqualTo(valid);
    }

    @Test
    void verdict_negativeRootOfOddOrder_isThatOfANegativeNumber() {
        ValidationReport report = report("x^{1/3} = -2");
        assertThat(report.verdict()).isEqualTo(Verdict.CONDITIONAL);
        assertThat(report.solutions())
                .extracting(ValidationReport.Solution::value)
                .containsExactly("-8");
        assertThat(report("x^{1/2} = -2").verdict()).isEqualTo(Verdict.NOT_IDENTITY);
    }
}
