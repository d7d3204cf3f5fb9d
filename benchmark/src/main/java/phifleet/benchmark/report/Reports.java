package phifleet.benchmark.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** What the command line asks of results. */
public final class Reports {
    private Reports() {}

    /**
     * Writes {@code report.md} and {@code report.html} beside the results.
     *
     * @param folder of one model's results
     * @param pricePerHour of the machine, in any currency
     */
    public static void write(Path folder, OptionalDouble pricePerHour) throws IOException {
        Report report = Report.read(folder);
        Files.writeString(folder.resolve("report.md"), Markdown.of(report, pricePerHour));
        Files.writeString(folder.resolve("report.html"), Html.of(report, pricePerHour));
        System.out.println("written: " + folder.resolve("report.html") + " and report.md beside it");
    }

    /** The same report for programs. */
    public static JsonNode json(Path folder, OptionalDouble pricePerHour) throws IOException {
        return ReportJson.of(Report.read(folder), pricePerHour);
    }

    /** How a later result stands to an earlier one, for programs. */
    public static JsonNode comparison(Path before, Path after) throws IOException {
        return Comparison.of(Result.read(before), Result.read(after)).json();
    }

    /** Prints how a later result stands to an earlier one, each a file; returns the number of regressions. */
    public static int compare(Path before, Path after) throws IOException {
        Comparison comparison = Comparison.of(Result.read(before), Result.read(after));
        comparison.lines().forEach(System.out::println);
        System.out.println(comparison.regressions() + " regressions");
        return comparison.regressions();
    }
}
