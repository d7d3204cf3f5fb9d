package phifleet.webui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.Rectangle;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Chromium without a window, and what the tests ask of it. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** Says at each step that it has no classes for the newest Chromium's debugging protocol; none are used here. */
    private static final Logger DEVTOOLS = Logger.getLogger("org.openqa.selenium.devtools");

    static {
        DEVTOOLS.setLevel(Level.SEVERE);
    }

    /** Counts what moved without anybody having done anything, and what the policy refused, from the first moment on. */
    private static final String OBSERVERS = """
            window.seen = { shift: 0, moved: [], refused: [] };
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries()) {
                if (!entry.hadRecentInput) {
                  seen.shift += entry.value;
                  seen.moved.push(...entry.sources.map((s) =>
                    `${s.node?.className || s.node?.nodeName} from ${s.previousRect.y} to ${s.currentRect.y}: ${entry.value}`));
                }
              }
            }).observe({ type: "layout-shift", buffered: true });
            document.addEventListener("securitypolicyviolation", (event) =>
              seen.refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
            """;

    private final Path folder = Path.of(Objects.requireNonNull(System.getProperty("browser.folder")));
    private final ChromeDriver driver;
    private final Path profile;
    private final List<String> errors = new ArrayList<>();

    /** @param more of the browser's own options, as {@code --use-fake-device-for-media-stream} */
    Browser(String... more) throws IOException {
        profile = Files.createTempDirectory("phi-browser");
        LoggingPreferences logging = new LoggingPreferences();
        logging.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(Objects.requireNonNull(System.getProperty("browser.binary")));
        options.setCapability("goog:loggingPrefs", logging);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--force-color-profile=srgb",
                "--user-data-dir=" + profile);
        options.addArguments(more);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File(Objects.requireNonNull(System.getProperty("browser.driver"))))
                .usingAnyFreePort()
                .build();
        driver = new ChromeDriver(service, options);
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", OBSERVERS));
        size(1280, 900);
    }

    /** Runs a script in every page from now on, before its own. */
    void beforeEachPage(String script) {
        driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    }

    /** Whatever an address is like, with * for any characters, cannot be had from now on. */
    void block(String address) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(address)));
    }

    void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** As the system of whoever looks is set. */
    void prefers(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** As where fingers point instead of a mouse. */
    void touches(boolean touched) {
        driver.executeCdpCommand("Emulation.setTouchEmulationEnabled", Map.of("enabled", touched));
    }

    /** Loads a page anew, also where only the part behind # differs. */
    void open(String url) {
        driver.get("about:blank");
        driver.get(url);
    }

    String address() {
        return Objects.requireNonNull(driver.getCurrentUrl());
    }

    void reload() {
        driver.navigate().refresh();
    }

    WebElement find(String css) {
        return waiting("there is no " + css, () -> {
            List<WebElement> found = driver.findElements(By.cssSelector(css));
            return found.isEmpty() || !found.getFirst().isDisplayed() ? null : found.getFirst();
        });
    }

    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    WebElement button(String text) {
        return waiting(
                "there is no button " + text,
                () -> driver.findElements(By.tagName("button")).stream()
                        .filter(button ->
                                button.isDisplayed() && button.getText().strip().equals(text))
                        .findFirst()
                        .orElse(null));
    }

    /** Drops a file or a folder of this machine onto an element, as a hand does. */
    void drop(String css, Path path) {
        Rectangle place = find(css).getRect();
        double top = place.getY() - number("return window.scrollY");
        for (String step : List.of("dragEnter", "dragOver", "drop")) {
            driver.executeCdpCommand(
                    "Input.dispatchDragEvent",
                    Map.of(
                            "type",
                            step,
                            "x",
                            place.getX() + place.getWidth() / 2.0,
                            "y",
                            top + place.getHeight() / 2.0,
                            "data",
                            Map.of("items", List.of(), "files", List.of(path.toString()), "dragOperationsMask", 1)));
        }
    }

    void click(String css) {
        find(css).click();
    }

    /** Puts a text in place of what is there, as by the keyboard. */
    void type(String css, String text) {
        WebElement field = find(css);
        field.click();
        field.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        field.sendKeys(text);
    }

    /** Presses keys wherever the focus is. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    void selectAll() {
        new Actions(driver)
                .keyDown(Keys.CONTROL)
                .sendKeys("a")
                .keyUp(Keys.CONTROL)
                .perform();
    }

    String focused() {
        return String.valueOf(script("const e = document.activeElement; return e.id || e.textContent.trim();"));
    }

    void awaitText(String css, String text) {
        waiting(css + " does not come to say “" + text + "”", () -> {
            List<WebElement> found = driver.findElements(By.cssSelector(css));
            return found.stream().anyMatch(element -> element.getText().contains(text)) ? Boolean.TRUE : null;
        });
    }

    /** Waits for what a script says to be true. */
    void awaitTrue(String source) {
        waiting(
                source + " does not come true",
                () -> Boolean.TRUE.equals(driver.executeScript(source)) ? Boolean.TRUE : null);
    }

    void awaitGone(String css) {
        waiting(css + " does not go", () -> all(css).isEmpty() ? Boolean.TRUE : null);
    }

    private <T> T waiting(
            String otherwise, java.util.function.Supplier<@org.jspecify.annotations.Nullable T> condition) {
        return new WebDriverWait(driver, PATIENCE, Duration.ofMillis(50))
                .ignoring(StaleElementReferenceException.class)
                .withMessage(() -> otherwise + "; at " + driver.getCurrentUrl() + " is: "
                        + driver.findElement(By.tagName("body")).getText())
                .until(any -> condition.get());
    }

    @org.jspecify.annotations.Nullable
    Object script(String source, Object... arguments) {
        return driver.executeScript(source, arguments);
    }

    /** Runs a script that calls its last argument with null, or with what went wrong. */
    void scriptThatEnds(String source, Object... arguments) {
        Object failure = driver.executeAsyncScript(source, arguments);
        assertThat(failure).isNull();
    }

    /** Whether pages loaded from now on are free of their own policy. */
    void ignorePolicy(boolean ignored) {
        driver.executeCdpCommand("Page.setBypassCSP", Map.of("enabled", ignored));
    }

    /** What an element looks like, as the text of a PNG. */
    String pictureOf(String css) {
        return find(css).getScreenshotAs(OutputType.BASE64);
    }

    double number(String source) {
        return ((Number) Objects.requireNonNull(script(source))).doubleValue();
    }

    /** Nothing moved by itself, nothing was refused by the policy, nothing failed. */
    void assertQuiet() {
        assertThat(number("return seen.shift"))
                .as("layout shift: %s", script("return seen.moved.join('; ')"))
                .isLessThan(0.01);
        assertThat((List<?>) Objects.requireNonNull(script("return seen.refused")))
                .isEmpty();
        assertThat(problems(false)).isEmpty();
    }

    /** What the console holds since the last call; what the browser itself logs of failed requests only if asked. */
    List<String> problems(boolean ofNetwork) {
        List<String> problems = new ArrayList<>();
        for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
            boolean network = entry.getMessage().contains("Failed to load resource")
                    || entry.getMessage().contains("net::ERR_")
                    // Of the frame that has no origin, which asks hosts that a person names.
                    || entry.getMessage().contains("from origin 'null' has been blocked by CORS policy");
            // What axe does to see colours; no page reads a canvas.
            boolean ofAxe = entry.getMessage().contains("Canvas2D: Multiple readback operations");
            if (entry.getLevel().intValue() >= Level.WARNING.intValue() && !ofAxe && (ofNetwork || !network)) {
                problems.add(entry.toString());
            }
            if (entry.getLevel().intValue() >= Level.SEVERE.intValue() && !network) {
                errors.add(entry.toString());
            }
        }
        return problems;
    }

    /** The page fits into the width; what scrolls inside of it is no matter. */
    void assertNoOverflow() {
        assertThat(number("return document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("overflow at %s: %s", address(), script("""
                        const width = document.documentElement.clientWidth;
                        const scrolls = (e) => e && (getComputedStyle(e).overflowX !== "visible" || scrolls(e.parentElement));
                        return [...document.querySelectorAll("body *")]
                          .filter((e) => e.getBoundingClientRect().right > width + 1 && !scrolls(e.parentElement))
                          .slice(0, 8).map((e) => `${e.tagName}.${e.className}`).join(" ");
                        """))
                .isLessThanOrEqualTo(0);
    }

    /** No rule of WCAG 2.2 A and AA that axe can check is broken. */
    void assertAccessible() throws IOException {
        if (!Boolean.TRUE.equals(script("return typeof axe === 'object'"))) {
            script(axe());
        }
        Object violations = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })
                  .then((result) => done(result.violations.map((v) =>
                    `${v.id}: ${v.help} | ` + v.nodes.slice(0, 4).map((n) => n.html.slice(0, 160) + " " + n.failureSummary).join(" || "))))
                  .catch((failure) => done([String(failure)]));
                """);
        assertThat((List<?>) violations).as(address()).isEmpty();
    }

    private static String axe() throws IOException {
        try (InputStream in = Objects.requireNonNull(Browser.class.getResourceAsStream(
                "/META-INF/resources/webjars/axe-core/" + System.getProperty("axe.version") + "/axe.min.js"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Keeps a picture of the whole page. */
    void picture(String name) throws IOException {
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        Files.write(pictures.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    }

    /** Each bar is as long as what it stands for, within a pixel. */
    void assertBarsAreTrue() {
        assertThat((List<?>) Objects.requireNonNull(script("""
                        return [...document.querySelectorAll(".meter")].map((bar) => {
                          const whole = bar.getBoundingClientRect().width;
                          const part = bar.firstElementChild.getBoundingClientRect().width;
                          const wanted = Number(bar.dataset.share) * whole;
                          return Math.abs(part - wanted) > 1 ? `${bar.ariaLabel}: ${part} of ${whole}, not ${wanted}` : null;
                        }).filter(Boolean);
                        """))).isEmpty();
    }

    /** Ends the browser; fails where any page that it showed had an error or broke the policy, asked for by a test or not. */
    @Override
    public void close() {
        problems(false);
        driver.quit();
        try (var files = Files.walk(profile)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        assertThat(errors).as("errors in the console").isEmpty();
    }
}
