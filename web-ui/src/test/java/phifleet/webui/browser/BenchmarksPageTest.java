package phifleet.webui.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.webui.browser.Programs.Program;

/** Result files of {@code scripts/benchmark}, opened in the page alone. */
@Tag("browser")
class BenchmarksPageTest {
    private static Programs programs;
    private static Program gateway;

    @TempDir
    Path folder;

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

    private Path result(String framework, double texts, String fault) throws IOException {
        return Files.writeString(folder.resolve(framework + ".json"), """
                {"framework": "%1$s", "model": "all-minilm-l6-v2", "system_info": {"cpu": "a CPU", "cores": 2, "memory_gb": 23.5},
                 "model_load_time_ms": 282.3, "peak_memory_mb": 216.8, "threads": "2x1",
                 "scenarios": {"mixed_alone": {"concurrency": 1, "num_requests": 10, "batch_size": 1, "texts_per_second": %2$s,
                    "latency_ms": {"mean": 12, "p50": 10.02, "p95": 23.5, "p99": 46.76, "p999": 64.9}, "cpu_seconds_per_1000_texts": 11.86}},
                 "rounds": [
                   {"scenario": "mixed_alone", "round": 1, "plan": "p", "load": "1 text a request, closed loop", "texts_per_second": %2$s, "faults": []},
                   {"scenario": "mixed_alone", "round": 2, "plan": "p", "load": "1 text a request, closed loop", "texts_per_second": 99, "faults": [],
                    "others_cpu_share": 0.25},
                   {"scenario": "mixed_alone", "round": 3, "plan": "p", "faults": [%3$s]}]}
                """.formatted(framework, texts, fault));
    }

    @Test
    void files_areShownAsTheirReport_andSentNowhere() throws IOException {
        Path slow = result("slow-one", 80.5, "\"it lost <b>3</b> requests\"");
        Path fast = result("fast-one", 160.25, "");
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"framework\": ");
        Path other = Files.writeString(folder.resolve("other.json"), "{\"framework\": \"x\", \"model\": \"m\"}");
        try (Browser browser = new Browser()) {
            browser.open(gateway.url() + "#benchmarks");
            browser.find("#result-files")
                    .sendKeys(String.join("\n", slow.toString(), fast.toString(), broken.toString(), other.toString()));

            browser.awaitText(".stack", "Measured on a CPU, 2 cores, 23.5 GB.");
            browser.awaitText("[aria-label='Scenario mixed_alone'] tbody tr:nth-child(1)", "fast-one");
            browser.awaitText("[aria-label='Scenario mixed_alone'] tbody tr:nth-child(1)", "160.3 (99 to 160.3)");
            browser.awaitText("[aria-label='Scenario mixed_alone'] tbody tr:nth-child(2)", "46.76 ms");
            browser.awaitText(".stack", "slow-one, mixed_alone, round 3 is left out: it lost <b>3</b> requests");
            browser.awaitText(".stack", "fast-one, mixed_alone, round 2: other programs took 25 % of the machine");
            browser.awaitText("[role=status]", "broken.json: is no JSON.");
            browser.awaitText("[role=status]", "other.json: is no result of scripts/benchmark: it has no `scenarios`.");
            browser.assertBarsAreTrue();
            browser.assertAccessible();
            browser.assertQuiet();
            browser.picture("benchmarks-report");
            for (int width : new int[] {360, 2560}) {
                browser.size(width, 900);
                browser.assertNoOverflow();
            }
            assertThat(browser.number("""
                    return performance.getEntriesByType("resource").filter((e) => !/\\/(assets\\/|health|fleet)/.test(e.name)).length
                    """)).isZero();

            browser.button("Put all away").click();
            browser.awaitGone("[aria-label='Scenario mixed_alone']");
        }
    }
}
