package phifleet.equations.units;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import phifleet.equations.table.ResourceRows;

/**
 * The units of {@code units.txt} with the prefixes of {@code prefixes.txt}. A whole symbol wins over prefix and symbol:
 * {@code min} is the minute, {@code Pa} the pascal, {@code ft} the foot.
 */
final class UnitTable {
    private enum Prefixing {
        NONE,
        SI,
        BINARY
    }

    private record Entry(Unit unit, Prefixing prefixing) {}

    private record Prefix(String text, Scale scale, boolean binary) {}

    private final Map<String, Entry> symbols = new HashMap<>();
    private final Map<String, Entry> names = new HashMap<>();
    private final List<Prefix> prefixes;
    private final List<Prefix> prefixNames;

    private UnitTable(List<Prefix> prefixes, List<Prefix> prefixNames) {
        this.prefixes = prefixes;
        this.prefixNames = prefixNames;
    }

    /** Reads both tables; a row may use the rows above it. */
    static UnitTable load() {
        List<Prefix> symbols = new java.util.ArrayList<>();
        List<Prefix> names = new java.util.ArrayList<>();
        for (List<String> row : ResourceRows.of(UnitTable.class, "prefixes.txt", 4)) {
            boolean binary = row.get(0).endsWith("i");
            Scale scale = Scale.of(new java.math.BigDecimal(row.get(3)));
            symbols.add(new Prefix(canonical(row.get(0)), scale, binary));
            for (String alias : words(row.get(1))) {
                symbols.add(new Prefix(canonical(alias), scale, binary));
            }
            names.add(new Prefix(row.get(2), scale, binary));
        }
        UnitTable table = new UnitTable(List.copyOf(symbols), List.copyOf(names));
        for (List<String> row : ResourceRows.of(UnitTable.class, "units.txt", 5)) {
            table.add(row);
        }
        return table;
    }

    private void add(List<String> row) {
        String symbol = row.get(0);
        Prefixing prefixing = switch (row.get(2)) {
            case "si" -> Prefixing.SI;
            case "bin" -> Prefixing.BINARY;
            case "-" -> Prefixing.NONE;
            default -> throw new IllegalStateException("unit " + symbol + ": prefixes " + row.get(2));
        };
        Entry entry = new Entry(definition(symbol, row.get(3)), prefixing);
        put(symbols, symbol, entry);
        for (String alias : words(row.get(1))) {
            put(symbols, alias, entry);
        }
        for (String name : words(row.get(4))) {
            put(names, name, entry);
        }
    }

    private Unit definition(String symbol, String text) {
        if (text.startsWith("base:")) {
            return new Unit(symbol, Dimension.of(BaseQuantity.valueOf(text.substring(5))), Scale.ONE);
        }
        return switch (new UnitParser(this, text).parse()) {
            case UnitReading.Read(Unit unit) -> unit.named(symbol);
            case UnitReading.Unreadable wrong ->
                throw new IllegalStateException("unit " + symbol + ": '" + text + "': " + wrong.message());
        };
    }

    private static void put(Map<String, Entry> map, String key, Entry entry) {
        Entry before = map.put(canonical(key), entry);
        if (before != null && !before.unit().equals(entry.unit())) {
            throw new IllegalStateException("unit " + key + " stands twice in the table");
        }
    }

    private static List<String> words(String cell) {
        return cell.isEmpty() ? List.of() : List.of(cell.split(" +"));
    }

    /** The unit of a symbol or name, with or without a prefix. */
    Optional<Unit> find(String written) {
        String key = canonical(written);
        Unit unit = plain(key);
        if (unit == null) {
            unit = prefixed(key, prefixes, symbols);
        }
        if (unit == null) {
            unit = prefixed(key, prefixNames, names);
        }
        return Optional.ofNullable(unit).map(found -> found.named(written));
    }

    private @Nullable Unit plain(String key) {
        Entry entry = symbols.get(key);
        if (entry == null) {
            entry = names.get(key);
        }
        return entry == null ? null : entry.unit();
    }

    private static @Nullable Unit prefixed(String key, List<Prefix> prefixes, Map<String, Entry> units) {
        for (Prefix prefix : prefixes) {
            if (key.length() > prefix.text().length() && key.startsWith(prefix.text())) {
                Entry entry = units.get(key.substring(prefix.text().length()));
                if (entry != null
                        && (entry.prefixing() == Prefixing.BINARY
                                || (entry.prefixing() == Prefixing.SI && !prefix.binary()))) {
                    Unit unit = entry.unit();
                    return new Unit(key, unit.dimension(), unit.scale().times(prefix.scale()));
                }
            }
        }
        return null;
    }

    /** What may have been meant: the known spellings that differ in case only. */
    List<String> near(String written) {
        String folded = canonical(written).toLowerCase(Locale.ROOT);
        TreeSet<String> near = new TreeSet<>();
        for (String symbol : symbols.keySet()) {
            if (symbol.toLowerCase(Locale.ROOT).equals(folded)) {
                near.add(symbol);
            }
        }
        if (near.isEmpty() && find(folded).isPresent()) {
            near.add(folded);
        }
        return List.copyOf(near);
    }

    /** One code point for each letter that Unicode has twice. */
    private static String canonical(String text) {
        return text.replace('\u2126', '\u03a9').replace('\u212b', '\u00c5').replace('\u03bc', '\u00b5');
    }
}
