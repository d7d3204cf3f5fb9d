package phifleet.webui.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import phifleet.webui.browser.Programs.Program;

/** The page of the index of images, against a worker that keeps one; photos and models are beside the checkout. Each test goes on from the last. */
@Tag("browser")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ImagesPageTest {
    private static final Path SHARED =
            Path.of("..", "..", "shared").toAbsolutePath().normalize();
    private static final List<String> PHOTOS =
            List.of("astronaut.jpg", "chelsea.jpg", "coffee.jpg", "dog_bike_truck.jpg");

    private static Programs programs;
    private static Program gateway;
    private static Browser browser;
    private static Path folder;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        assumeThat(SHARED.resolve("data/photos"))
                .as("photos beside the checkout")
                .isDirectory();
        Path work = Path.of(Objects.requireNonNull(System.getProperty("browser.folder")));
        folder = Files.createDirectories(work.resolve("images/photos"));
        for (String photo : PHOTOS) {
            Files.copy(SHARED.resolve("data/photos").resolve(photo), folder.resolve(photo));
        }
        Files.copy(
                folder.resolve("coffee.jpg"),
                Files.createDirectories(folder.resolve("again")).resolve("cup.jpg"));
        Files.writeString(folder.resolve("broken.jpg"), "no picture at all");
        Files.writeString(folder.resolve("notes.txt"), "nor this");
        Path models = Files.writeString(work.resolve("images/models.yaml"), """
                models:
                  - {id: detector, path: %s, task: detection, labels: coco-80}
                  - {id: encoder, path: %s, task: image-encoding}
                """.formatted(
                        SHARED.resolve("models/yolox_nano_640_v8head.onnx"),
                        SHARED.resolve("models/mobilenet_v2_pca512_256.onnx")));
        programs = new Programs(null);
        gateway = programs.gateway();
        programs.worker(
                "keeper",
                models,
                Map.of("PHI_INGEST_FOLDER", work.resolve("images/index").toString()));
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
        browser.open(gateway.url() + "#images");
        browser.awaitText(".page-images .lead", "near from");
    }

    private static String state(String name) {
        return browser.all(".ingest-table tbody tr").stream()
                .map(WebElement::getText)
                .filter(text -> text.contains(name))
                .findFirst()
                .orElse("no row of " + name);
    }

    @Test
    @Order(1)
    void folder_isSentFileByFile_andEachSaysWhatBecameOfIt() throws IOException {
        browser.find("#ingest-folder").sendKeys(folder.toString());
        browser.awaitText(".ingest-said", "6 images: 4 indexed, 1 duplicate, 1 failed.");
        browser.awaitText("[role=status]", "no images by their names: 1.");
        assertThat(state("astronaut.jpg")).contains("indexed");
        assertThat(state("broken.jpg")).contains("failed");
        assertThat(List.of(state("again/cup.jpg"), state("photos/coffee.jpg")))
                .anyMatch(text -> text.contains("duplicate") && text.contains("the same file is there"));
        browser.awaitText(".page-images .lead", "4 images");

        browser.click("#ingest-only");
        assertThat(browser.all(".ingest-table tbody tr")).hasSize(1);
        browser.button("Send the failed again").click();
        browser.awaitText(".ingest-said", "1 failed");
        browser.assertAccessible();
        for (String theme : List.of("dark", "light")) {
            browser.prefers(theme);
            browser.size(360, 740);
            browser.assertNoOverflow();
            browser.assertAccessible();
            browser.size(1280, 900);
        }
    }

    @Test
    @Order(2)
    void dropped_filesAreTaken_andTheSameAgainIsADuplicate() {
        browser.scriptThatEnds("""
                const done = arguments[arguments.length - 1];
                (async () => {
                  const canvas = new OffscreenCanvas(64, 64);
                  const context = canvas.getContext("2d");
                  context.fillStyle = "teal";
                  context.fillRect(0, 0, 64, 64);
                  const data = new DataTransfer();
                  const blob = await canvas.convertToBlob({ type: "image/png" });
                  data.items.add(new File([blob], "first.png", { type: "image/png" }));
                  data.items.add(new File([blob], "second.png", { type: "image/png" }));
                  document.querySelector(".drop").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
                })().then(() => done(null), (failure) => done(String(failure)));
                """);
        browser.awaitText(".ingest-said", "2 images: 1 indexed, 1 duplicate.");
    }

    @Test
    @Order(3)
    void nearDuplicates_areApartFromDuplicates_andSearchTellsThemApart() {
        // The same photo with other pixels: another file, nearly the same vector.
        browser.find("#search-image").sendKeys(folder.resolve("chelsea.jpg").toString());
        browser.find(".picture[src^=blob]");
        browser.scriptThatEnds("""
                const done = arguments[arguments.length - 1];
                (async () => {
                  const image = document.querySelector(".picture");
                  await image.decode();
                  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
                  canvas.getContext("2d").drawImage(image, 0, 0);
                  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.97 });
                  const data = new DataTransfer();
                  data.items.add(new File([blob], "cat-again.jpg", { type: "image/jpeg" }));
                  document.querySelector(".drop").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
                })().then(() => done(null), (failure) => done(String(failure)));
                """);
        browser.awaitText(".ingest-said", "1 image: 1 near.");
        assertThat(state("cat-again.jpg")).contains("indexed; nearly").contains("chelsea.jpg");

        browser.button("Search").click();
        browser.awaitText("[data-match=exact]", "chelsea.jpg");
        browser.awaitText("[data-match=near]", "cat-again.jpg");
        browser.awaitText("[data-match=similar]", "astronaut.jpg");
        assertThat(browser.find("[data-match=near]").getText()).doesNotContain("chelsea.jpg");
        browser.assertBarsAreTrue();

        browser.type("#search-score", "0.98" + Keys.ENTER);
        browser.awaitGone("[data-match=similar] li");
        browser.awaitText("[data-match=near]", "cat-again.jpg");
    }

    @Test
    @Order(4)
    void moreLikeThis_isFoundFromWhatWasFound_andNarrowedByLabelAndText() throws IOException {
        browser.button("By labels alone").click();
        browser.type("#search-labels", "dog" + Keys.ENTER);
        browser.awaitText("[data-match=labels]", "dog_bike_truck.jpg");
        assertThat(browser.all(".found-image")).hasSize(1);
        assertThat(browser.find(".found-boxes").getDomAttribute("aria-label")).contains("dog");
        browser.assertAccessible();

        browser.script("document.getElementById('search-labels').value = ''");
        browser.script(
                "[...document.querySelectorAll('.found-image button')].find((b) => b.textContent === 'More like this').click()");
        browser.awaitText(".liked", "dog_bike_truck.jpg");
        browser.awaitText("[data-match=similar]", "astronaut.jpg");

        browser.type("#search-named", "astro");
        browser.awaitText("[role=status]", "1 of ");
        assertThat(browser.all(".found-image").stream().filter(WebElement::isDisplayed))
                .hasSize(1);
        browser.awaitText(".snippet", "/search'");
    }

    @Test
    @Order(5)
    void words_whereTheEncoderKnowsNone_areRefusedInItsWords() {
        browser.button("By words").click();
        browser.type("#search-text", "a dog" + Keys.ENTER);
        browser.awaitText(".notice.bad", "encoder");
    }

    @Test
    @Order(6)
    void cancel_stopsWhatIsNotSent_andItIsSentAgainWhenAsked() {
        // Held up on their way, so that there is something to cancel.
        browser.scriptThatEnds("""
                const done = arguments[arguments.length - 1];
                const fetched = window.fetch;
                window.atOnce = 0;
                window.mostAtOnce = 0;
                window.held = true;
                window.fetch = async (url, options) => {
                  if (!String(url).includes("/ingest") || !held) {
                    return fetched(url, options);
                  }
                  mostAtOnce = Math.max(mostAtOnce, ++atOnce);
                  return new Promise((_, reject) => options.signal.addEventListener("abort", () => {
                    atOnce--;
                    reject(new DOMException("stopped", "AbortError"));
                  }));
                };
                (async () => {
                  const data = new DataTransfer();
                  for (let i = 0; i < 10; i++) {
                    const canvas = new OffscreenCanvas(32, 32 + i);
                    canvas.getContext("2d").fillRect(0, 0, i, 32);
                    data.items.add(new File([await canvas.convertToBlob({ type: "image/png" })], `held-${i}.png`, { type: "image/png" }));
                  }
                  document.querySelector(".drop").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
                })().then(() => done(null), (failure) => done(String(failure)));
                """);
        browser.awaitText(".ingest-said", "10 images: 6 queued, 4 sending.");
        // The list that came for what was dropped was wanted; nothing else moves.
        assertThat(browser.number("return seen.moved.filter((one) => !one.startsWith('stack ')).length"))
                .as("%s", browser.script("return seen.moved.join('; ')"))
                .isZero();
        browser.script("seen.shift = 0");
        browser.button("Cancel").click();
        browser.awaitText(".ingest-said", "10 images: 10 cancelled.");
        assertThat(browser.number("return mostAtOnce")).isEqualTo(4);
        browser.script("held = false");
        browser.button("Send the failed again").click();
        browser.awaitGone("[data-state=queued], [data-state=sending], [data-state=cancelled]");
        assertThat(browser.find(".ingest-said").getText())
                .startsWith("10 images: ")
                .doesNotContain("failed");
        browser.assertQuiet();
    }

    @Test
    @Order(7)
    void picture_namedByItsAddressElsewhere_isWhatIsSearchedBy() throws IOException {
        try (PictureHost host = new PictureHost(folder.resolve("chelsea.jpg"))) {
            browser.type("#search-image-address", host.url("/cat.jpg") + Keys.ENTER);
            browser.find(".picture[src^=blob]");
            browser.button("Search").click();
            browser.awaitText("[data-match=exact]", "chelsea.jpg");
        }
    }

    @Test
    @Order(8)
    void folder_isDroppedWhole_withTheFoldersInIt() throws IOException {
        Path dropped = Files.createDirectories(folder.resolveSibling("dropped"));
        Path deep = Files.createDirectories(dropped.resolve("of/more"));
        for (int i = 1; i <= 2; i++) {
            BufferedImage image = new BufferedImage(40 + i, 40, BufferedImage.TYPE_INT_RGB);
            image.setRGB(i, i, 0xFF8800);
            ImageIO.write(
                    image,
                    "png",
                    (i == 1 ? dropped : deep).resolve("plain-" + i + ".png").toFile());
        }
        Files.writeString(deep.resolve("notes.txt"), "no picture");
        browser.drop(".images-columns > section:first-child .drop", dropped);
        browser.awaitText(".ingest-said", "2 images: ");
        browser.awaitText("[role=status]", "no images by their names: 1.");
        browser.awaitGone("[data-state=queued], [data-state=sending]");
        assertThat(state("dropped/plain-1.png")).doesNotContain("failed", "no row");
        assertThat(state("dropped/of/more/plain-2.png")).doesNotContain("failed", "no row");
    }
}
