package phifleet.webui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Models tried and the API read: what a person does with one request at a time. */
class PlaygroundPageTest extends OneBrowserTest {
    @BeforeEach
    void open() {
        browser.open(gateway().url() + "#playground");
        browser.find("#texts");
    }

    @Test
    void texts_areComparedMappedAndTokenised() {
        browser.button("Embed").click();
        browser.awaitText(".summary", "384");
        for (String part : List.of(
                "cut into tokens", "waited", "in the model", "of the device", "in the worker", "seen from here")) {
            browser.awaitText(".times", part);
        }
        assertThat(browser.all(".matrix tbody tr")).hasSize(6);
        assertThat(browser.all(".matrix tbody td")).hasSize(36);
        assertThat(browser.all(".map-point")).hasSize(6);
        assertThat(browser.all(".token-lines li")).hasSize(6);
        browser.awaitText(".token-lines", "[CLS]");
        // Cats are nearer to kittens than to markets.
        assertThat(cosine(0, 1)).isGreaterThan(cosine(0, 2) + 0.3);
        assertThat(cosine(0, 0)).isEqualTo(1.0);
        browser.assertQuiet();
    }

    @Test
    void everyShadeOfTheMatrix_canBeRead_inBothThemes() throws IOException {
        browser.button("Embed").click();
        browser.find(".matrix tbody td");
        browser.script("""
                document.querySelectorAll(".matrix tbody td").forEach((td, i) => {
                  td.dataset.heat = String(i % 10);
                });
                """);
        for (String theme : List.of("light", "dark")) {
            browser.prefers(theme);
            browser.assertAccessible();
        }
        browser.prefers("light");
    }

    private static double cosine(int row, int column) {
        return browser.number("return Number(document.querySelectorAll('.matrix tbody tr')[" + row
                + "].querySelectorAll('td')[" + column + "].textContent)");
    }

    @Test
    void request_isShownInThreeLanguages() {
        browser.type("#texts", "it's \"here\"");
        browser.button("Embed").click();
        browser.awaitText(".snippet", "curl '" + gateway().url() + "embed'");
        browser.awaitText(".snippet", "it'\\''s");
        browser.button("Python").click();
        browser.awaitText(".snippet", "urllib.request");
        browser.button("JavaScript").click();
        browser.awaitText(".snippet", "await fetch(");
    }

    @Test
    void tooManyTexts_areRefusedWithTheBound() {
        browser.script(
                "document.getElementById('texts').value = arguments[0]",
                String.join("\n", Collections.nCopies(25, "x")));
        browser.button("Embed").click();
        browser.awaitText(".notice.bad", "There are 25 texts, at most 24 here.");
        browser.type("#texts", " ");
        browser.button("Embed").click();
        browser.awaitText(".notice.bad", "There is no text.");
        browser.assertQuiet();
    }

    @Test
    void models_areOfferedByKind() {
        browser.awaitText("#model-kind", "sentence-encoder");
        assertThat(browser.find("#model optgroup").getDomAttribute("label")).isEqualTo("sentence-encoder");
        // Once, by its id: an alias is no model.
        assertThat(browser.script(
                        "return [...document.getElementById('model').options].map((option) => option.value).join()"))
                .isEqualTo("all-minilm-l6-v2");
        browser.button("Embed").click();
        browser.awaitText(".snippet", "all-minilm-l6-v2");
    }

    @Test
    void description_isRendered_andItsExamplesAreSent() {
        browser.open(gateway().url() + "docs");
        browser.awaitText(".reference", "/validate/batch");
        browser.click(".reference-nav a[href='#api/validate']");
        browser.find("[data-operation=validate][open]");
        browser.script("document.querySelector('[data-operation=validate] .attempt button').click()");
        browser.awaitText("[data-operation=validate] .attempt .snippet", "\"verdict\": \"known_law\"");
        browser.script("""
                const form = document.querySelector("[data-operation=validate] .attempt");
                form.querySelector("textarea").value = '{"equation":"x","mode":"strange"}';
                form.querySelector("button").click();
                """);
        browser.awaitText("[data-operation=validate] .attempt .status", "400");

        browser.open(gateway().url() + "#api/embed");
        browser.find("[data-operation=embed][open]");
        assertThat(browser.problems(false)).isEmpty();
    }
}
