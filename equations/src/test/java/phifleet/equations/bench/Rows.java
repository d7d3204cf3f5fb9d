package phifleet.equations.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import phifleet.equations.Variable;

/** The rows of the data files, told apart by what is in them. */
record Rows(List<Law> laws, List<Mutant> mutants, List<Identity> identities) {
    private static final Map<String, String> UNITS = Map.of(
            "length", "m",
            "mass", "kg",
            "time", "s",
            "current", "A",
            "temperature", "K",
            "amount_of_substance", "mol",
            "luminous_intensity", "cd",
            "angle", "rad");

    /** A symbol of a law: its LaTeX, and its unit in base units. */
    record Symbol(String latex, String unit) {}

    /** A true law in both spellings; {@code symbols} includes its constants. */
    record Law(String id, String type, String code, String latex, Map<String, Symbol> symbols) {}

    /** A broken law, in machine's names; {@code consistent} is the oracle's word on its dimensions. */
    record Mutant(String law, String lhs, String rhsTrue, String rhs, boolean consistent, boolean known) {}

    /** A pair of expressions; whether they are equal over the positive reals and over the reals. */
    record Identity(String lhs, String rhs, Map<String, String> domains, String positiveReals, String reals) {}

    static Rows read(List<Path> files) throws IOException {
        Rows rows = new Rows(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (Path file : files) {
            if (Files.isDirectory(file)) {
                try (Stream<Path> inside = Files.list(file)) {
                    for (Path one : inside.sorted().toList()) {
                        rows.add(one);
                    }
                }
            } else {
                rows.add(file);
            }
        }
        return rows;
    }

    private void add(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty()) {
            return;
        }
        if (lines.getFirst().startsWith("equation_id,")) {
            List<String> header = cells(lines.getFirst());
            lines.stream().skip(1).forEach(line -> mutants.add(mutant(header, cells(line))));
            return;
        }
        ObjectMapper json = new ObjectMapper();
        for (String line : lines) {
            JsonNode node = json.readTree(line);
            if (node.has("code")) {
                laws.add(law(node));
            } else if (node.has("lhs")) {
                identities.add(identity(node));
            }
        }
    }

    private static Law law(JsonNode node) {
        Map<String, Symbol> symbols = new LinkedHashMap<>();
        for (String group : List.of("symbols", "constants")) {
            node.path(group)
                    .properties()
                    .forEach(entry -> symbols.put(
                            entry.getKey(),
                            new Symbol(
                                    entry.getValue().path("latex").asText(),
                                    unit(entry.getValue().path("dim")))));
        }
        return new Law(
                node.path("id").asText(),
                node.path("type").asText(),
                node.path("code").asText(),
                node.path("latex").asText(),
                symbols);
    }

    private static String unit(JsonNode dim) {
        if (dim.has("any_dimension")) {
            return Variable.ANY_UNIT;
        }
        StringBuilder unit = new StringBuilder();
        dim.properties().forEach(entry -> {
            String base = UNITS.get(entry.getKey());
            if (base == null) {
                throw new IllegalArgumentException("unknown base quantity " + entry.getKey());
            }
            unit.append(unit.isEmpty() ? "" : "*")
                    .append(base)
                    .append("^(")
                    .append(entry.getValue().asText())
                    .append(')');
        });
        return unit.isEmpty() ? "1" : unit.toString();
    }

    private static Mutant mutant(List<String> header, List<String> row) {
        String oracle = row.get(header.indexOf("dimensions_consistent_oracle"));
        return new Mutant(
                row.get(header.indexOf("equation_id")),
                row.get(header.indexOf("lhs")),
                row.get(header.indexOf("rhs_true")),
                row.get(header.indexOf("rhs_mutant")),
                oracle.equals("True"),
                !oracle.isEmpty());
    }

    private static Identity identity(JsonNode node) {
        Map<String, String> domains = new LinkedHashMap<>();
        node.path("symbols").properties().forEach(entry -> {
            JsonNode is = entry.getValue();
            boolean positive = is.path("positive").asBoolean();
            boolean integer = is.path("integer").asBoolean();
            domains.put(
                    entry.getKey(),
                    integer && positive
                            ? "natural"
                            : integer
                                    ? "integer"
                                    : positive
                                            ? "positive"
                                            : is.path("nonnegative").asBoolean()
                                                    ? "nonnegative"
                                                    : is.path("real").asBoolean() ? "real" : "complex");
        });
        return new Identity(
                node.path("lhs").asText(),
                node.path("rhs").asText(),
                domains,
                node.path("positive_reals").asText(),
                node.path("reals").asText());
    }

    /** The cells of one CSV line; quotes may hold commas. */
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
