package phifleet.webui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

class EquationsPageTest extends EquationsTest {
    @Test
    void typing_isJudgedAndDrawnAsItWasUnderstood() {
        browser.type("#equation", "K = m v^2");
        browser.awaitText("#verdict", "Close to a law, but not it");
        browser.awaitText(".report", "expected");
        browser.find(".preview .katex-html");
        assertThat(browser.all(".preview annotation").getFirst().getDomProperty("textContent"))
                .isEqualTo("K = m v^{2}");
        assertThat(browser.all(".law-formula .katex-html")).isNotEmpty();

        browser.type("#equation", "(a + b)^2 = a^2 + b^2");
        browser.awaitText("#verdict", "Not an identity");
        browser.awaitText(".report", "Counter-example");

        browser.type("#equation", "x^2 - 5x + 6 = 0");
        browser.awaitText(".solutions", "2");
        browser.awaitText(".solutions", "3");
        browser.assertQuiet();
    }

    @Test
    void manyLines_onlyTheWrongOnes_leavesWhatDoesNotHoldOrCannotBeRead() {
        browser.open(gateway().url() + "#equations/many");
        browser.button("Judge all").click();
        browser.awaitText("[role=status]", "7 judged");
        assertThat(browser.all(".verdicts tbody tr")).hasSize(7);

        browser.click("#only-wrong");
        browser.awaitText("[role=status]", "3 shown; the files have all.");
        assertThat(browser.all(".verdicts tbody tr"))
                .hasSize(3)
                .allSatisfy(row -> assertThat(row.getText())
                        .containsAnyOf("Close to a law, but not it", "Not an identity", "Cannot be read"));
        browser.click("#only-wrong");
        assertThat(browser.all(".verdicts tbody tr")).hasSize(7);
    }

    @Test
    void linkAndCopy_standBesideTheVerdict_onASmallScreen() {
        browser.size(390, 844);
        assertThat(browser.number("""
                        const below = (css) => document.querySelector(css).getBoundingClientRect().top;
                        return below(".actions") - document.querySelector(".report .verdict").getBoundingClientRect().bottom
                        """)).isBetween(0.0, 40.0);
        browser.size(1280, 900);
    }

    @Test
    void plot_showsBothSides_whereOneSymbolIsFree() throws IOException {
        browser.type("#equation", "x^2 - 5x + 6 = 0");
        browser.awaitText(".plot-caption", "They meet near 2, 3.");
        browser.find(".plot-frame canvas");
        assertThat(browser.find(".plot-frame").getDomAttribute("aria-label"))
                .startsWith("Left and right side drawn over x from −10 to 10.");
        // Both colours are on the canvas, the first below the second somewhere and above it elsewhere.
        assertThat(drawn("gold")).isGreaterThan(100);
        assertThat(drawn("blue")).isGreaterThan(100);
        browser.assertQuiet();

        browser.type("#plot-from", "0");
        browser.type("#plot-to", "2.5" + Keys.ENTER);
        browser.awaitText(".plot-caption", "They meet near 2.");
        browser.type("#plot-to", "-1" + Keys.ENTER);
        browser.awaitText(".plot [role=alert]", "`to` is -1");
        browser.type("#plot-to", "4" + Keys.ENTER);
        browser.awaitText(".plot-caption", "They meet near 2, 3.");

        // What was typed into last may have been scrolled to below the head of the page.
        browser.script("window.scrollTo(0, 0)");
        browser.type("#equation", "E = mc²");
        browser.awaitText("#verdict", "A known law");
        browser.awaitGone(".plot");
    }

    /** Points of the plot in a colour. */
    private static double drawn(String colour) {
        browser.find(".plot-frame canvas");
        return new Canvas(browser, ".plot-frame canvas").points(colour, 30, 200);
    }

    @Test
    void plot_isReadByTheKeyboard_andAsATable() {
        browser.type("#equation", "sqrt(x) = 2");
        browser.awaitText(".plot-caption", "The left side has places without a real value, or jumps.");
        browser.awaitText(".plot-caption", "They meet near 4.");
        browser.script("document.getElementById('plot-at').focus()");
        browser.press(Keys.HOME);
        browser.awaitText(".plot-said", "x = −10: left no value, right 2");
        browser.press(Keys.END);
        browser.awaitText(".plot-said", "x = 10: left 3.162, right 2");
        assertThat(browser.find("#plot-at").getDomAttribute("aria-valuetext")).isEqualTo("x = 10: left 3.162, right 2");
        browser.click(".plot-table summary");
        browser.awaitText(".plot-table tbody", "no value");
        assertThat(browser.all(".plot-table tbody tr")).hasSize(21);
    }

    @Test
    void plot_polesAndHugeValues_doNotFlattenTheRest() {
        browser.type("#equation", "1/x = x");
        browser.awaitText(".plot-caption", "Values far beyond the others are cut off.");
        browser.awaitText(".plot-caption", "They meet near −1, 1.");
        browser.type("#equation", "3x = 6");
        browser.awaitText(".plot-caption", "They meet near 2.");
        browser.type("#plot-from", "-1e100");
        browser.type("#plot-to", "1e100" + Keys.ENTER);
        browser.awaitText(".plot-said", "e97, right 6");
        browser.find(".plot-frame canvas");
        browser.script("window.scrollTo(0, 0)");
        browser.type("#equation", "sin²x + cos²x = 1");
        browser.awaitText(".plot-caption", "The sides lie on each other.");
        browser.type("#equation", "\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}");
        browser.awaitText(".plot-caption", "n is a whole number.");
        browser.assertQuiet();
    }

    @Test
    void signs_areInsertedAtTheCaret_byTheKeyboardAlone() {
        browser.type("#equation", "a = b");
        browser.script("document.querySelector('.palette summary').focus()");
        browser.press(Keys.ENTER);
        browser.find(".palette[open] .sign");
        browser.script("document.getElementById('equation').setSelectionRange(4, 5)");
        browser.press(Keys.TAB, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_RIGHT);
        assertThat(String.valueOf(browser.script("return document.activeElement.getAttribute('aria-label')")))
                .isEqualTo("square root");
        browser.press(Keys.ENTER);
        assertThat(browser.focused()).isEqualTo("equation");
        browser.press("c");
        assertThat(browser.find("#equation").getDomProperty("value")).isEqualTo("a = √(bc)");
        browser.awaitText(".preview", "a");
        browser.find("#equation").sendKeys(Keys.chord(Keys.CONTROL, "z"), Keys.chord(Keys.CONTROL, "z"));
        assertThat(browser.find("#equation").getDomProperty("value")).isEqualTo("a = b");
        // One stop of the tab key, whatever is in it.
        assertThat(browser.all(".sign[tabindex='0']")).hasSize(1);
    }

    @Test
    void everySign_makesWhatCanBeReadOrFilledIn() {
        browser.click(".palette summary");
        browser.scriptThatEnds("""
                const done = arguments[arguments.length - 1];
                const field = document.getElementById("equation");
                const read = async (equation) => (await (await fetch("validate/batch", {
                  method: "POST",
                  headers: { "Content-Type": "application/json" },
                  body: JSON.stringify({ equations: [equation], mode: "syntax" }),
                })).json())[0];
                (async () => {
                  const alone = /^[·×±≤≥≠≈∝→∂∇]$/;
                  for (const button of document.querySelectorAll(".sign")) {
                    field.value = "";
                    button.click();
                    const made = field.value;
                    if (alone.test(made)) {
                      continue;
                    }
                    const filled = made.replace("()", "(n)").replace(/\\(\\)/g, "(y)").replace(/\\|\\|/, "|y|")
                      .replace(/∫\\s+dx/, "∫ y dx").replace(/\\} $/, "} i").replace(/^([²³^_])/, "y$1");
                    const answer = await read(`${filled} = 2`);
                    if (answer.error) {
                      throw new Error(`${made}, filled as ${filled}: ${answer.error.message}`);
                    }
                  }
                })().then(() => done(null), (failure) => done(String(failure)));
                """);
    }

    @Test
    void system_hasEachLinesVerdictBesideIt() {
        browser.type("#equation", "E = m c^2; F = m a^2; a = a");
        browser.awaitText(".system", "A known law");
        assertThat(browser.all(".system li")).hasSize(3);
        assertThat(browser.all(".system-line .katex-html")).hasSize(3);
        // Where an explanation names its law.
        assertThat(browser.all(".system li:first-child .small .katex-html")).hasSize(1);
        browser.awaitText(".verdict .lead", "Line 2 of 3: ");
        assertThat(browser.all(".system li").get(0).getText()).contains("A known law");
        assertThat(browser.all(".system li").get(1).getText())
                .doesNotContain("A known law")
                .contains("sure");
        assertThat(browser.all(".system li").get(2).getText()).contains("Proved");
        browser.assertQuiet();
        browser.size(360, 740);
        browser.assertNoOverflow();
        browser.size(1280, 900);
    }

    /** Of two laws neither is that of the whole. */
    @Test
    void systemOfLaws_namesEachAtItsLine_andNoneAsItsOwn() {
        browser.type("#equation", "\\begin{aligned} E &= m c^2 \\\\ F &= m a \\end{aligned}" + Keys.ENTER);
        browser.awaitText(".system", "mass-energy equivalence");
        browser.awaitText(".system", "Newton's second law");
        assertThat(browser.find(".verdict .lead").getText()).isEqualTo("Each of the 2 lines is judged so by itself.");
        assertThat(browser.all(".law-formula")).isEmpty();
    }

    @Test
    void shape_isDrawnFromItsTerms() {
        browser.type("#equation", "uv = fv + fu");
        browser.awaitText(".report", "Shape");
        browser.awaitText("dl.figures", "1 cycles");
        assertThat(browser.all("path.topology-term")).hasSize(3);
        assertThat(browser.all(".topology-point")).hasSize(3);
        assertThat(browser.find("svg.topology").getDomAttribute("aria-label")).contains("{u, v}");
    }

    @Test
    void mistake_isMarkedAtItsPlace_andTheLastReadingStaysDimmed() {
        browser.type("#equation", "F = m a)");
        browser.awaitText("#equation-problem", "bracket");
        assertThat(browser.find(".marks mark").getDomProperty("textContent")).isEqualTo(")");
        assertThat(browser.find("#equation").getDomAttribute("aria-invalid")).isEqualTo("true");
        browser.find(".preview.stale");
        browser.find(".report.stale");
        browser.button("Go to character 8").click();
        assertThat(browser.number("return document.activeElement.selectionStart"))
                .isEqualTo(7);

        browser.press(Keys.DELETE);
        browser.awaitText("#verdict", "A known law");
        browser.awaitGone(".marks mark");
        browser.assertQuiet();
    }

    @Test
    void units_changeTheVerdict_andAWrongOneIsAnError() {
        browser.type("#equation", "E = m c");
        browser.awaitText("#verdict", "Dimensions do not match");
        browser.type("input[data-symbol=E]", "kg*m/s" + Keys.TAB);
        browser.awaitText("#verdict", "Dimensions agree");
        browser.type("input[data-symbol=E]", "nonsense" + Keys.TAB);
        browser.awaitText(".unit-problem", "The unit of E cannot be used: unknown unit 'nonsense'");
        assertThat(browser.find("body").getText()).doesNotContain("variables.E");
        browser.find(".report.stale #verdict");
        browser.type("input[data-symbol=E]", "kg*m/s" + Keys.TAB);
        browser.awaitText("#verdict", "Dimensions agree");
        browser.awaitGone(".report.stale, .unit-problem");
        // By script: the field that was typed in may have been scrolled to below the head of the page.
        browser.script(
                "[...document.querySelectorAll('button')].find((b) => b.textContent === 'Forget units').click()");
        browser.awaitText("#verdict", "Dimensions do not match");
    }

    @Test
    void bars_areAsLongAsWhatTheySay() {
        Map<String, String> verdicts = Map.of(
                "K = m v^2", "Close to a law, but not it",
                "φ² = φ + 1", "Proved",
                "x^2 - 5x + 6 = 0", "True for some values");
        verdicts.forEach((equation, verdict) -> {
            browser.type("#equation", equation);
            browser.awaitText("#verdict", verdict);
            browser.assertBarsAreTrue();
        });
        browser.type("#equation", "a = a + 1");
        browser.awaitText("#verdict", "Not an identity");
        browser.assertBarsAreTrue();
        // And they differ: a bar that is always full stands for nothing.
        assertThat(browser.number("return Number(document.querySelector('.meter.golden').dataset.share)"))
                .isZero();
        assertThat(browser.number("return document.querySelector('.meter.golden span').getBoundingClientRect().width"))
                .isZero();
    }

    @Test
    void link_carriesEquationAndUnits() {
        browser.type("#equation", "E = m c");
        browser.awaitText("#verdict", "Dimensions do not match");
        browser.type("input[data-symbol=E]", "kg*m/s" + Keys.TAB);
        browser.awaitText("#verdict", "Dimensions agree");
        String link = browser.address();
        assertThat(link).contains("#equations?e=E+%3D+m+c", "unit.E=");

        browser.open(link);
        browser.awaitText("#verdict", "Dimensions agree");
        assertThat(browser.find("#equation").getDomProperty("value")).isEqualTo("E = m c");
    }

    @Test
    void examplesAndHistory_areClickedAgain() {
        browser.script("document.querySelector('.example:nth-child(3)').click()");
        browser.awaitText("#verdict", "Proved");
        browser.type("#equation", "F = m a" + Keys.ENTER);
        browser.awaitText(".past", "F = m a");
        browser.reload();
        browser.awaitText(".past", "sin²x + cos²x = 1");
        browser.script(
                "[...document.querySelectorAll('.past-entry')].find((b) => b.textContent.includes('sin')).click()");
        browser.awaitText("#verdict", "Proved");
        browser.button("Clear").click();
        browser.awaitText(".history", "kept here");
    }

    @Test
    void lines_thatArePasted_becomeATable() {
        browser.script("""
                const data = new DataTransfer();
                data.setData("text", "E = mc²\\nF = m a)\\n<img src=x onerror=alert(1)>");
                document.getElementById("equation")
                  .dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
                """);
        browser.awaitText(".verdicts", "A known law");
        browser.awaitText(".verdicts", "Cannot be read");
        assertThat(browser.all(".verdicts tbody tr")).hasSize(3);
        assertThat(browser.all("main img")).isEmpty();
        browser.assertQuiet();
    }

    @Test
    void hostileText_isTextEverywhere() {
        String link = gateway().url()
                + "#equations?e=%3Cimg%20src%3Dx%20onerror%3Ddocument.title%3D1%3E&unit.E=%3Cb%3E&mode=%3Ci%3E";
        browser.open(link);
        browser.awaitText(".unit-problem", "The unit of E cannot be used");
        browser.button("Forget units").click();
        browser.awaitText("#equation-problem", "has no meaning");
        browser.type("#equation", "\\href{javascript:alert(1)}{x} = \\htmlClass{a}{y}" + Keys.ENTER);
        browser.find("#equation[aria-invalid]");
        assertThat(browser.all("main img, main b, .preview a")).isEmpty();
        assertThat(String.valueOf(browser.script("return document.title"))).isEqualTo("Equations · Phi Fleet");
        browser.assertQuiet();
    }

    @Test
    void keyboardAlone_reachesTheVerdictAndBack() {
        browser.press(Keys.TAB);
        assertThat(browser.focused()).isEqualTo("Skip to content");
        browser.press(Keys.ENTER);
        for (int i = 0; i < 12 && !browser.focused().equals("equation"); i++) {
            browser.press(Keys.TAB);
        }
        assertThat(browser.focused()).isEqualTo("equation");
        browser.selectAll();
        browser.press("a = a + 1", Keys.ENTER);
        browser.awaitText("#verdict", "Not an identity");
        browser.awaitText(".past", "a = a + 1");
        assertThat(Objects.requireNonNull(browser.script("return document.getElementById('announcer').textContent"))
                        .toString())
                .startsWith("Not an identity");
    }
}
