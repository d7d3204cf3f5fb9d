package phifleet.webui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What the playground draws of each head, held against what the API answers to the same request. */
class HeadsPageTest extends PlaygroundTest {
    @Test
    void texts_areRankedWithBarsOfTheirScores() {
        playground.choose("ms-marco-minilm");
        browser.type("#rank-query", "How many people live in the old town?");
        browser.press(Keys.ENTER);
        browser.find(".ranks li");
        playground.compare("""
                const texts = document.getElementById("rank-texts").value.split("\\n");
                const ranked = await ask("rerank", { query: document.getElementById("rank-query").value, texts, model: "ms-marco-minilm" });
                same("order", all(".rank-text").map((text) => text.textContent), ranked.map(({ index }) => texts[index]));
                const scores = ranked.map(({ score }) => score);
                const low = Math.min(0, ...scores), high = Math.max(...scores);
                if (high <= 1) { throw new Error("these scores are no shares"); }
                sameNumbers("bars", bars(all(".ranks li")), scores.map((score) => (score - low) / (high - low)));
                """);
        browser.awaitText(".snippet", "rerank");
    }

    @Test
    void texts_areClassifiedByTheModelsLabels_andByOnesOwn() {
        playground.choose("emotion-distilbert");
        browser.button("Classify").click();
        browser.awaitText(".results h3", "What a wonderful concert");
        playground.compare("""
                const texts = document.getElementById("classify-texts").value.split("\\n");
                const { predictions } = await ask("classify", { texts, model: "emotion-distilbert" });
                same("labels", all(".bars li > span:first-child").map((label) => label.textContent), predictions.flat().map(({ label }) => label));
                sameNumbers("bars", bars(all(".bars li")), predictions.flat().map(({ score }) => score));
                """);
        playground.choose("nli-roberta-mnli");
        browser.type("#classify-labels", "music, travel, cooking");
        browser.button("Classify").click();
        browser.awaitText(".results .bars", "travel");
        playground.compare("""
                const texts = document.getElementById("classify-texts").value.split("\\n");
                const { predictions } = await ask("classify", { texts, labels: ["music", "travel", "cooking"], model: "nli-roberta-mnli" });
                same("labels", all(".bars li > span:first-child").map((label) => label.textContent), predictions.flat().map(({ label }) => label));
                sameNumbers("bars", bars(all(".bars li")), predictions.flat().map(({ score }) => score));
                """);
    }

    @ParameterizedTest
    @CsvSource({"ner-bert-cased, ''", "gliner-small, 'person, city, organisation'"})
    void entities_areMarkedWhereTheyStand_alsoBehindEmoji(String model, String labels) {
        playground.choose(model);
        if (!labels.isEmpty()) {
            browser.type("#entities-labels", labels);
        }
        browser.button("Find").click();
        browser.find(".entity-lines");
        playground.compare("""
                const text = document.getElementById("entities-text").value;
                const labels = arguments[1] === "" ? {} : { labels: arguments[1].split(", ") };
                const { entities: [found] } = await ask("extract", { texts: [text], model: arguments[0], ...labels });
                const marks = all("mark.entity .entity-text").map((mark) => mark.textContent);
                if (!/^\\p{Emoji}/u.test(text) || marks.length === 0) { throw new Error("nothing stands behind an emoji"); }
                marks.forEach((mark) => {
                  if (!found.some((entity) => entity.text === mark && [...text].slice(entity.start, entity.end).join("") === mark)) {
                    throw new Error(`${mark} is no entity of ${JSON.stringify(found)}`);
                  }
                });
                const lines = document.querySelector(".entity-lines").cloneNode(true);
                lines.querySelectorAll(".entity-label").forEach((label) => label.remove());
                same("text", lines.textContent, text);
                same("rows", all(".entities tbody th").map((row) => row.textContent), found.map((entity) => entity.text));
                sameNumbers("bars", bars(all(".entities tbody tr")), found.map(({ score }) => score));
                """, model, labels);
    }

    @Test
    void terms_haveBarsOfTheirWeights() {
        playground.choose("splade-v3");
        browser.button("Weigh").click();
        browser.find(".terms li");
        playground.compare("""
                const inputs = [document.getElementById("sparse-text").value];
                const [terms] = await ask("embed_sparse", { inputs, model: "splade-v3", return_tokens: true, top_k: 40 });
                terms.sort((a, b) => b.value - a.value);
                same("terms", all(".term").map((term) => term.textContent), terms.map(({ token }) => token));
                sameNumbers("bars", bars(all(".terms li")), terms.map(({ value }) => value / terms[0].value));
                """);
    }

    @Test
    void cellsOfTheHeatMap_areDotProducts_andTheirBestAddUpToTheScore() {
        playground.choose("colbert-pylate");
        playground.compare(
                "document.getElementById('maxsim-passage').value = 'The old hometown has four thousand inhabitants.';");
        browser.button("Compare").click();
        browser.find(".maxsim td.best");
        String products = """
                const query = document.getElementById("maxsim-query").value, passage = document.getElementById("maxsim-passage").value;
                const [[asked], [answering]] = [
                  await ask("embed_all", { inputs: [query], model: "colbert-pylate", input_type: "query" }),
                  await ask("embed_all", { inputs: [passage], model: "colbert-pylate", input_type: "document" })];
                const rows = asked.map((a) => answering.map((b) => a.reduce((sum, value, i) => sum + value * b[i], 0)));
                """;
        assertThat(browser.all(".maxsim thead th").stream().map(WebElement::getText))
                .contains("hometown");
        playground.compare("""
                const query = document.getElementById("maxsim-query").value, passage = document.getElementById("maxsim-passage").value;
                const ends = all(".maxsim tbody .best-of-row").map((cell) => Number(cell.textContent));
                const body = { texts: [query], model: "colbert-pylate", outputs: ["multi_vector"], input_type: "query", return_tokens: true };
                const { vector_words: [words] } = await ask("embed", body);
                same("rows", all(".maxsim tbody th").map((th) => th.textContent), words.map(({ text }) => text).slice(0, ends.length));
                """);
        browser.click("#maxsim-pieces");
        playground.compare(products + """
                const shown = all(".maxsim tbody tr");
                same("columns", all(".maxsim thead th").length - 1, answering.length);
                shown.forEach((row, i) => {
                  const cells = [...row.querySelectorAll("td[data-heat]")];
                  same(`row ${i}`, cells.map((cell) => cell.textContent), rows[i].map((value) => value.toFixed(2)));
                  same(`heat ${i}`, cells.map((cell) => Number(cell.dataset.heat)), rows[i].map((value) => Math.max(0, Math.min(9, Math.floor(value * 10)))));
                  same(`best ${i}`, cells.findIndex((cell) => cell.classList.contains("best")), rows[i].indexOf(Math.max(...rows[i])));
                });
                same("words", all(".maxsim tbody th").slice(2, 6).map((th) => th.textContent), ["how", "many", "people", "live"]);
                """);
        assertThat(browser.all(".maxsim tbody tr")).hasSizeLessThan(32);
        browser.click("#maxsim-all");
        assertThat(browser.all(".maxsim tbody tr")).hasSize(32);
        playground.compare("""
                const query = document.getElementById("maxsim-query").value, passage = document.getElementById("maxsim-passage").value;
                const [{ score }] = await ask("rerank", { query, texts: [passage], model: "colbert-pylate" });
                const sum = Number(document.querySelector(".results .figure").textContent);
                if (Math.abs(sum - score) > 2e-3) { throw new Error(`${sum}, not ${score}`); }
                """);
    }

    @Test
    void everyModel_hasACard_thatChoosesIt() {
        playground.choose("ms-marco-minilm");
        assertThat(browser.all(".model-card"))
                .hasSameSizeAs(browser.all("#model option"))
                .allSatisfy(card -> assertThat(String.valueOf(card.getDomProperty("textContent")))
                        .contains("1 worker"));
        assertThat(browser.all(".model-card[aria-pressed=true]"))
                .singleElement()
                .satisfies(card -> assertThat(card.getText()).startsWith("ms-marco-minilm\ncross-encoder"));
        browser.script("document.querySelector('[data-model=splade-v3]').focus()");
        browser.press(Keys.ENTER);
        browser.find("#sparse-text");
        assertThat(browser.script("return document.getElementById('model').value"))
                .isEqualTo("splade-v3");
        browser.find(".model-card[data-model=splade-v3][aria-pressed=true]");
        browser.assertQuiet();
    }

    @Test
    void modelOfSeveralHeads_offersEach() {
        playground.choose("bge-m3-three-outputs");
        browser.find("#texts");
        for (String[] head : new String[][] {
            {"Sparse terms", "Weigh", ".terms li"},
            {"Token by token", "Compare", ".maxsim td.best"},
            {"Rank", "Rank", ".ranks li"},
            {"Embed", "Embed", ".map-point"}
        }) {
            browser.button(head[0]).click();
            assertThat(String.valueOf(
                            browser.script("return document.querySelector('#heads [aria-pressed=true]').textContent")))
                    .isEqualTo(head[0]);
            browser.click("form .primary");
            browser.find(head[2]);
            browser.awaitText(".snippet", "bge-m3-three-outputs");
        }
        browser.assertQuiet();
    }

    @Test
    void tensors_haveAFieldEach_ofTheirDeclaredShapes() {
        playground.choose("plain-net");
        browser.find("#tensor-0");
        assertThat(browser.find(".head-field .field-label").getText()).startsWith("input_ids INT64 [-1, -1]");
        browser.type("#tensor-0", "[[4, 5");
        browser.button("Predict").click();
        browser.awaitText(".notice.bad", "input_ids is no JSON");
        browser.script("""
                document.querySelectorAll("textarea.code-field").forEach((field) => (field.value = "[[1, 1, 1]]"));
                """);
        browser.button("Predict").click();
        browser.find(".results .snippet");
        playground.compare("""
                const inputs = Object.fromEntries(all(".head-form .head-field").map((field) =>
                  [field.querySelector("label").firstChild.textContent, [[1, 1, 1]]]));
                const { outputs } = await ask("predict/plain-net", { inputs });
                same("outputs", all(".results h3").slice(0, Object.keys(outputs).length).map((title) => title.textContent),
                  Object.entries(outputs).map(([name, { shape }]) => `${name} [${shape.join(", ")}]`));
                """);
    }

    @ParameterizedTest
    @CsvSource({
        "plain-net, '', Predict, .results .snippet",
        "ms-marco-minilm, '', Rank, .ranks li",
        "emotion-distilbert, '', Classify, .results .bars li",
        "ner-bert-cased, '', Find, .entity-lines",
        "splade-v3, '', Weigh, .terms li",
        "colbert-pylate, Token by token, Compare, .maxsim td.best",
        "clip-vit-b32, Picture and labels, Match, .results .bars li"
    })
    void head_isAccessibleQuietAndFits_inBothThemesAtEveryWidth(String model, String head, String action, String drawn)
            throws IOException {
        for (String theme : List.of("light", "dark")) {
            browser.prefers(theme);
            for (int width : List.of(360, 1280, 2560)) {
                browser.size(width, width == 360 ? 2200 : 1600);
                playground.choose(model);
                if (!head.isEmpty()) {
                    browser.button(head).click();
                }
                if (action.equals("Match")) {
                    browser.find("#match-image")
                            .sendKeys(HeadsPlayground.picture().toString());
                    browser.find(".picture");
                }
                browser.button(action).click();
                browser.find(drawn);
                browser.assertNoOverflow();
                browser.assertAccessible();
                browser.assertBarsAreTrue();
                browser.assertQuiet();
                browser.picture("head-" + action.toLowerCase(Locale.ROOT) + "-" + theme + "-" + width);
            }
        }
    }
}
