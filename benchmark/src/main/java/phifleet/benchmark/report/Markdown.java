package phifleet.benchmark.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The report as tables of Markdown. */
final class Markdown {
    private final StringBuilder out = new StringBuilder(8192);
    private final OptionalDouble pricePerHour;

    private Markdown(OptionalDouble pricePerHour) {
        this.pricePerHour = pricePerHour;
    }

    static String of(Report report, OptionalDouble pricePerHour) {
        Markdown markdown = new Markdown(pricePerHour);
        markdown.write(report);
        return markdown.out.toString();
    }

    private void write(Report report) {
        line(String.format(Locale.ROOT, "# %s: embedding servers compared", report.model()));
        line("");
        line(String.format(
                Locale.ROOT,
                "Measured on %s. Ranges are 95 %% confidence intervals by bootstrap over rounds.",
                report.system()));
        line("");
        line("| framework | workers × threads | start to ready, ms | most memory, MB |");
        line("|---|---|---|---|");
        for (Result result : report.results()) {
            line(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s |",
                    result.framework(),
                    result.threads().isEmpty() ? "its own" : result.threads(),
                    number(result.loadMillis(), 0),
                    number(result.peakMemoryMb(), 0)));
        }
        for (Map.Entry<String, List<Row>> scenario : report.scenarios().entrySet()) {
            scenario(scenario.getKey(), scenario.getValue());
        }
        validation(report.validation());
        line("");
        line("## What was not comparable");
        line("");
        report.notComparable().forEach(one -> line(String.format(Locale.ROOT, "- %s", one)));
        if (report.notComparable().isEmpty()) {
            line("Nothing of what is looked for: machines, loads, faults, valid rounds, other programs.");
        }
    }

    private void scenario(String name, List<Row> rows) {
        line("");
        if (rows.isEmpty()) {
            line(String.format(Locale.ROOT, "## %s: nothing valid", name));
            return;
        }
        Row first = rows.getFirst();
        line(String.format(Locale.ROOT, "## %s: %d connections, %s", name, first.concurrency(), first.load()));
        line("");
        String cost = pricePerHour.isPresent() ? " cost of a million |" : "";
        line(String.format(
                Locale.ROOT,
                "| framework | texts/s | p50 ms | p95 | p99 | p99.9 | CPU s per 1,000 texts | rounds |%s",
                cost));
        line(String.format(Locale.ROOT, "|---|---|---|---|---|---|---|---|%s", cost.isEmpty() ? "" : "---|"));
        for (Row row : rows) {
            line(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %.2f | %.2f | %.2f | %s | %d |%s",
                    row.framework(),
                    interval(row.textsPerSecond(), 1),
                    interval(row.p50(), 2),
                    row.p95(),
                    row.p99(),
                    row.p999(),
                    number(row.cpuPerThousand(), 2),
                    row.rounds(),
                    pricePerHour.isPresent()
                            ? String.format(Locale.ROOT, " %.3f |", row.costPerMillion(pricePerHour.getAsDouble()))
                            : ""));
        }
    }

    private static String number(OptionalDouble number, int places) {
        return number.isPresent() ? String.format(Locale.ROOT, "%." + places + "f", number.getAsDouble()) : "?";
    }

    static String interval(ConfidenceInterval interval, int places) {
        String number = "%." + places + "f";
        return interval.isOfOne()
                ? String.format(Locale.ROOT, number, interval.mean())
                : String.format(
                        Locale.ROOT,
                        number + " (" + number + " to " + number + ")",
                        interval.mean(),
                        interval.low(),
                        interval.high());
    }

    private void validation(JsonNode validation) {
        if (validation.isMissingNode()) {
            return;
        }
        line("");
        line(String.format(
                Locale.ROOT,
                "## The same vectors: %d texts pairwise",
                validation.path("texts").asInt()));
        line("");
        line("| one | other | max difference | least cosine |");
        line("|---|---|---|---|");
        for (JsonNode pair : validation.path("pairs")) {
            line(String.format(
                    Locale.ROOT,
                    "| %s | %s | %.2e | %.7f |",
                    pair.path("one").asText(),
                    pair.path("other").asText(),
                    pair.path("max_difference").asDouble(),
                    pair.path("min_cosine").asDouble()));
        }
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
