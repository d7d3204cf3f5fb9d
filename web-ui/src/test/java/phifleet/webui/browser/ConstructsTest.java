package phifleet.webui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What KaTeX draws of each construct of the grammar is the same picture, pixel by pixel, under the page's policy as without any:
 * an arrow whose style the policy refuses is no arrow.
 */
class ConstructsTest extends PageTest {
    private static final List<String> CONSTRUCTS = List.of(
            "\\frac{1}{2} m v^{2}",
            "\\vec{F} = m \\vec{a}",
            "\\hat{H} \\psi = E \\psi",
            "\\dot{x} + \\ddot{y} = \\bar{z} \\tilde{w}",
            "\\sqrt{x^{2} + y^{2}} + \\sqrt[3]{\\frac{a}{b}}",
            "\\nabla \\times \\vec{B} = \\mu_{0} \\vec{J}",
            "\\int_{0}^{1} x^{2} \\, dx + \\oint f \\, ds",
            "\\sum_{i=1}^{n} i + \\prod_{k=1}^{n} k",
            "\\lim_{x \\to 0} \\frac{\\sin x}{x}",
            "\\left| x \\right| + \\left\\lfloor y \\right\\rfloor",
            "\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}",
            "\\begin{cases} x & x > 0 \\\\ -x & x \\leq 0 \\end{cases}",
            "\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}",
            "\\overline{AB} + \\underline{c} + \\widehat{xyz}",
            "2\\,\\mathrm{H_2} + \\mathrm{O_2} \\rightarrow 2\\,\\mathrm{H_2O}",
            "\\overrightarrow{AB} + \\overbrace{a + b}",
            "\\mathbf{E} \\cdot \\mathcal{L} \\approx \\varphi^{n!}",
            "\\binom{n}{k} \\equiv \\cdots \\pm a \\mp b",
            "\\left\\| v \\right\\| + \\left\\lceil y \\right\\rceil + \\left\\langle u \\right\\rangle",
            "\\iint f \\,dx\\,dy = \\int_{0}^{\\infty} \\int_{-1}^{1} f \\,dx\\,dy",
            "\\mathbb{E}\\left[X\\right] + \\mathbb{P}\\left(A \\cap B \\mid C \\cup D\\right)",
            "\\operatorname{rank} \\left(A\\right) \\leq \\arcsin x \\otimes \\mathrm{d} y",
            "\\frac{\\partial^{2} u}{\\partial x^{2}} + \\nabla^{2} u \\neq \\nabla \\cdot \\vec{v}",
            "\\mathrm{^{14}_{6}C} \\rightleftharpoons \\mathrm{Fe^{3+}} + 5\\,\\mathrm{km}",
            "\\lim_{x \\to 0^+} \\log_{2} x \\propto \\left\\{1, 2\\right\\}",
            "\\mathfrak{g} \\in \\mathbb{R} \\text{ otherwise } x^{*} \\geq \\Gamma''",
            "\\mathrm{kg\\,m^{2}/s^{2}} + \\mathrm{J/(mol\\,K)} + \\mathrm{\\Omega \\,m^{-2}} + \\mathrm{{}^{\\circ}C}",
            "\\left. x^{2} \\right|_{x=3} + \\dddot{x} + \\underbrace{a + b}_{n}");

    private static final Map<String, String> underPolicy = new HashMap<>();
    private static final Map<String, String> free = new HashMap<>();

    @BeforeAll
    static void draw() throws IOException {
        try (Browser browser = new Browser()) {
            open(browser);
            for (String latex : CONSTRUCTS) {
                underPolicy.put(latex, picture(browser, """
                        import(new URL("assets/math.js", document.baseURI))
                          .then((math) => math.typeset(stage, arguments[0], "plain text", true))""", latex));
            }
            assertThat((List<?>) browser.script("return seen.refused")).isEmpty();
            browser.ignorePolicy(true);
            open(browser);
            for (String latex : CONSTRUCTS) {
                free.put(latex, picture(browser, """
                        import(new URL("assets/libraries.js", document.baseURI))
                          .then((libraries) => libraries.katex())
                          .then((katex) => katex.render(arguments[0], stage, { displayMode: true, throwOnError: true }))""", latex));
            }
        }
    }

    private static void open(Browser browser) {
        browser.open(gateway().url());
        browser.find("#verdict");
        browser.script("document.querySelectorAll('body > *').forEach((element) => (element.hidden = true))");
    }

    /** A picture of what a script draws on the stage, once its fonts are there. */
    private static String picture(Browser browser, String drawing, String latex) {
        browser.scriptThatEnds("""
                const done = arguments[arguments.length - 1];
                document.getElementById("stage")?.remove();
                const stage = document.createElement("div");
                stage.id = "stage";
                document.body.append(stage);
                """ + drawing + """
                .then(() => document.fonts.ready)
                .then(() => done(null), (failure) => done(String(failure)));
                """, latex);
        assertThat(browser.all("#stage .katex-html")).as(latex).isNotEmpty();
        return browser.pictureOf("#stage");
    }

    static List<String> constructs() {
        return CONSTRUCTS;
    }

    @ParameterizedTest
    @MethodSource("constructs")
    void construct_isDrawnAsWithoutAPolicy(String latex) {
        assertThat(underPolicy.get(latex)).isNotNull().isEqualTo(free.get(latex));
    }
}
