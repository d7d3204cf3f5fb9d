package phifleet.webui.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import phifleet.webui.browser.Programs.Program;

/** Two versions of a model side by side, and what devices were asked for, as operators see them. */
@Tag("browser")
class SharesPageTest {
    private static final String MODEL = "mood";

    /** Texts through the gateway, a request each; every second one names somebody who sticks to a version. */
    private static final String ASK = """
            const done = arguments[arguments.length - 1];
            (async () => {
              for (let i = 0; i < 40; i++) {
                const answer = await fetch("classify", {
                  method: "POST",
                  headers: { "Content-Type": "application/json", ...(i % 2 ? { "X-Sticky": `somebody ${i}` } : {}) },
                  body: JSON.stringify({ texts: ["What a day."], model: "mood" }),
                });
                if (!answer.ok) { throw new Error(await answer.text()); }
              }
            })().then(() => done(null), (failure) => done(String(failure)));
            """;

    private static Programs programs;
    private static Program gateway;
    private Browser browser;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Path files = Path.of("..", "..", "shared", "models", "heads", "emotion-distilbert")
                .toAbsolutePath()
                .normalize();
        assumeThat(files).as("tiny models beside the checkout").isDirectory();
        Path work = Path.of(Objects.requireNonNull(System.getProperty("browser.folder")), "versions");
        programs = new Programs(null);
        gateway = programs.gateway();
        for (String version : List.of("1", "2")) {
            Path folder = work.resolve("of-worker-" + version);
            Files.createDirectories(folder);
            Files.createSymbolicLink(folder.resolve(version), files);
            Path models = Files.writeString(
                    work.resolve("models-" + version + ".yaml"),
                    "models:\n  - {id: all-minilm-l6-v2}\n  - {id: " + MODEL + ", path: " + folder + "}\n");
            programs.worker("worker-" + version, models);
        }
        programs.await(gateway, "fleet", "\"ready\":2");
    }

    @AfterAll
    static void stop() {
        if (programs != null) {
            programs.close();
        }
    }

    @BeforeEach
    void open() throws IOException {
        browser = new Browser();
        browser.open(gateway.url() + "#fleet");
        browser.awaitText(".model-totals", MODEL);
    }

    @AfterEach
    void close() {
        browser.close();
    }

    private void operate() {
        browser.button("Operate").click();
        browser.type("#admin-key-input", Programs.ADMIN_KEY);
        browser.button("Use this key").click();
        browser.find("td:not([hidden]) > [aria-label='Give " + MODEL
                + " shares']:not([hidden]), [aria-label='Change the shares of " + MODEL + "']");
    }

    /** What stands in the row of a version, read at once, since it is made anew as requests come. */
    private List<String> cells(String version) {
        return read("[data-split=" + MODEL + "] tbody tr", version);
    }

    private List<String> read(String rows, String of) {
        return ((List<?>) Objects.requireNonNull(browser.script("""
                        const row = [...document.querySelectorAll(arguments[0])].find((one) => one.cells[0].textContent === arguments[1]);
                        return [...row.cells].slice(1).map((cell) => cell.innerText.trim());
                        """, rows, of)))
                .stream().map(String::valueOf).toList();
    }

    @Test
    void versions_getShares_standSideBySide_andStandForThemselvesAgain() throws IOException {
        assertThat(browser.all(".model-totals [aria-label^='Give']").stream().filter(WebElement::isDisplayed))
                .isEmpty();
        operate();
        browser.find("[aria-label='Give " + MODEL + " shares']").sendKeys(Keys.ENTER);
        browser.awaitText("dialog h2", "Shares of " + MODEL);
        browser.assertAccessible();
        assertThat(browser.focused()).isEqualTo("share-percent");
        browser.type("#share-percent", "30" + Keys.ENTER);
        browser.awaitGone("dialog");
        browser.awaitText("[data-split=" + MODEL + "] tbody", "30 %");
        browser.awaitText(".log", "Weights of " + MODEL);
        browser.scriptThatEnds(ASK);
        awaitRequests(40);
        assertThat(cells("2").get(0)).contains("30 %");
        assertThat(cells("1").get(0)).contains("70 %");
        for (String version : List.of("1", "2")) {
            // Its share, workers, requests, errors, the failed and two latencies.
            assertThat(cells(version)).hasSize(7);
            assertThat(cells(version).get(1)).isEqualTo("1");
            assertThat(cells(version).get(3)).isEqualTo("0");
            assertThat(cells(version).get(6)).endsWith("ms");
        }
        browser.assertBarsAreTrue();
        for (String theme : List.of("dark", "light")) {
            browser.prefers(theme);
            for (int width : List.of(360, 1280, 2560)) {
                browser.size(width, 900);
                browser.assertNoOverflow();
                browser.assertAccessible();
                browser.picture("shares-" + theme + "-" + width);
            }
        }
        browser.size(1280, 900);
        browser.find(".model-link[href$='" + MODEL + "']").sendKeys(Keys.ENTER);
        browser.awaitText(".version-columns h2", "Version 2");
        assertThat(browser.all(".model-page .chart-frame")).hasSize(6 + 2 * 4);
        browser.awaitText(".version-columns section:nth-child(1) .chart:nth-child(4)", " ms");
        browser.assertAccessible();
        browser.assertNoOverflow();
        browser.picture("model-with-versions");
        browser.script("history.back()");

        browser.click("[aria-label='Change the shares of " + MODEL + "']");
        browser.type("#share-percent", "101" + Keys.ENTER);
        assertThat(browser.script("return document.getElementById('share-percent').validity.rangeOverflow"))
                .isEqualTo(true);
        browser.script("document.getElementById('share-base').value = document.getElementById('share-canary').value");
        browser.type("#share-percent", "50" + Keys.ENTER);
        browser.awaitText("dialog .error-text", "Both are the same");
        browser.button("End the shares").click();
        browser.awaitGone("dialog");
        browser.awaitGone("[data-split=" + MODEL + "]");
        browser.find("[aria-label='Give " + MODEL + " shares']");
        assertThat(browser.problems(false)).isEmpty();
    }

    /** Counts of all parts together, as they stand in the table. */
    private void awaitRequests(int requests) {
        browser.scriptThatEnds("""
                const [wanted, done] = arguments;
                const look = (left) => {
                  const sum = [...document.querySelectorAll("[data-split] tbody tr td:nth-child(4)")].reduce((all, cell) => all + Number(cell.textContent), 0);
                  if (sum === wanted || left === 0) { done(sum === wanted ? null : `${sum} requests`); } else { setTimeout(look, 200, left - 1); }
                };
                look(100);
                """, requests);
    }

    @Test
    void modelWithOneVersion_canOnlyShareWithAnotherOfItsKind() {
        operate();
        browser.click("[aria-label='Give all-minilm-l6-v2 shares']");
        browser.awaitText("dialog", "No other model of its kind is in the fleet.");
        assertThat(browser.button("Set the shares").isEnabled()).isFalse();
        browser.press(Keys.ESCAPE);
        browser.awaitGone("dialog");
    }

    @Test
    void shares_goWhereTheGatewayIsGone_sinceNobodyCouldChangeThem() {
        operate();
        browser.click("[aria-label='Give " + MODEL + " shares']");
        browser.type("#share-percent", "30" + Keys.ENTER);
        browser.awaitText("[data-split=" + MODEL + "] tbody", "30 %");
        // As a worker alone, once the stream is opened anew.
        browser.script("""
                window.real = window.fetch;
                window.fetch = (to, options) => {
                  const path = new URL(to, location.href).pathname;
                  return path === "/health" ? Promise.resolve(new Response('{"status":"ok","service":"phi-worker"}'))
                    : path === "/info" || path === "/metrics" ? real(`workers/worker-1${path}`, options)
                    : real(to, options);
                };
                window.dispatchEvent(new Event("pagehide"));
                window.dispatchEvent(new Event("pageshow"));
                """);
        browser.awaitText(".banner", "No gateway");
        assertThat(browser.all(".shares").stream().filter(WebElement::isDisplayed))
                .isEmpty();
        browser.scriptThatEnds("""
                const done = arguments[arguments.length - 1];
                real("fleet/models/mood/weights", { method: "DELETE", headers: { Authorization: `Bearer ${arguments[0]}` } })
                  .then((answer) => done(answer.ok ? null : `${answer.status}`), (failure) => done(String(failure)));
                """, Programs.ADMIN_KEY);
    }

    @Test
    void cost_isByKeyAndByModel_forOperatorsAlone() throws IOException {
        browser.scriptThatEnds(ASK);
        assertThat(browser.all(".usage").stream().filter(WebElement::isDisplayed))
                .isEmpty();
        operate();
        browser.awaitText(".usage [aria-label='Device time by key'] tbody", "no key");
        browser.awaitText(".usage [aria-label='Device time by model'] tbody", MODEL);
        browser.assertBarsAreTrue();

        browser.script("""
                const real = window.fetch;
                const models = (...seconds) => seconds.map((device_seconds, i) => ({ model: `model-${i}`, device_seconds }));
                const usage = {
                  since: "2026-11-29T12:00:00Z",
                  keys: [
                    { key: "bob", requests: 12, refused: 0, device_seconds: 1.5, models: models(1.5) },
                    { key: "ann", requests: 12345, refused: 3, device_seconds: 4500, requests_per_second: 50, device_seconds_per_minute: 12, device_seconds_left: -0.5,
                      models: models(4000, 300, 100, 50, 30, 20) },
                  ],
                  models: models(4001.5, 300, 100, 50, 30, 20),
                };
                window.fetch = (url, options) => String(url).endsWith("fleet/usage")
                  ? Promise.resolve(new Response(JSON.stringify(usage), { headers: { "Content-Type": "application/json" } }))
                  : real(url, options);
                """);
        browser.awaitText(".usage", "ann");
        String rows = ".usage [aria-label='Device time by key'] tbody tr";
        assertThat(read(rows, "ann"))
                .startsWith("12.3k", "3", "1 h 15 min")
                .contains("0 of 12 s left", "50")
                .last()
                .asString()
                .startsWith("model-0 1 h 6 min, model-1 5 min")
                .endsWith("2 more");
        assertThat(read(rows, "bob")).startsWith("12", "0", "1.5 s").endsWith("–", "–", "model-0 1.5 s");
        assertThat(browser.all(".usage td[data-alarm=true]")).hasSize(2);
        for (String theme : List.of("dark", "light")) {
            browser.prefers(theme);
            browser.size(360, 900);
            browser.assertNoOverflow();
            browser.size(1280, 900);
            browser.assertAccessible();
            browser.assertBarsAreTrue();
            browser.script("document.querySelector('.usage').scrollIntoView({ block: 'center' })");
            browser.picture("cost-" + theme);
        }
        browser.script("window.scrollTo(0, 0)");
        browser.button("Stop operating").click();
        browser.awaitText("#pulse", "2 ready");
        assertThat(browser.all(".usage").stream().filter(WebElement::isDisplayed))
                .isEmpty();
    }
}
