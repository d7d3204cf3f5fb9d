package phifleet.webui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What is written into the charts of the fleet can be read, at every width. */
class ChartsTest extends PageTest {
    /** Keeps where each text was written, in points of its canvas. */
    private static final String WRITTEN = """
            window.written = new Map();
            const write = CanvasRenderingContext2D.prototype.fillText;
            CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...rest) {
              const width = this.measureText(text).width;
              const back = { center: width / 2, right: width, end: width }[this.textAlign] ?? 0;
              const begin = this.getTransform().transformPoint(new DOMPoint(x - back, y));
              const end = this.getTransform().transformPoint(new DOMPoint(x - back + width, y));
              if (!written.has(this.canvas)) { written.set(this.canvas, []); }
              written.get(this.canvas).push({ text: String(text), begin: begin.x, end: end.x, y: begin.y });
              return write.call(this, text, x, y, ...rest);
            };
            """;

    /** Of each chart that is seen: a text that is cut off by an edge of its canvas, or lies on another of its axis. */
    private static final String CUT = """
            const seen = [...written].filter(([canvas]) => canvas.isConnected && canvas.offsetParent);
            const faults = [];
            for (const [canvas, all] of seen) {
              for (const { text, begin, end } of all) {
                if (begin < -0.5 || end > canvas.width + 0.5) { faults.push(`${text} from ${begin} to ${end} of ${canvas.width}`); }
              }
              const last = new Map(all.map((one) => [one.text, one]));
              const times = [...last.values()].filter(({ text }) => /^(now|−.*(min|h))$/.test(text)).sort((a, b) => a.begin - b.begin);
              if (times.length < 2 || times.at(-1).text !== "now") { faults.push(`times ${times.map(({ text }) => text)}`); }
              times.slice(1).forEach((one, i) => one.begin < times[i].end && faults.push(`${one.text} on ${times[i].text}`));
            }
            for (const now of document.querySelectorAll(".chart-now")) {
              const range = document.createRange();
              range.selectNodeContents(now);
              const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
              if (lines.size > 1) { faults.push(`${now.textContent} on ${lines.size} lines`); }
            }
            return seen.length === 0 ? ["no chart"] : faults;
            """;

    /** Points at the right end of a chart, until what stands there is said. */
    private static final String POINTED = """
            const done = arguments[0];
            const look = (left) => {
              const over = document.querySelector(".chart:nth-child(CHART) .chart-frame .u-over");
              const { left: x, right, top: y } = over.getBoundingClientRect();
              over.dispatchEvent(new MouseEvent("mouseenter", { clientX: right - 20, clientY: y + 20, bubbles: true }));
              over.dispatchEvent(new MouseEvent("mousemove", { clientX: right - 2, clientY: y + 20, bubbles: true }));
              setTimeout(() => {
                const said = document.querySelector(".chart:nth-child(CHART) .chart-hover").textContent;
                if (/^[0-9:]{8} · SAID$/.test(said)) { done(null); }
                else if (left === 0) { done(`“${said}”`); }
                else { look(left - 1); }
              }, 300);
            };
            look(60);
            """;

    @Test
    void labels_areWholeAndApart_andTheEndIsNow_atEveryWidthAndRange() throws IOException {
        try (Browser browser = new Browser()) {
            browser.beforeEachPage(WRITTEN);
            for (int width : List.of(360, 390, 1280, 2560)) {
                browser.size(width, 900);
                browser.open(gateway().url() + "#fleet");
                browser.find(".chart-frame canvas");
                // Of the demand's, which is the longest.
                browser.awaitText(".demand .chart-now", " of ");
                for (String range : List.of("5 min", "1 h", "24 h")) {
                    browser.script("written.clear()");
                    browser.button(range).click();
                    browser.find(".chart-frame[aria-label*='the last " + (range.equals("24 h") ? "1 d" : range)
                            + "'] canvas");
                    browser.script("window.dispatchEvent(new Event('themechange'))");
                    browser.scriptThatEnds(
                            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(null)));");
                    assertThat((List<?>) Objects.requireNonNull(browser.script(CUT)))
                            .as("%s at %d", range, width)
                            .isEmpty();
                }
            }
        }
    }

    /** The history of p99 that a script answers with: 61 values, of which `value(i)` gives each. */
    private static String withHistory(String value) {
        return """
                const real = window.fetch.bind(window);
                window.fetch = (to, options) => {
                  const url = new URL(to, location.href);
                  if (url.pathname !== "/fleet/history" || url.searchParams.get("metric") !== "p99_ms" || url.searchParams.has("by")) {
                    return real(to, options);
                  }
                  const values = Array.from({ length: 61 }, (_, i) => VALUE);
                  return Promise.resolve(new Response(JSON.stringify({ metric: "p99_ms", from: new Date(Date.now() - 300e3).toISOString(),
                    to: new Date().toISOString(), step_seconds: 5, series: [{ values }] }), { headers: { "Content-Type": "application/json" } }));
                };
                """.replace("VALUE", value);
    }

    @Test
    void value_betweenTwoGaps_isSeenAsAPoint() throws IOException {
        try (Browser browser = new Browser()) {
            browser.beforeEachPage(withHistory("i === 30 || i === 58 ? 20 : null"));
            browser.open(gateway().url() + "#fleet");
            browser.awaitText(".chart:nth-child(2)", "20 ms");
            // Of the line's colour.
            assertThat(new Canvas(browser, ".chart:nth-child(2) canvas").points("blue", 60, 120))
                    .isBetween(8.0, 200.0);
        }
    }

    /** From the latest value back, over gaps, and forward again. */
    @Test
    void arrows_goFromValueToValue_andSayWhatStandsThere() throws IOException {
        try (Browser browser = new Browser()) {
            browser.beforeEachPage(withHistory("i > 55 && i < 59 ? null : 100 + i"));
            browser.open(gateway().url() + "#fleet");
            browser.awaitText(".chart:nth-child(2) .chart-now", "160 ms");
            browser.find(".chart:nth-child(2) .chart-frame canvas");
            browser.script("document.querySelector('.chart:nth-child(2) .chart-frame').focus()");
            String hover = ".chart:nth-child(2) .chart-hover";
            browser.press(Keys.ARROW_LEFT);
            browser.awaitText(hover, " · 160 ms");
            assertThat(browser.find("#announcer").getDomProperty("textContent"))
                    .isEqualTo(browser.find(hover).getText());
            browser.press(Keys.ARROW_LEFT);
            browser.awaitText(hover, " · 159 ms");
            browser.press(Keys.ARROW_LEFT);
            browser.awaitText(hover, " · 155 ms");
            browser.press(Keys.ARROW_RIGHT);
            browser.awaitText(hover, " · 159 ms");
            browser.assertQuiet();
        }
    }

    @Test
    void pointer_overAChart_saysWhatStandsThere() throws IOException {
        try (Browser browser = new Browser()) {
            browser.open(gateway().url() + "#fleet");
            browser.find(".chart-frame .u-over");
            browser.scriptThatEnds(POINTED.replace("CHART", "1").replace("SAID", "[0-9.]+"));
        }
    }

    /** Of that step the gateway knows nothing before its next sample, which can be always so when the page asks. */
    @Test
    void pointer_whereAStepHasJustBegun_saysTheLastValue() throws IOException {
        try (Browser browser = new Browser()) {
            browser.beforeEachPage(withHistory("i === 60 ? null : 100 + i"));
            browser.open(gateway().url() + "#fleet");
            browser.awaitText(".chart:nth-child(2) .chart-now", "159 ms");
            browser.find(".chart:nth-child(2) .chart-frame .u-over");
            browser.scriptThatEnds(POINTED.replace("CHART", "2").replace("SAID", "159 ms"));
        }
    }
}
