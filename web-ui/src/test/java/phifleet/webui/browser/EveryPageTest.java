package phifleet.webui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** What holds for every page, in both themes and at every width. */
class EveryPageTest extends PageTest {
    private static final List<String> THEMES = List.of("light", "dark");
    private static final List<Integer> WIDTHS = List.of(360, 1280, 2560);

    /** Opens a page and does what fills it. */
    private static void fill(Browser browser, String page) {
        browser.open(gateway().url() + "#" + page);
        switch (page) {
            case "fleet" -> browser.awaitText("[data-worker=worker-2]", "ready");
            case "fleet/worker/worker-1" -> browser.awaitText(".worker-page .held", "holds");
            case "fleet/model/all-minilm-l6-v2" -> {
                browser.awaitText(".model-page", "worker-2");
                browser.find(".model-page .chart-frame canvas");
            }
            case "playground" -> {
                browser.find("#texts");
                browser.button("Embed").click();
                browser.awaitText(".snippet", "curl");
            }
            case "images" -> browser.awaitText(".notice", "No worker of this fleet keeps an index");
            case "equations?e=tan+x+%3D+x" -> {
                browser.find(".plot-frame canvas");
                browser.script(
                        "document.querySelectorAll('.palette, .plot-table').forEach((one) => (one.open = true))");
                browser.find(".sign");
                browser.find(".plot-table tbody tr");
                browser.script("seen.shift = 0");
            }
            case "benchmarks" -> browser.find("#result-files");
            case "api", "api/validate" -> browser.awaitText(".reference", "/validate/batch");
            case "equations/many" -> {
                browser.button("Judge all").click();
                browser.awaitText("[role=status]", "7 judged");
            }
            default -> browser.find("#verdict");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "equations",
                "equations/many",
                "equations?e=K+%3D+m+v%5E2",
                "equations?e=tan+x+%3D+x",
                "equations?e=E+%3D+m+c%5E2%3B+F+%3D+m+a%5E2",
                "images",
                "fleet",
                "fleet/worker/worker-1",
                "fleet/model/all-minilm-l6-v2",
                "playground",
                "benchmarks",
                "api",
                "api/validate"
            })
    void page_isAccessibleQuietAndFits_inBothThemesAtEveryWidth(String page) throws IOException {
        try (Browser browser = new Browser()) {
            for (String theme : THEMES) {
                browser.prefers(theme);
                for (int width : WIDTHS) {
                    browser.size(width, width == 360 ? 740 : width == 1280 ? 900 : 1440);
                    fill(browser, page);
                    browser.assertNoOverflow();
                    browser.assertAccessible();
                    browser.assertQuiet();
                    browser.picture(page.replaceAll("[^a-z]+", "-") + "-" + theme + "-" + width);
                }
            }
        }
    }

    @Test
    void theme_isChosenByAPerson_andKept() throws IOException {
        try (Browser browser = new Browser()) {
            browser.prefers("light");
            browser.open(gateway().url());
            browser.find("#verdict");
            Object light = background(browser);
            browser.click("#theme");
            assertThat(background(browser)).isEqualTo(light);
            browser.click("#theme");
            assertThat(background(browser)).isNotEqualTo(light);
            browser.reload();
            browser.find("#verdict");
            assertThat(background(browser)).isNotEqualTo(light);
            browser.assertAccessible();
        }
    }

    private static Object background(Browser browser) {
        return String.valueOf(browser.script("return getComputedStyle(document.body).backgroundColor"));
    }

    /** So that it is early whatever the machine, and whatever scripts come to weigh. */
    @Test
    void firstPaint_waitsForTheDocumentAndItsStylesAlone() throws IOException {
        try (Browser browser = new Browser()) {
            browser.block("*.js");
            browser.open(gateway().url());
            browser.awaitTrue("return performance.getEntriesByName('first-contentful-paint').length > 0");
            assertThat(browser.find(".tabs").getText()).contains("Equations", "Fleet", "API");
            assertThat(browser.all("main .page")).isEmpty();
            assertThat((List<?>) Objects.requireNonNull(browser.script("""
                            return performance.getEntriesByType("resource").filter((e) => e.responseStatus === 200 && !/\\.(css|svg)$/.test(e.name))
                              .map((e) => e.name);
                            """))).isEmpty();
            double bytes = browser.number("""
                    return performance.getEntriesByType("navigation").concat(performance.getEntriesByType("resource"))
                      .reduce((sum, e) => sum + e.transferSize, 0);
                    """);
            System.out.println("transferred before the first paint: " + Math.round(bytes / 1000) + " kB");
            assertThat(bytes).isBetween(1_000.0, 30_000.0);
            assertThat(
                            browser.number(
                                    "return performance.getEntriesByType('resource').filter((e) => e.name.endsWith('.css')).length"))
                    .isLessThan(4);
        }
    }

    /** Such a browser throws where its storage is named. */
    @Test
    void browser_thatKeepsNothing_showsThePage_andWhatIsChosenUntilItIsLeft() throws IOException {
        try (Browser browser = new Browser()) {
            browser.beforeEachPage("""
                    for (const name of ["localStorage", "sessionStorage"]) {
                      Object.defineProperty(window, name, { get() { throw new DOMException("no storage", "SecurityError"); } });
                    }
                    """);
            browser.prefers("light");
            fill(browser, "equations");
            Object light = background(browser);
            browser.click("#theme");
            browser.click("#theme");
            assertThat(background(browser)).isNotEqualTo(light);
            browser.type("#equation", "F = m a");
            browser.press(Keys.ENTER);
            browser.awaitText(".past", "F = m a");
            browser.click(".tabs a[href='#fleet']");
            browser.button("Table").click();
            browser.awaitText(".worker-table [data-worker=worker-2]", "ready");
            assertThat(browser.problems(false)).isEmpty();
        }
    }

    /**
     * The best of some visits with an empty cache, beside the best of as many without any script, turn by turn: how fast the machine is, and
     * what else it does meanwhile, is in both. How long it takes on a machine that does nothing else README says, by what this prints.
     */
    @Test
    void firstPaint_isAsEarlyAsWithoutAnyScript() throws IOException {
        double whole = Double.MAX_VALUE;
        double bare = Double.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            bare = Math.min(bare, firstPaint("*.js"));
            whole = Math.min(whole, firstPaint("nothing"));
        }
        System.out.println(
                "first contentful paint: " + Math.round(whole) + " ms, without scripts " + Math.round(bare) + " ms");
        assertThat(whole / bare).isLessThan(2);
    }

    /** Of a visit on which some addresses cannot be had, in milliseconds. */
    private static double firstPaint(String blocked) throws IOException {
        try (Browser browser = new Browser()) {
            browser.block(blocked);
            browser.open(gateway().url());
            browser.awaitTrue("return performance.getEntriesByName('first-contentful-paint').length > 0");
            return browser.number("return performance.getEntriesByName('first-contentful-paint')[0].startTime");
        }
    }

    @Test
    void allPagesTogether_transferUnder600Kilobytes() throws IOException {
        try (Browser browser = new Browser()) {
            fill(browser, "equations");
            for (String page : List.of("fleet", "playground", "images", "benchmarks", "api")) {
                browser.script("location.hash = arguments[0]", "#" + page);
                browser.find(".page-" + page + " h1");
            }
            browser.awaitText(".reference", "/validate/batch");
            double bytes = browser.number("""
                    return performance.getEntriesByType("navigation").concat(performance.getEntriesByType("resource"))
                      .filter((e) => /\\/(assets\\/.*|openapi.yaml)?$/.test(new URL(e.name).pathname))
                      .reduce((sum, e) => sum + e.transferSize, 0);
                    """);
            System.out.println("transferred for all six pages: " + Math.round(bytes / 1000) + " kB");
            assertThat(bytes).isBetween(100_000.0, 600_000.0);
        }
    }

    @Test
    void secondVisit_transfersNextToNothing() throws IOException {
        try (Browser browser = new Browser()) {
            fill(browser, "equations");
            browser.open(gateway().url());
            browser.find("#verdict");
            double bytes = browser.number("""
                    return [...performance.getEntriesByType("resource")].filter((e) => e.name.includes("/assets/"))
                      .reduce((sum, e) => sum + e.transferSize, 0);
                    """);
            assertThat(bytes).isLessThan(20_000);
        }
    }
}
