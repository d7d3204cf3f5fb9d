package phifleet.benchmark.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** The report as one file that needs no network: the tables, and charts by uPlot, which is in the file. */
final class Html {
    private static final JsonMapper JSON = new JsonMapper();

    private Html() {}

    static String of(Report report, OptionalDouble pricePerHour) throws IOException {
        return resource("report.html")
                .replace("/*uplot.css*/", resource("uplot/uPlot.min.css"))
                .replace("/*uplot.js*/", resource("uplot/uPlot.iife.min.js"))
                .replace("<!--title-->", escaped(report.model()))
                .replace("<!--tables-->", tables(Markdown.of(report, pricePerHour)))
                // In a script element only this could end it.
                .replace("/*data*/", data(report).toString().replace("<", "\\u003c"));
    }

    /** The few forms of Markdown that {@link Markdown} has: headings, tables, list items, paragraphs. */
    static String tables(String markdown) {
        StringBuilder html = new StringBuilder(markdown.length() * 2);
        boolean table = false;
        for (String line : markdown.lines().toList()) {
            boolean row = line.startsWith("|");
            if (table && !row) {
                html.append("</table></div>\n");
            }
            if (row && !line.startsWith("|---")) {
                String cell = table ? "td" : "th";
                html.append(table ? "" : "<div class=wide><table>").append("<tr>");
                for (String value : line.substring(1, line.lastIndexOf('|')).split("\\|", -1)) {
                    html.append('<')
                            .append(cell)
                            .append('>')
                            .append(escaped(value.strip()))
                            .append("</")
                            .append(cell)
                            .append('>');
                }
                html.append("</tr>\n");
            } else if (line.startsWith("## ")) {
                html.append("<h2>").append(escaped(line.substring(3))).append("</h2>\n");
            } else if (line.startsWith("# ")) {
                html.append("<h1>").append(escaped(line.substring(2))).append("</h1>\n");
            } else if (!row && !line.isBlank()) {
                html.append("<p>").append(escaped(line)).append("</p>\n");
            }
            table = row;
        }
        return html.append(table ? "</table></div>\n" : "").toString();
    }

    /** Latency against throughput: a curve a framework for each load, a point a scenario, by concurrency. */
    private static ObjectNode data(Report report) {
        ObjectNode data = JSON.createObjectNode();
        Map<String, Map<String, Map<Integer, Row>>> curves = new TreeMap<>();
        for (List<Row> rows : report.scenarios().values()) {
            for (Row row : rows) {
                curves.computeIfAbsent(row.load(), load -> new TreeMap<>())
                        .computeIfAbsent(row.framework(), name -> new TreeMap<>())
                        .put(row.concurrency(), row);
            }
        }
        curves.forEach((load, frameworks) -> frameworks.forEach((name, points) -> {
            ObjectNode curve =
                    data.withArray("curves").addObject().put("load", load).put("name", name);
            points.values().forEach(row -> {
                curve.withArray("x").add(row.textsPerSecond().mean());
                curve.withArray("p50").add(row.p50().mean());
                curve.withArray("p99").add(row.p99());
            });
        }));
        return data;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Html.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the program has no " + name + " in it");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
