package phifleet.webui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

/** What the playground does with a picture: matched with labels, and with boxes of what a detector found. */
class PicturesPageTest extends PlaygroundTest {
    @Test
    void picture_isMatchedWithLabels_whetherChosenDroppedOrPasted() throws IOException, InterruptedException {
        playground.choose("clip-vit-b32");
        browser.button("Picture and labels").click();
        browser.button("Match").click();
        browser.awaitText(".notice.bad", "Choose an image first.");
        browser.find("#match-image").sendKeys(HeadsPlayground.picture().toString());
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
        playground.compare(same);
        requireCodeAsks();
        for (String event : List.of("drop", "paste")) {
            browser.script("""
                    const transfer = new DataTransfer();
                    transfer.items.add(new File(["no picture"], "a.txt", { type: "text/plain" }));
                    window.send = (transfer) => document.querySelector(".drop").dispatchEvent(arguments[0] === "drop"
                      ? new DragEvent("drop", { dataTransfer: transfer, bubbles: true })
                      : new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true }));
                    send(transfer);
                    """, event);
            browser.awaitText(".drop .error-text", "no picture of a known kind: JPEG, PNG");
            browser.script("""
                    const transfer = new DataTransfer();
                    transfer.items.add(document.getElementById("match-image").files[0]);
                    send(transfer);
                    """);
            browser.find(".picture");
            // What a hand drops may move things, and no hand did.
            browser.script("document.querySelector('.results').replaceChildren(); seen.shift = 0");
            browser.button("Match").click();
            browser.find(".results .bars li");
            playground.compare(same);
        }
    }

    /** What is shown as code does what the page did, as it stands there, beside the picture. */
    private static void requireCodeAsks() throws IOException, InterruptedException {
        String found = String.valueOf(browser.script("""
                return document.querySelector(".results .bars li > span:first-child").textContent
                """));
        assertThat(run("bash", "-c", code("curl"))).contains("\"predictions\"", found);
        assertThat(run("python3", "-c", code("Python"))).contains("'predictions'", found);
        browser.scriptThatEnds(
                """
                const done = arguments[arguments.length - 1];
                const console = { log: ({ predictions: [[first]] }) => done(first.label === arguments[0] ? null : first.label) };
                CODE
                """.replace(
                        "CODE",
                        "(async () => {" + code("JavaScript") + "})().catch((failure) => done(String(failure)));"),
                found);
    }

    private static String code(String language) {
        browser.button(language).click();
        return String.valueOf(browser.find(".results .snippet").getDomProperty("textContent"));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(Objects.requireNonNull(HeadsPlayground.picture().getParent())
                        .toFile())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    @Test
    void photo_canBeTaken_whereFingersPoint() {
        playground.choose("yolos-detector");
        assertThat(browser.all(".drop .shoot").stream().filter(WebElement::isDisplayed))
                .isEmpty();
        browser.touches(true);
        playground.choose("yolos-detector");
        assertThat(browser.button("Take a photo").isEnabled()).isTrue();
        WebElement camera = browser.all(".drop input[capture]").getFirst();
        assertThat(camera.getDomAttribute("capture")).isEqualTo("environment");
        camera.sendKeys(HeadsPlayground.picture().toString());
        browser.find(".picture[src^=blob]");
    }

    @Test
    void detector_drawsItsBoxesOverThePicture() {
        playground.choose("yolos-detector");
        browser.find("#image").sendKeys(HeadsPlayground.picture().toString());
        browser.find(".picture");
        browser.button("Predict").click();
        browser.awaitText(".results, .stack h3", "Answer");
        String path = "predict/yolos-detector";
        browser.awaitText(
                ".snippet", path + "' \\\n  -H 'Content-Type: image/jpeg' \\\n  --data-binary '@chelsea.jpg'");
        browser.button("Python").click();
        browser.awaitText(".snippet", "data=open(\"chelsea.jpg\", \"rb\").read(),");
        browser.button("JavaScript").click();
        browser.awaitText(".snippet", "body: file,");
        browser.assertQuiet();
    }

    @Test
    void file_thatIsNoPicture_isSaidToBeNone_byThePageAndByTheFleet() {
        playground.choose("yolos-detector");
        browser.script("""
                const transfer = new DataTransfer();
                transfer.items.add(new File(["no picture at all"], "a.png", { type: "image/png" }));
                document.querySelector(".drop").dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true }));
                """);
        browser.awaitText(".drop .error-text", "This browser cannot show it");
        browser.awaitGone(".picture:not([hidden])");
        browser.button("Predict").click();
        browser.awaitText(".notice.bad", "image");
        browser.find("#image").sendKeys(HeadsPlayground.picture().toString());
        browser.find(".picture");
        browser.awaitGone(".drop .error-text:not([hidden])");
        assertThat(browser.all(".notice.bad")).isEmpty();
    }

    /** A fleet that is slow, with a model that has no labels. */
    @Test
    void answer_ofAnotherPicture_isNotDrawnOverThisOne() {
        playground.choose("yolos-detector");
        browser.script("""
                const real = window.fetch;
                window.answers = [];
                window.fetch = (url, options) => String(url).includes("predict/")
                  ? new Promise((resolve) => answers.push(() => resolve(new Response(JSON.stringify({ model: "yolos-detector",
                    detections: [{ label: "3", index: 3, score: 0.9, box: [1, 1, 20, 20] }], processing_time_ms: 20 }),
                    { headers: { "Content-Type": "application/json" } }))))
                  : real(url, options);
                """);
        browser.find("#image").sendKeys(HeadsPlayground.picture().toString());
        browser.find(".picture");
        browser.button("Predict").click();
        browser.awaitTrue("return answers.length === 1");
        browser.script("""
                const transfer = new DataTransfer();
                transfer.items.add(document.getElementById("image").files[0]);
                document.querySelector(".drop").dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true }));
                answers[0]();
                """);
        browser.awaitTrue("return !document.querySelector('[type=submit]').disabled");
        assertThat(browser.all(".boxes .box")).isEmpty();
        browser.button("Predict").click();
        browser.awaitTrue("return answers.length === 2");
        browser.script("answers[1]()");
        browser.awaitText(".found", "class 3");
        browser.awaitText(".boxes text", "class 3 90 %");
    }

    /** A detector of three boxes stands for the fleet's, whose tiny model finds what chance has it find. */
    @Test
    void detections_areLinkedWithTheirList_andNarrowedByScoreAndLabel() {
        playground.choose("yolos-detector");
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
        browser.find("#image").sendKeys(HeadsPlayground.picture().toString());
        browser.find(".picture");
        browser.button("Predict").click();
        browser.awaitText(".times", "of the device\n13 ms\nin the worker\n20 ms\nseen from here");
        playground.compare("""
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
}
