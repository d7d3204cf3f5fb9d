package phifleet.equations.law;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement;
import phifleet.equations.grammar.EquationParser;
import phifleet.equations.grammar.Format;
import phifleet.equations.grammar.ParseOptions;
import phifleet.equations.grammar.ParseResult;
import phifleet.equations.table.ResourceRows;
import phifleet.equations.units.PhysicalConstants;
import phifleet.equations.units.Unit;
import phifleet.equations.units.UnitReading;
import phifleet.equations.units.Units;

/**
 * The rows of {@code laws.txt}, each parsed when it is first asked for. A row that cannot be read is a mistake in the program;
 * the build asks for all. Thread-safe.
 */
final class LawTable {
    private static final int CELLS = 6;
    private static final int SYMBOLS_CELL = 4;

    private final List<List<String>> rows;
    private final AtomicReferenceArray<@Nullable KnownLaw> laws;

    private final Map<Set<String>, List<Integer>> byNames = new HashMap<>();
    private final Map<Set<String>, List<Integer>> byNamesButOne = new HashMap<>();

    private LawTable(List<List<String>> rows) {
        this.rows = rows;
        this.laws = new AtomicReferenceArray<>(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            Set<String> names = names(rows.get(row));
            byNames.computeIfAbsent(names, key -> new ArrayList<>(1)).add(row);
            for (String name : names) {
                if (PhysicalConstants.standard().find(name).isPresent()) {
                    Set<String> others = new HashSet<>(names);
                    others.remove(name);
                    byNamesButOne
                            .computeIfAbsent(others, key -> new ArrayList<>(1))
                            .add(row);
                }
            }
        }
    }

    static LawTable load() {
        List<List<String>> rows = ResourceRows.of(LawTable.class, "laws.txt", CELLS);
        Set<String> ids = new HashSet<>();
        for (List<String> row : rows) {
            if (!ids.add(row.getFirst())) {
                throw new IllegalStateException("law " + row.getFirst() + " stands twice in the table");
            }
        }
        return new LawTable(rows);
    }

    /** The rows whose symbols have just these names. */
    List<Integer> rowsIn(Set<String> names) {
        return byNames.getOrDefault(names, List.of());
    }

    /** The rows whose symbols have these names and one more, by which physical constants go. */
    List<Integer> rowsWithOneMore(Set<String> names) {
        return byNamesButOne.getOrDefault(names, List.of());
    }

    int size() {
        return rows.size();
    }

    /** The law in a row; equal at each call. */
    KnownLaw law(int row) {
        KnownLaw law = laws.get(row);
        if (law == null) {
            law = parse(rows.get(row));
            laws.set(row, law);
        }
        return law;
    }

    private static Set<String> names(List<String> row) {
        Set<String> names = new HashSet<>();
        for (String cell : row.get(SYMBOLS_CELL).split(" +", -1)) {
            names.add(cell.substring(0, cell.indexOf(':')));
        }
        return names;
    }

    private static KnownLaw parse(List<String> row) {
        String id = row.get(0);
        Map<Symbol, Unit> units = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        for (String cell : row.get(SYMBOLS_CELL).split(" +", -1)) {
            int colon = cell.indexOf(':');
            String name = cell.substring(0, colon);
            names.add(name);
            units.put(symbol(name), unit(id, cell.substring(colon + 1)));
        }
        ParseOptions options = new ParseOptions(Format.ASCII, names, LawTable::isUnit, ParseOptions.Units.MARKED);
        return switch (EquationParser.parse(row.get(3), options)) {
            case ParseResult.Parsed parsed
            when parsed.statement() instanceof Statement.Relation relation ->
                new KnownLaw(id, row.get(1), row.get(2), row.get(3), relation, units, row.get(5));
            case ParseResult.Parsed parsed -> throw new IllegalStateException("law " + id + " is no equation");
            case ParseResult.Rejected(var problem) -> throw new IllegalStateException("law " + id + ": " + problem);
        };
    }

    private static Symbol symbol(String name) {
        int underscore = name.indexOf('_');
        return underscore < 0
                ? Symbol.of(name)
                : Symbol.of(name.substring(0, underscore), name.substring(underscore + 1));
    }

    private static boolean isUnit(String text) {
        return Units.standard().read(text) instanceof UnitReading.Read;
    }

    private static Unit unit(String id, String text) {
        return switch (Units.standard().read(text)) {
            case UnitReading.Read(Unit unit) -> unit;
            case UnitReading.Unreadable wrong ->
                throw new IllegalStateException("law " + id + ": unit '" + text + "': " + wrong.message());
        };
    }
}
