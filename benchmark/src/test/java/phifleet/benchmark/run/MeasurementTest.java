package phifleet.benchmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementTest {
    @TempDir
    private Path folder;

    private static Measurement measured(int round, long lost, long... nanos) {
        return measured(new Slot(round, "f", "s"), lost, nanos);
    }

    static Measurement measured(Slot slot, long lost, long... nanos) {
        return measured(slot, lost, new ClientCost(0.01, 0.99, 0.2), nanos);
    }

    private static Measurement measured(Slot slot, long lost, ClientCost client, long... nanos) {
        Histogram latency = new Histogram(3);
        latency.setAutoResize(true);
        for (long one : nanos) {
            latency.recordValue(one);
        }
        return new Measurement(
                slot,
                "plan",
                700,
                "2x1",
                "8 texts",
                4,
                8,
                0.5,
                nanos.length,
                latency,
                OptionalDouble.of(0.75),
                64L << 20,
                lost,
                0,
                client,
                OptionalDouble.of(0.05),
                List.of());
    }

    @Test
    void json_thereAndBack_same() throws Exception {
        Measurement one = measured(2, 1, 1_000_000, 2_000_000);

        assertThat(MeasurementJson.read(MeasurementJson.write(one))).isEqualTo(one);
    }

    @Test
    void textsPerSecond_batches_countTexts() {
        assertThat(measured(1, 0, 1, 2, 3).textsPerSecond()).isEqualTo(48);
    }

    @Test
    void runLog_reopenedAfterACut_hasWhatWasWhole() throws Exception {
        Path file = folder.resolve("log.jsonl");
        RunLog log = RunLog.open(file);
        log.add(measured(1, 0, 5));
        Files.writeString(file, "\n{\"framework\":\"f\",\"sce", StandardOpenOption.APPEND);

        RunLog again = RunLog.open(file);
        again.add(measured(2, 0, 5));

        assertThat(again.has(new Slot(1, "f", "s"), "plan")).isTrue();
        assertThat(again.has(new Slot(1, "f", "s"), "other")).isFalse();
        assertThat(RunLog.open(file).byFramework(Map.of("s", "plan")).get("f")).hasSize(2);
    }

    @Test
    void resultFile_clientWasTheLimit_markedInvalidAndNotCounted() throws Exception {
        Measurement limited =
                measured(new Slot(1, "f", "s"), 0, new ClientCost(0.4, 0.99, 0.2), 1_000_000, 1_000_000, 1_000_000);

        new ResultFile(folder, "m")
                .write(
                        "f",
                        List.of(limited, measured(2, 0, 2_000_000)),
                        MissingNode.getInstance(),
                        new SystemInfo("a CPU", 2, 23.5),
                        List.of("s"));

        JsonNode json = new JsonMapper().readTree(folder.resolve("f.json").toFile());
        assertThat(json.path("rounds").path(0).path("valid").asBoolean(true)).isFalse();
        assertThat(json.path("rounds").path(0).path("faults").path(0).asText())
                .isEqualTo("the client took 40 % of the machine");
        assertThat(json.path("rounds").path(1).path("valid").asBoolean(false)).isTrue();
        assertThat(json.path("scenarios").path("s").path("num_requests").asInt())
                .isEqualTo(1);
    }

    @Test
    void resultFile_firstDesignsFormat_andLog() throws Exception {
        new ResultFile(folder, "m")
                .write(
                        "f",
                        List.of(
                                measured(1, 0, 1_000_000, 3_000_000),
                                measured(2, 0, 2_000_000, 2_000_000),
                                measured(3, 9, 90_000_000)),
                        MissingNode.getInstance(),
                        new SystemInfo("a CPU", 2, 23.5),
                        List.of("s", "never run"));

        JsonNode json = new JsonMapper().readTree(folder.resolve("f.json").toFile());
        assertThat(json.path("framework").asText()).isEqualTo("f");
        assertThat(json.path("model").asText()).isEqualTo("m");
        assertThat(json.path("timestamp").asText()).isNotEmpty();
        assertThat(json.path("system_info").toString()).isEqualTo("{\"cpu\":\"a CPU\",\"cores\":2,\"memory_gb\":23.5}");
        assertThat(json.path("model_load_time_ms").asDouble()).isEqualTo(700);
        assertThat(json.path("peak_memory_mb").asDouble()).isEqualTo(64);
        assertThat(json.path("scenarios").size()).isEqualTo(1);
        JsonNode scenario = json.path("scenarios").path("s");
        assertThat(scenario.path("concurrency").asInt()).isEqualTo(4);
        assertThat(scenario.path("num_requests").asInt()).isEqualTo(4);
        assertThat(scenario.path("latency_ms").fieldNames())
                .toIterable()
                .containsExactly("mean", "p50", "p95", "p99", "p999");
        assertThat(scenario.path("latency_ms").path("p50").asDouble()).isBetween(1.9, 2.1);
        assertThat(scenario.path("throughput_qps").asDouble()).isEqualTo(4);
        assertThat(scenario.path("cpu_utilization_pct").asDouble()).isEqualTo(150);
        assertThat(json.path("rounds").path(2).path("valid").asBoolean(true)).isFalse();
        assertThat(json.path("rounds").path(2).path("faults").toString()).contains("9 requests were lost");
        HistogramLogReader reader =
                new HistogramLogReader(folder.resolve("f.hlog").toFile());
        assertThat(reader.nextIntervalHistogram()).satisfies(histogram -> {
            assertThat(histogram.getTag()).isEqualTo("s");
            assertThat(((Histogram) histogram).getTotalCount()).isEqualTo(4);
        });
    }
}
