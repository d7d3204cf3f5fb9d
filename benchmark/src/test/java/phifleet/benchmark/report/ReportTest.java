package phifleet.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @TempDir
    private Path folder;

    private Path result(String name, String plan, double othersShare, double... paces) throws IOException {
        return WrittenResult.in(folder, name, plan, othersShare, paces);
    }

    @Test
    void compare_slowerBeyondNoise_isARegression() throws Exception {
        Path before = result("before", "p", 0, 100, 101, 99);

        assertThat(Reports.compare(before, result("after", "p", 0, 80, 81, 79))).isEqualTo(4);
        assertThat(Reports.compare(result("after", "p", 0, 80, 81, 79), before)).isZero();
    }

    @Test
    void compare_slowerWithinNoise_isNone() throws Exception {
        assertThat(Reports.compare(result("before", "p", 0, 60, 100, 140), result("after", "p", 0, 50, 95, 140)))
                .isZero();
    }

    @Test
    void compare_otherLoad_isNotCompared() throws Exception {
        Comparison comparison = Comparison.of(
                Result.read(result("before", "p", 0, 100, 101)), Result.read(result("after", "q", 0, 10, 11)));

        assertThat(comparison.regressions()).isZero();
        assertThat(comparison.lines()).anyMatch(line -> line.contains("not comparable"));
    }

    @Test
    void compare_nothingValidAnyMore_isARegression() throws Exception {
        Comparison comparison =
                Comparison.of(Result.read(result("before", "p", 0, 100, 101)), Result.read(result("after", "p", 0)));

        assertThat(comparison.regressions()).isEqualTo(1);
    }

    @Test
    void markdown_fastestFirst_withCostAndWhatCannotBeCompared() throws Exception {
        result("slow", "p", 0.4, 50, 52);
        result("fast", "p", 0, 100, 102, 104);

        String markdown = Markdown.of(Report.read(folder), OptionalDouble.of(0.36));

        assertThat(markdown).contains("## s: 4 connections, 1 text");
        assertThat(markdown.indexOf("| fast | 102.0 (")).isBetween(0, markdown.indexOf("| slow | 51.0 ("));
        assertThat(markdown)
                .contains("| 19.61 | 3 | 0.980 |")
                .contains("s: frameworks have different numbers of valid rounds")
                .contains("slow, s, round 1: other programs took 40 % of the machine");
    }

    @Test
    void html_hasItsChartsWithinAndAsksNobody() throws Exception {
        result("odd & <odd>", "p", 0, 50, 52);
        Reports.write(folder, OptionalDouble.empty());

        String html = Files.readString(folder.resolve("report.html"));

        assertThat(html).contains("uPlot=").contains("odd &amp; &lt;odd&gt;").doesNotContain("<odd>");
        assertThat(html).doesNotContain("<script src").doesNotContain("<link").doesNotContain("@import");
        assertThat(html).doesNotContain("/*data*/").doesNotContain("<!--");
    }

    @Test
    void report_validatedPairs_areInBothForms() throws Exception {
        result("fast", "p", 0, 50, 52);
        Files.writeString(
                folder.resolve("validation.json"),
                "{\"texts\":1000,\"pairs\":[{\"one\":\"a\",\"other\":\"b\",\"max_difference\":2.5e-7,\"min_cosine\":0.9999991}]}");
        Reports.write(folder, OptionalDouble.empty());

        assertThat(Files.readString(folder.resolve("report.md")))
                .contains("1000 texts pairwise")
                .contains("| a | b | 2.50e-07 | 0.9999991 |");
        assertThat(Files.readString(folder.resolve("report.html")))
                .contains("<td>a</td><td>b</td><td>2.50e-07</td><td>0.9999991</td>");
    }

    @Test
    void html_hasACurveAFrameworkAndItsIntervals() throws Exception {
        result("fast", "p", 0, 100, 102, 104);
        result("slow", "p", 0, 50, 52);
        Reports.write(folder, OptionalDouble.of(0.36));

        String html = Files.readString(folder.resolve("report.html"));

        assertThat(html)
                .contains("{\"load\":\"1 text\",\"name\":\"fast\",\"x\":[102.0]")
                .contains("{\"load\":\"1 text\",\"name\":\"slow\",\"x\":[51.0]")
                .contains("<td>102.0 (100.0 to 104.0)</td>")
                .contains("<th>cost of a million</th>");
    }

    @Test
    void markdown_clientWasTheLimit_leftOutAndSaid() throws Exception {
        Path file = result("fast", "p", 0, 100, 102);
        Files.writeString(
                file,
                Files.readString(file).replaceFirst("\"client_awaiting_share\":1", "\"client_awaiting_share\":0.5"));

        String markdown = Markdown.of(Report.read(folder), OptionalDouble.empty());

        assertThat(markdown)
                .contains("fast, s, round 1 is left out: the client's connections were idle 50 % of the time")
                .contains("| fast | 102.0 |");
    }

    @Test
    void markdown_runsElsewhere_whatCannotBeKnownIsNotZero() throws Exception {
        Path file = result("far", "p", 0, 100, 102);
        Files.writeString(
                file,
                Files.readString(file)
                        .replaceAll("\"cpu_s\":[0-9.]+,", "")
                        .replace("\"model_load_time_ms\":500", "\"model_load_time_ms\":null")
                        .replace("\"peak_memory_mb\":200", "\"peak_memory_mb\":null"));

        String markdown = Markdown.of(Report.read(folder), OptionalDouble.empty());

        assertThat(markdown)
                .contains("| far | its own | ? | ? |")
                .contains("far was measured by its address")
                .doesNotContain("Nothing of what is looked for");
    }
}
