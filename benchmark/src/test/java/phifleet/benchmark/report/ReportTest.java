package phifleet.benchmark.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder;

    /** A file of results: a scenario in as many rounds as there are paces, in texts a second. */
    private Path result(String name, String plan, double othersShare, double... paces) throws IOException {
        ObjectNode json = JSON.createObjectNode()
                .put("framework", name)
                .put("model", "m")
                .put("model_load_time_ms", 500)
                .put("peak_memory_mb", 200);
        json.putObject("system_info").put("cpu", "c").put("cores", 2).put("memory_gb", 8);
        for (int i = 0; i < paces.length; i++) {
            ObjectNode round = json.withArray("rounds").addObject();
            round.put("framework", name)
                    .put("scenario", "s")
                    .put("round", i + 1)
                    .put("plan", plan);
            round.put("load", "1 text").put("concurrency", 4).put("batch_size", 1);
            round.put("elapsed_s", 1000 / paces[i]).put("requests", 1000).put("cpu_s", 2000 / paces[i]);
            round.put("client_awaiting_share", 1).put("others_cpu_share", othersShare);
            round.put("histogram", histogram((long) (4e9 / paces[i])));
        }
        Path file = folder.resolve(name + ".json");
        JSON.writeValue(file.toFile(), json);
        return file;
    }

    private static String histogram(long nanos) {
        Histogram histogram = new Histogram(3);
        histogram.setAutoResize(true);
        histogram.recordValueWithCount(nanos, 1000);
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
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
}
