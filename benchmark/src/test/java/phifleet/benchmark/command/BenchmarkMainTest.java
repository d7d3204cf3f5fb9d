package phifleet.benchmark.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.benchmark.report.WrittenResult;

class BenchmarkMainTest {
    @TempDir
    private Path folder;

    private String result(String name, double... paces) throws Exception {
        return WrittenResult.in(folder, name, "p", 0, paces).toString();
    }

    @Test
    void compare_worseBeyondNoise_exitCode1() throws Exception {
        String before = result("before", 100, 101, 99);
        String after = result("after", 80, 81, 79);

        assertThat(BenchmarkMain.exitCode("compare", before, after)).isEqualTo(1);
        assertThat(BenchmarkMain.exitCode("compare", after, before)).isZero();
        assertThat(BenchmarkMain.exitCode("compare", before, before)).isZero();
    }

    private static JsonNode printed(String... arguments) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            BenchmarkMain.exitCode(arguments);
        } finally {
            System.setOut(before);
        }
        return new JsonMapper().readTree(out.toString(StandardCharsets.UTF_8));
    }

    @Test
    void compare_json_isAllThatIsPrinted() throws Exception {
        JsonNode answer = printed("compare", result("before", 100, 101, 99), result("after", 80, 81, 79), "--json");

        assertThat(answer.path("regressions").asInt()).isEqualTo(4);
        assertThat(answer.at("/changes/0/scenario").asText()).isEqualTo("s");
        assertThat(answer.at("/changes/0/figure").asText()).isEqualTo("texts/s");
        assertThat(answer.at("/changes/0/regression").asBoolean()).isTrue();
        assertThat(answer.at("/changes/0/ratio/mean").asDouble()).isCloseTo(0.8, within(1e-9));
        assertThat(answer.at("/changes/0/ratio/low").asDouble()).isBetween(0.7, 0.8);
        assertThat(answer.path("remarks")).isEmpty();
    }

    @Test
    void report_json_hasTheRowsOfTheTables_andLeavesOutWhatIsNotKnown() throws Exception {
        result("fast", 100, 102, 104);
        result("slow", 50);

        JsonNode answer = printed("report", folder.toString(), "--price-per-hour", "0.36", "--json");

        assertThat(answer.path("model").asText()).isEqualTo("m");
        assertThat(answer.path("frameworks").findValuesAsText("framework")).containsExactly("fast", "slow");
        assertThat(answer.at("/frameworks/0/peak_memory_mb").asDouble()).isEqualTo(200);
        JsonNode rows = answer.at("/scenarios/0/frameworks");
        assertThat(rows.findValuesAsText("framework")).containsExactly("fast", "slow");
        assertThat(rows.at("/0/texts_per_second/mean").asDouble()).isCloseTo(102, within(1e-9));
        assertThat(rows.at("/0/texts_per_second/high").asDouble()).isCloseTo(104, within(1e-9));
        assertThat(rows.at("/0/cost_per_million").asDouble()).isCloseTo(0.98, within(0.01));
        assertThat(rows.at("/1/texts_per_second").has("low")).isFalse();
        assertThat(rows.at("/1/rounds").asInt()).isEqualTo(1);
        assertThat(answer.path("not_comparable").toString()).contains("different numbers of valid rounds");
        assertThat(folder.resolve("report.md")).exists();
    }

    @Test
    void compare_worseWithinNoise_exitCode0() throws Exception {
        assertThat(BenchmarkMain.exitCode("compare", result("before", 60, 100, 140), result("after", 50, 95, 140)))
                .isZero();
    }

    @Test
    void exitCode_wrongCommandLine_2() throws Exception {
        assertThat(BenchmarkMain.exitCode()).isEqualTo(2);
        assertThat(BenchmarkMain.exitCode("measure")).isEqualTo(2);
        assertThat(BenchmarkMain.exitCode("compare", result("one", 1))).isEqualTo(2);
        assertThat(BenchmarkMain.exitCode("report", folder.toString(), "--price-per-hour", "-1"))
                .isEqualTo(2);
    }

    @Test
    void exitCode_fileThatIsNotThere_1() throws Exception {
        String missing = folder.resolve("none.json").toString();

        assertThat(BenchmarkMain.exitCode("compare", missing, missing)).isEqualTo(1);
    }

    @Test
    void exitCode_wrongSettings_2() throws Exception {
        Path config = folder.resolve("benchmark.yaml");
        Files.writeString(config, "rounds: 0\n");
        String place = folder.toString();

        assertThat(BenchmarkMain.exitCode(
                        "run",
                        "--config",
                        config.toString(),
                        "--root",
                        place,
                        "--models",
                        place,
                        "--results",
                        place,
                        "--logs",
                        place))
                .isEqualTo(2);
    }
}
