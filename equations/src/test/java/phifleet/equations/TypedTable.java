package phifleet.equations;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import phifleet.equations.grammar.token.SyntaxProblem;

/** The equations of the tables in {@code typed}, each with what is right, and how the program does on them. */
final class TypedTable {
    /** As sure as no wrong answer may be. */
    static final double SURE = 0.95;

    /** What is right. */
    enum Right {
        TRUE,
        FALSE,
        /** Nobody can tell from the text. */
        OPEN
    }

    /**
     * A row.
     *
     * @param due whether it is not judged right yet: then it is at least not wrong and sure
     * @param units of its variables, where the request declares them
     */
    record Row(Right right, boolean due, String kind, String equation, Map<String, String> units) {
        @Override
        public String toString() {
            return kind + ": " + equation;
        }
    }

    /** What was answered: unread where {@code report} is null. */
    record Answer(Row row, @Nullable ValidationReport report, String problem) {
        boolean isRight() {
            return report != null
                    && switch (row.right()) {
                        case TRUE -> report.valid();
                        case FALSE -> !report.valid() && report.verdict() != Verdict.UNDETERMINED;
                        case OPEN -> report.confidence() < SURE;
                    };
        }

        boolean isWrongAndSure() {
            return report != null && !isRight() && report.confidence() >= SURE;
        }

        String shown() {
            return report == null
                    ? "unread: " + problem
                    : report.verdict() + " " + String.format(Locale.ROOT, "%.2f", report.confidence()) + "  "
                            + report.normalized() + "  -- " + report.explanation();
        }
    }

    private TypedTable() {}

    static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (String table : List.of(
                "typed-equations",
                "textbook-chapters",
                "textbook-statements",
                "declared-equations",
                "handbooks",
                "papers-and-reports",
                "lecture-notes")) {
            rows.addAll(table(table));
        }
        return rows;
    }

    static List<Row> table(String name) {
        try (var in = Objects.requireNonNull(TypedTable.class.getResourceAsStream("typed/" + name + ".txt"))) {
            return rows(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Row> rows(String text) {
        List<Row> rows = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] columns = line.split("\t", 4);
                boolean due = columns[0].startsWith("?");
                Right right = Right.valueOf(columns[0].substring(due ? 1 : 0).toUpperCase(Locale.ROOT));
                Map<String, String> units = columns.length > 3 ? units(columns[3]) : Map.of();
                rows.add(new Row(right, due, columns[1], columns[2].replace('⏎', '\n'), units));
            }
        }
        return rows;
    }

    private static Map<String, String> units(String column) {
        Map<String, String> units = new TreeMap<>();
        for (String declared : List.of(column.split(";"))) {
            String[] parts = declared.split("=", 2);
            units.put(parts[0].strip(), parts[1].strip());
        }
        return units;
    }

    static Answer answer(Row row) {
        ValidationRequest request = ValidationRequest.of(row.equation());
        for (Map.Entry<String, String> unit : row.units().entrySet()) {
            request = request.withUnit(unit.getKey(), unit.getValue());
        }
        return switch (Validator.standard().validate(request)) {
            case ValidationOutcome.Judged(ValidationReport report) -> new Answer(row, report, "");
            case ValidationOutcome.Malformed(SyntaxProblem problem) -> new Answer(row, null, problem.toString());
            case ValidationOutcome.Invalid invalid -> new Answer(row, null, invalid.toString());
        };
    }

    /** Prints what is wrong, and how many are right by kind; the first argument is another table. */
    public static void main(String[] arguments) throws IOException {
        List<Row> rows = arguments.length == 0 ? rows() : rows(Files.readString(Path.of(arguments[0])));
        Map<String, int[]> byKind = new TreeMap<>();
        int right = 0;
        int sure = 0;
        int unread = 0;
        for (Row row : rows) {
            Answer answer = answer(row);
            int[] counts = byKind.computeIfAbsent(row.kind(), _ -> new int[2]);
            counts[1]++;
            if (answer.isRight()) {
                counts[0]++;
                right++;
                continue;
            }
            sure += answer.isWrongAndSure() ? 1 : 0;
            unread += answer.report() == null ? 1 : 0;
            System.out.println(
                    (answer.isWrongAndSure() ? "SURE " : "") + row.right() + " " + row + "\n      " + answer.shown());
        }
        byKind.forEach((kind, counts) -> System.out.println(kind + " " + counts[0] + "/" + counts[1]));
        System.out.println(right + " of " + rows.size() + " right; " + sure + " wrong and sure, " + unread + " unread");
    }
}
