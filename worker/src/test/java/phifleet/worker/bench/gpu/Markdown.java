package phifleet.worker.bench.gpu;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The report for people: a list of single values a part, and a table wherever there is a list of objects. */
final class Markdown {
    private Markdown() {}

    static String of(JsonNode report) {
        StringBuilder text = new StringBuilder("# GPU check\n\n")
                .append(report.path("at").asText())
                .append(report.path("pretend").asBoolean() ? ", pretended on a CPU at a small size" : "")
                .append(", ")
                .append(report.path("seconds").asLong())
                .append(" s\n\n");
        report.path("parts").properties().forEach(part -> {
            text.append("- ").append(part.getKey()).append(": ");
            text.append(part.getValue().path(Outcome.KEY).asText());
            if (Outcome.failed(part.getValue())) {
                text.append(", see ")
                        .append(part.getValue().path("log").asText())
                        .append(": ");
                text.append(cell(part.getValue().path("failure")));
            }
            text.append('\n');
        });
        report.path("parts").properties().forEach(part -> {
            text.append("\n## ").append(part.getKey()).append("\n\n");
            section(text, "", part.getValue());
        });
        return text.toString();
    }

    private static void section(StringBuilder text, String prefix, JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        for (String name : names) {
            JsonNode value = object.path(name);
            if (value.isObject()) {
                section(text, prefix + name + " ", value);
            } else if (!value.isArray()) {
                text.append("- ")
                        .append(prefix)
                        .append(name)
                        .append(": ")
                        .append(cell(value))
                        .append('\n');
            }
        }
        for (String name : names) {
            JsonNode value = object.path(name);
            if (value.isArray() && !value.isEmpty()) {
                text.append("\n### ").append(prefix).append(name).append("\n\n");
                table(text, value);
            }
        }
    }

    private static void table(StringBuilder text, JsonNode rows) {
        if (!rows.path(0).isObject()) {
            rows.forEach(row -> text.append("- ").append(cell(row)).append('\n'));
            return;
        }
        List<String> columns = new ArrayList<>();
        rows.forEach(row -> row.fieldNames().forEachRemaining(name -> {
            if (!columns.contains(name)) {
                columns.add(name);
            }
        }));
        text.append("| ").append(String.join(" | ", columns)).append(" |\n|");
        text.append("---|".repeat(columns.size())).append('\n');
        rows.forEach(row -> {
            text.append('|');
            columns.forEach(
                    column -> text.append(' ').append(cell(row.path(column))).append(" |"));
            text.append('\n');
        });
    }

    private static String cell(JsonNode value) {
        String text = value.isMissingNode() || value.isNull()
                ? ""
                : value.isDouble() ? Numbers.short4(value.asDouble()) : value.asText();
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
