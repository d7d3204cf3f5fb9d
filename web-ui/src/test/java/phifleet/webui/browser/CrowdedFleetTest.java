package phifleet.webui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;
import phifleet.webui.browser.Programs.Program;

/** A fleet of two hundred workers, made up in the browser: what its gateway would say is said by a script. */
@Tag("browser")
class CrowdedFleetTest {
    /** Script work of one frame's update, in milliseconds: a frame at 60 Hz. */
    private static final double FRAME = 16;

    private static final String CROWD = """
            const real = window.fetch.bind(window);
            const models = ["all-minilm-l6-v2", "bge-small", "yolox", "clip"];
            const state = (i) => (i === 150 ? "ejected" : i === 77 ? "draining" : "ready");
            const worker = (i) => ({
              id: `worker-${i + 1}`, url: `http://10.0.0.${i + 1}:8000`, node: `rack-${i % 20 + 1}`, version: "0.1.0", device: i % 4 ? `cuda:${i % 8}` : "cpu", capacity: 256,
              models: [{ name: models[i % 4], aliases: [], kind: "sentence-encoder", version: "1" }], absent: [],
              state: state(i), state_reason: i === 150 ? "5 failures in a row" : null, state_seconds: 40,
              in_flight: Math.floor(Math.random() * 30), served: 1000 + Math.floor(Math.random() * 1e6), failed: 0, abandoned: 0,
              requests_per_second: Math.round(Math.random() * 900) / 10,
              latency_ms: { p50: Math.random() * 20, p90: 40, p99: 30 + Math.random() * 90, count: 500 },
              gpu: i % 4 ? { name: "NVIDIA H200", uuid: `GPU-${i}`, memory_total_bytes: 150e9, memory_used_bytes: Math.random() * 150e9,
                utilization_percent: Math.floor(Math.random() * 100), temperature_celsius: 60, power_watts: 400 } : null,
              queue: { depth: Math.floor(Math.random() * 50) }, resident_bytes: 3e8, readings_age_ms: 100,
            });
            const gateway = { id: "crowded", version: "0.1.0", started_at: "2026-11-29T12:00:00Z", workers: { ready: 198 }, expected_workers: 200,
              in_flight: 3000, served: 5e7, failed: 0, requests_per_second: 9000 };
            const count = 200;
            const event = (name, data) => `event: ${name}\\ndata: ${JSON.stringify(data)}\\n\\n`;
            const stream = () => new ReadableStream({
              start(to) {
                const text = new TextEncoder();
                const all = () => Array.from({ length: count }, (_, i) => worker(i));
                to.enqueue(text.encode(event("snapshot", { at: "2026-11-29T12:00:00Z", gateway, workers: all() })));
                this.timer = setInterval(() => to.enqueue(text.encode(all().map((one) => event("worker", one)).join("") + event("gateway", gateway))), 150);
              },
              cancel() { clearInterval(this.timer); },
            });
            const values = () => Array.from({ length: 61 }, () => Math.random() * 90);
            const course = (query) => ({
              metric: query.get("metric"), unit: "1/s", from: new Date(Date.now() - 900e3).toISOString(), to: new Date().toISOString(), step_seconds: 15,
              series: query.get("by") === "worker" ? Array.from({ length: count }, (_, i) => ({ worker: `worker-${i + 1}`, values: values() }))
                : query.get("by") === "model" ? models.map((model) => ({ model, values: values() })) : [{ values: values() }],
            });
            const json = (data) => Promise.resolve(new Response(JSON.stringify(data), { headers: { "Content-Type": "application/json" } }));
            window.fetch = (to, options) => {
              const url = new URL(to, location.href);
              if (url.pathname === "/fleet/events") return Promise.resolve(new Response(stream()));
              if (url.pathname === "/fleet/history/events") return json({ events: [] });
              if (url.pathname === "/fleet/history") return json(course(url.searchParams));
              return real(to, options);
            };
            window.frames_ = [];
            window.yardsticks = [];
            const yardstick = () => {
              const began = performance.now();
              let sum = 0;
              for (let i = 0; i < 3e6; i++) sum += Math.sqrt(i);
              yardsticks.push(sum > 0 ? performance.now() - began : 0);
            };
            setInterval(yardstick, 120);
            new PerformanceObserver((list) => list.getEntriesByName("fleet-frame").forEach((entry) => frames_.push(entry.duration)))
              .observe({ type: "measure" });
            """;

    private static Programs programs;
    private static Program gateway;
    private Browser browser;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        programs = new Programs(null);
        gateway = programs.gateway();
        programs.await(gateway, "fleet", "\"workers\"");
    }

    @AfterAll
    static void stop() {
        programs.close();
    }

    @BeforeEach
    void open() throws IOException {
        browser = new Browser();
        browser.beforeEachPage(CROWD);
        browser.open(gateway.url() + "#fleet");
        browser.awaitText(".worker-count", "200 workers");
    }

    @AfterEach
    void close() {
        browser.close();
    }

    /**
     * The median of the next so many updates, as a machine takes it that does nothing else: a piece of work that is always the same says how
     * much longer things take on this one.
     */
    private double median(int updates) throws InterruptedException {
        browser.script("frames_.length = 0; yardsticks.splice(0, 5);");
        for (int i = 0; i < 400 && browser.number("return frames_.length") < updates; i++) {
            Thread.sleep(100);
        }
        double median = browser.number("return [...frames_].sort((a, b) => a - b)[Math.floor(frames_.length / 2)]");
        double busy = browser.number("""
                const sorted = [...yardsticks].sort((a, b) => a - b);
                return sorted[Math.floor(sorted.length / 2)] / sorted[0];
                """);
        System.out.println("a frame's work with 200 workers: " + median + " ms, where all takes " + busy
                + " times as long as it might");
        return median / busy;
    }

    @Test
    void cards_areUpdatedWithinAFrame() throws InterruptedException, IOException {
        browser.button("Cards").click();
        browser.find(".workers [data-worker=worker-1]");
        assertThat(browser.all(".workers > li")).hasSize(200);
        assertThat(median(80)).isLessThan(FRAME);
        browser.picture("fleet-200-cards");
        browser.assertNoOverflow();
    }

    @Test
    void table_isUpdatedWithinAFrame_andTroubleComesFirst() throws InterruptedException, IOException {
        assertThat(browser.all(".worker-table tbody tr")).hasSize(200);
        assertThat(browser.find(".worker-table tbody tr:nth-child(1)").getText())
                .contains("worker-151", "passed over");
        assertThat(browser.find(".worker-table tbody tr:nth-child(2)").getText())
                .contains("worker-78", "draining");
        assertThat(median(80)).isLessThan(FRAME);
        browser.picture("fleet-200-table");

        browser.script("""
                const choose = (label, value) => {
                  const select = document.querySelector(`select[aria-label=${label}]`);
                  select.value = value;
                  select.dispatchEvent(new Event("change"));
                };
                choose("Model", "yolox");
                choose("Node", "rack-3");
                """);
        browser.awaitText(".worker-count", "10 of 200 workers");
        browser.script("document.querySelector('select[aria-label=State]').value = 'ejected';"
                + "document.querySelector('select[aria-label=State]').dispatchEvent(new Event('change'))");
        browser.awaitText(".worker-count", "0 of 200 workers");
        browser.button("Show all").click();
        browser.awaitText(".worker-count", "200 workers");
        // What a bar that stays covers meanwhile is no smaller for it.
        browser.script("window.scrollTo(0, 0)");
        browser.assertAccessible();
    }

    @Test
    void workerWithAGpu_hasItsCharts() throws IOException {
        browser.script("location.hash = '#fleet/worker/worker-2'");
        browser.find(".worker-page .chart-frame canvas");
        assertThat(browser.all(".worker-page .chart:not([hidden]) .chart-title"))
                .extracting(WebElement::getText)
                .endsWith("GPU in use", "GPU memory", "GPU temperature", "GPU power");
        browser.awaitText(".worker-page .chart:last-child .chart-now", " W");
        browser.assertAccessible();
        browser.script("location.hash = '#fleet/worker/worker-1'");
        browser.awaitText("h1", "worker-1");
        browser.find(".worker-page .chart-frame canvas");
        assertThat(browser.all(".worker-page .chart:not([hidden])")).hasSize(7);
    }

    @Test
    void everyWidthAndTheme_fits() throws IOException {
        for (String theme : new String[] {"light", "dark"}) {
            browser.prefers(theme);
            for (int width : new int[] {390, 1440}) {
                browser.size(width, 900);
                browser.find(".worker-table tbody tr");
                browser.assertNoOverflow();
                browser.picture("fleet-200-" + theme + "-" + width);
            }
        }
    }
}
