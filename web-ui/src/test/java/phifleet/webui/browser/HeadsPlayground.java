package phifleet.webui.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import phifleet.webui.browser.Programs.Program;

/** The playground of a fleet with tiny models of shared/models/heads, in a browser; what it draws is held against what the API answers. */
final class HeadsPlayground implements AutoCloseable {
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

    private final Programs programs;
    private final Program gateway;
    private final Browser browser;

    private HeadsPlayground(Programs programs, Program gateway, Browser browser) {
        this.programs = programs;
        this.gateway = gateway;
        this.browser = browser;
    }

    static HeadsPlayground start() throws IOException, InterruptedException {
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
        Programs programs = new Programs(null);
        try {
            Program gateway = programs.gateway();
            programs.worker("worker-1", list);
            programs.await(gateway, "fleet", "\"ready\":1");
            return new HeadsPlayground(programs, gateway, new Browser());
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            programs.close();
            throw e;
        }
    }

    Browser browser() {
        return browser;
    }

    String url() {
        return gateway.url();
    }

    /** As wide as most, and light, whatever the last test left. */
    void usual() {
        browser.size(1280, 900);
        browser.prefers("light");
        browser.touches(false);
    }

    void choose(String model) {
        browser.open(gateway.url() + "#playground");
        browser.find("#model option");
        // As by the keyboard: what moves then was wanted.
        browser.find("#model").sendKeys(model);
        assertThat(browser.script("return document.getElementById('model').value"))
                .isEqualTo(model);
    }

    /** Runs a script with the functions of {@link #COMPARE}; fails where it throws, and where the page is not as it should be. */
    void compare(String script, Object... arguments) {
        browser.scriptThatEnds(COMPARE.replace("COMPARISON", script), arguments);
        browser.assertBarsAreTrue();
        browser.assertQuiet();
    }

    static Path picture() {
        return Path.of("..", "..", "shared", "data", "photos", "chelsea.jpg")
                .toAbsolutePath()
                .normalize();
    }

    @Override
    public void close() {
        browser.close();
        programs.close();
    }
}
