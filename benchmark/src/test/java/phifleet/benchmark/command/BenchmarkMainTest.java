package phifleet.benchmark.command;

import static org.assertj.core.api.Assertions.assertThat;

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
