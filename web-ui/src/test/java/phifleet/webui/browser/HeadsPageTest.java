package phifleet.webui.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import phifleet.webui.browser.Programs.Program;

/** What the playground draws of each head, held against what the API answers to the same request; with tiny models of shared/models/heads. */
@Tag("browser")
class HeadsPageTest {
    /** Some of each kind; the first of a kind is that kind's default. */
    private static final List<String> MODELS = List.of(
            "bge-m3-three-outputs",
            "ms-marco-minilm",
            "emotion-distilbert",
            "nli-roberta-mnli",
            "ner-bert-cased",
            "gliner-small",
            "splade-v3",
            "colbert-pylate",
            "clip-vit-b32",
            "yolos-detector");

    /** Ends with null where all is as the API says, else with what is not; `ask(path, body)` gives an answer. */
    private static final String COMPARE = """
            const done = arguments[arguments.length - 1];
            const ask = async (path, body) =>
              (await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) })).json();
            const all = (css) => [...document.querySelectorAll(css)];
            const near = (a, b) => Math.abs(a - b) < 1e-4;
            const bars = (rows) => rows.map((row) => Number(row.querySelector(".meter").dataset.share));
            const same = (what, found, wanted) => {
              const a = JSON.stringify(found), b = JSON.stringify(wanted);
              if (a !== b) { throw new Error(`${what}: ${a}, not ${b}`); }
            };
            const sameNumbers = (what, found, wanted) => {
              if (found.length !== wanted.length || found.length === 0 || !found.every((value, i) => near(value, wanted[i]))) {
                throw new Error(`${what}: ${found}, not ${wanted}`);
              }
            };
            (async () => { COMPARISON })().then(() => done(null), (failure) => done(String(failure)));
            """;

    private static Programs programs;
    private static Program gateway;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Path heads = Path.of("..", "..", "shared", "models", "heads")
                .toAbsolutePath()
                .normalize();
        assumeThat(heads).as("tiny models beside the checkout").isDirectory();
        StringBuilder models = new StringBuilder("models:\n");
        for (String id : MODELS) {
            models.append("  - {id: ")
                    .append(id)
                    .append(", path: ")
                    .append(heads.resolve(id))
                    .append("}\n");
        }
        models.append("  - {id: plain-net, task: tensors, path: ")
                .append(heads.resolveSibling("encoders").resolve("minilm/onnx/model.onnx"))
                .append("}\n");
        Path list = Files.createDirectories(Path.of(Objects.requireNonNull(System.getProperty("browser.folder"))))
                .resolve("heads.yaml");
        Files.writeString(list, models);
        programs = new Programs(null);
        gateway = programs.gateway();
        programs.worker("worker-1", list);
        programs.await(gateway, "fleet", "\"ready\":1");
        browser = new Browser();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (programs != null) {
            programs.close();
        }
    }

    @BeforeEach
    void open() {
        browser.size(1280, 900);
        browser.prefers("light");
    }

    private static void choose(String model) {
        browser.open(gateway.url() + "#playground");
        browser.find("#model option");
        // As by the keyboard: what moves then was wanted.
        browser.find("#model").sendKeys(model);
        assertThat(browser.script("return document.getElementById('model').value"))
                .isEqualTo(model);
    }

    private static void compare(String script, Object... arguments) {
        browser.scriptThatEnds(COMPARE.replace("COMPARISON", script), arguments);
        browser.assertBarsAreTrue();
        browser.assertQuiet();
    }

    @Test
    void texts_areRankedWithBarsOfTheirScores() {
        choose("ms-marco-minilm");
        browser.type("#rank-query", "How many people live in the old town?");
        browser.press(Keys.ENTER);
        browser.find(".ranks li");
        compare("""
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
        choose("emotion-distilbert");
        browser.button("Classify").click();
        browser.awaitText(".results h3", "What a wonderful concert");
        compare("""
                const texts = document.getElementById("classify-texts").value.split("\\n");
                const { predictions } = await ask("classify", { texts, model: "emotion-distilbert" });
                same("labels", all(".bars li > span:first-child").map((label) => label.textContent), predictions.flat().map(({ label }) => label));
                sameNumbers("bars", bars(all(".bars li")), predictions.flat().map(({ score }) => score));
                """);
        choose("nli-roberta-mnli");
        browser.type("#classify-labels", "music, travel, cooking");
        browser.button("Classify").click();
        browser.awaitText(".results .bars", "travel");
        compare("""
                const texts = document.getElementById("classify-texts").value.split("\\n");
                const { predictions } = await ask("classify", { texts, labels: ["music", "travel", "cooking"], model: "nli-roberta-mnli" });
                same("labels", all(".bars li > span:first-child").map((label) => label.textContent), predictions.flat().map(({ label }) => label));
                sameNumbers("bars", bars(all(".bars li")), predictions.flat().map(({ score }) => score));
                """);
    }

    @ParameterizedTest
    @CsvSource({"ner-bert-cased, ''", "gliner-small, 'person, city, organisation'"})
    void entities_areMarkedWhereTheyStand_alsoBehindEmoji(String model, String labels) {
        choose(model);
        if (!labels.isEmpty()) {
            browser.type("#entities-labels", labels);
        }
        browser.button("Find").click();
        browser.find(".entity-lines");
        compare("""
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
        choose("splade-v3");
        browser.button("Weigh").click();
        browser.find(".terms li");
        compare("""
                const inputs = [document.getElementById("sparse-text").value];
                const [terms] = await ask("embed_sparse", { inputs, model: "splade-v3", return_tokens: true, top_k: 40 });
                terms.sort((a, b) => b.value - a.value);
                same("terms", all(".term").map((term) => term.textContent), terms.map(({ token }) => token));
                sameNumbers("bars", bars(all(".terms li")), terms.map(({ value }) => value / terms[0].value));
                """);
    }

    @Test
    void cellsOfTheHeatMap_areDotProducts_andTheirBestAddUpToTheScore() {
        choose("colbert-pylate");
        compare("document.getElementById('maxsim-passage').value = 'The old hometown has four thousand inhabitants.';");
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
        compare("""
                const query = document.getElementById("maxsim-query").value, passage = document.getElementById("maxsim-passage").value;
                const ends = all(".maxsim tbody .best-of-row").map((cell) => Number(cell.textContent));
                const body = { texts: [query], model: "colbert-pylate", outputs: ["multi_vector"], input_type: "query", return_tokens: true };
                const { vector_words: [words] } = await ask("embed", body);
                same("rows", all(".maxsim tbody th").map((th) => th.textContent), words.map(({ text }) => text).slice(0, ends.length));
                """);
        browser.click("#maxsim-pieces");
        compare(products + """
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
        compare("""
                const query = document.getElementById("maxsim-query").value, passage = document.getElementById("maxsim-passage").value;
                const [{ score }] = await ask("rerank", { query, texts: [passage], model: "colbert-pylate" });
                const sum = Number(document.querySelector(".results .figure").textContent);
                if (Math.abs(sum - score) > 2e-3) { throw new Error(`${sum}, not ${score}`); }
                """);
    }

    @Test
    void modelOfSeveralHeads_offersEach() {
        choose("bge-m3-three-outputs");
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

    private static Path picture() {
        return Path.of("..", "..", "shared", "data", "photos", "chelsea.jpg")
                .toAbsolutePath()
                .normalize();
    }

    @Test
    void picture_isMatchedWithLabels_whetherChosenDroppedOrPasted() {
        choose("clip-vit-b32");
        browser.button("Picture and labels").click();
        browser.button("Match").click();
        browser.awaitText(".notice.bad", "Choose an image first.");
        browser.find("#match-image").sendKeys(picture().toString());
        browser.find(".picture");
        browser.button("Match").click();
        browser.find(".results .bars li");
        String same = """
                const file = document.getElementById("match-image").files[0];
                const image = await new Promise((resolve) => {
                  const reader = new FileReader();
                  reader.onload = () => resolve(reader.result);
                  reader.readAsDataURL(file);
                });
                const labels = document.getElementById("match-labels").value.split(", ");
                const { predictions: [found] } = await ask("classify", { image, labels, model: "clip-vit-b32" });
                same("labels", all(".results .bars li > span:first-child").map((label) => label.textContent), found.map(({ label }) => label));
                sameNumbers("bars", bars(all(".results .bars li")), found.map(({ score }) => score));
                """;
        compare(same);
        browser.awaitText(".snippet", "<base64 of the image>");
        for (String event : List.of("drop", "paste")) {
            browser.script("""
                    const transfer = new DataTransfer();
                    transfer.items.add(new File(["no picture"], "a.txt", { type: "text/plain" }));
                    window.send = (transfer) => document.querySelector(".drop").dispatchEvent(arguments[0] === "drop"
                      ? new DragEvent("drop", { dataTransfer: transfer, bubbles: true })
                      : new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true }));
                    send(transfer);
                    """, event);
            browser.awaitText(".drop .error-text", "no JPEG and no PNG");
            browser.script("""
                    const transfer = new DataTransfer();
                    transfer.items.add(document.getElementById("match-image").files[0]);
                    send(transfer);
                    """);
            browser.find(".picture");
            browser.script("document.querySelector('.results').replaceChildren()");
            browser.button("Match").click();
            browser.find(".results .bars li");
            compare(same);
        }
    }

    @Test
    void detector_drawsItsBoxesOverThePicture() {
        choose("yolos-detector");
        browser.find("#image").sendKeys(picture().toString());
        browser.find(".picture");
        browser.button("Predict").click();
        browser.awaitText(".results, .stack h3", "Answer");
        browser.assertQuiet();
    }

    /** A detector of three boxes stands for the fleet's, whose tiny model finds what chance has it find. */
    @Test
    void detections_areLinkedWithTheirList_andNarrowedByScoreAndLabel() {
        choose("yolos-detector");
        browser.script("""
                const real = window.fetch;
                window.asked = [];
                const found = [["dog", 16, 0.91, [1, 1, 20, 20]], ["dog", 16, 0.55, [5, 5, 30, 30]], ["bicycle", 1, 0.4, [2, 8, 40, 24]]];
                const detections = found.map(([label, index, score, box]) => ({ label, index, score, box }));
                window.fetch = (url, options) => {
                  if (!String(url).includes("predict/")) { return real(url, options); }
                  window.asked.push(String(url));
                  return Promise.resolve(new Response(JSON.stringify({ model: "yolos-detector", detections, processing_time_ms: 20 }),
                    { headers: { "Content-Type": "application/json", "X-Device-Ms": "12.5" } }));
                };
                """);
        browser.find("#image").sendKeys(picture().toString());
        browser.find(".picture");
        browser.button("Predict").click();
        browser.awaitText(".times", "20.0 ms of it at the worker, 12.5 ms on its device");
        compare("""
                const labels = () => all(".found li > span:first-child").map((label) => label.textContent);
                const lit = () => all(".boxes .box").map((box) => box.classList.contains("lit"));
                const chip = (name) => all(".chips .chip-button").find((each) => each.dataset.label === name);
                const slide = (value) => {
                  const slider = document.getElementById("least-score");
                  slider.value = value;
                  slider.dispatchEvent(new Event("input"));
                };
                same("rows", labels(), ["dog", "dog", "bicycle"]);
                same("boxes", all(".boxes text").map((text) => text.textContent), ["dog 91 %", "dog 55 %", "bicycle 40 %"]);
                all(".found li")[1].dispatchEvent(new MouseEvent("mouseenter"));
                same("the row lights its box", lit(), [false, true, false]);
                all(".found li")[1].dispatchEvent(new MouseEvent("mouseleave"));
                all(".boxes .box")[2].dispatchEvent(new MouseEvent("mouseenter"));
                same("the box lights its row", all(".found li").map((row) => row.classList.contains("lit")), [false, false, true]);
                all(".boxes .box")[2].dispatchEvent(new MouseEvent("mouseleave"));
                chip("dog").click();
                same("without dogs", labels(), ["bicycle"]);
                same("the chip says so", chip("dog").getAttribute("aria-pressed"), "false");
                chip("dog").click();
                slide(0.5);
                same("of half", labels(), ["dog", "dog"]);
                same("chips count what is shown", chip("bicycle").textContent, "bicycle 0");
                same("asked once", window.asked.length, 1);
                slide(0.1);
                await new Promise((resolve) => setTimeout(resolve, 1000));
                same("asked for less", window.asked.map((url) => new URL(url, document.baseURI).search), ["", "?threshold=0.1"]);
                """);
    }

    @Test
    void tensors_haveAFieldEach_ofTheirDeclaredShapes() {
        choose("plain-net");
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
        compare("""
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
                choose(model);
                if (!head.isEmpty()) {
                    browser.button(head).click();
                }
                if (action.equals("Match")) {
                    browser.find("#match-image").sendKeys(picture().toString());
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
