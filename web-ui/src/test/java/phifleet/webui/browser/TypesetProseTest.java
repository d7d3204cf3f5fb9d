package phifleet.webui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** Formulas, symbols and units in what the validator says. */
class TypesetProseTest extends EquationsTest {
    /** Of each turn that the validator's sentences have of formulas, symbols and units. */
    private static final List<String> TOLD = List.of(
            "K = m v^2",
            "E = m c",
            "p = m c",
            "E = m c; K = m v^2",
            "epsilon = T S",
            "T_1 = 2 T_2",
            "sqrt(x^2) = x",
            "sqrt(theta^2) = theta",
            "(alpha + beta)^2 = alpha^2 + 2 alpha beta + beta^2",
            "(a + b)^2 = a^2 + b^2",
            "x^2 - x - 1 = 0",
            "sin(x) = 1/2",
            "x + y = 3; x - y = 1",
            "k = A e^{-E_a/T}",
            "W = q U_0",
            "F = m a^2; a = a",
            "K = p^2/(2 m)",
            "1 yr = 365 d",
            "(6.63e-34 J s)(5e14 Hz) = 3.3e-19 J",
            "e^(i pi) + 1 = 0",
            "φ^2 = φ + 1",
            "x^2 + 1 > 0",
            "R = 8.314 J/mol/K");

    /** What is left of prose without what is typeset or shown as it was typed. */
    private static String prose(String css) {
        return String.valueOf(browser.script("""
                const prose = [...document.querySelectorAll(arguments[0])].map((one) => one.cloneNode(true));
                prose.forEach((one) => one.querySelectorAll(".katex, code").forEach((maths) => maths.remove()));
                return prose.map((one) => one.textContent).join(" ");
                """, css));
    }

    private static void assertNoFormula(String equation, String prose) {
        assertThat(prose)
                .as(equation)
                .doesNotContain("*", "^")
                .doesNotContainPattern("\\b(alpha|beta|theta|epsilon|phi|pi)\\b|\\p{L}_\\p{L}|\\w/\\w");
    }

    @Test
    void prose_hasItsFormulasTypeset_andNoWordsOfTheApi() {
        browser.awaitText(".lead", "This is a known law");
        browser.find(".verdict-text .katex-html");
        assertThat(browser.find(".evidence").getText())
                .doesNotContain("known_law")
                .contains("a known law, ");
        for (String equation : TOLD) {
            browser.type("#equation", equation + Keys.ENTER);
            browser.awaitText(".past", equation);
            assertNoFormula(equation, prose(".verdict-text, .system, .report-columns .stack:first-child, .evidence"));
        }
        browser.assertQuiet();
    }

    @Test
    void manyLines_haveTheirSentencesTypesetToo() {
        browser.open(gateway().url() + "#equations/many");
        browser.find("#lines");
        browser.script("document.getElementById('lines').value = arguments[0]", String.join("\n", TOLD));
        browser.button("Judge all").click();
        browser.awaitText("[role=status]", TOLD.size() + " judged");
        assertThat(browser.all(".verdicts tbody tr")).hasSize(TOLD.size());
        assertNoFormula("all", prose(".verdicts .why"));
        browser.assertQuiet();
    }

    /** What was typed is no formula as it was understood. */
    @Test
    void warnings_showWhatWasTyped_asItWasTyped() {
        browser.type("#equation", "y = sin x/2" + Keys.ENTER);
        browser.awaitText(".past", "y = sin x/2");
        browser.awaitText(".report", "Read by convention");
        assertThat(browser.all(".report .plain li code")).isNotEmpty();
    }

    @Test
    void units_areTypesetInSentences_andReadableWhereOneMayBeGiven() {
        browser.type("#equation", "p = m c" + Keys.ENTER);
        browser.awaitText(".past", "p = m c");
        assertThat(browser.find("input[data-symbol=p]").getDomAttribute("placeholder"))
                .isEqualTo("kg·m/s");
        assertThat(browser.all(".verdict-text annotation"))
                .extracting(annotation -> annotation.getDomProperty("textContent"))
                .contains("\\mathrm{kg\\,m/s}", "\\mathrm{m/s}", "p");
        browser.type("input[data-symbol=p]", "kg·m/s" + Keys.TAB);
        browser.awaitText("#verdict", "Dimensions agree");
    }
}
