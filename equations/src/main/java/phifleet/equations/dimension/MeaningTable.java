package phifleet.equations.dimension;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.table.ResourceRows;
import phifleet.equations.units.Dimension;
import phifleet.equations.units.UnitReading;
import phifleet.equations.units.Units;

/**
 * The usual meanings of letters, from {@code meanings.txt}.
 *
 * <p>A letter with a subscript has the meanings of its own rows ({@code m_e}), and less so those of the letter alone. The
 * subscripts r and rel may make a ratio of anything (T_r = T/T_c), m and mol an amount per mole; a hat makes a unit
 * vector. A word that starts with d (dT, dU) is a differential and means what its rest means.
 */
final class MeaningTable {
    /** What the meaning "dimensionless something" keeps of its weight, where the letter's first meaning has a dimension. */
    private static final double VAGUE_NUMBER = 0.2;
    /** The same for a certain pure number, such as an efficiency. */
    private static final double CERTAIN_NUMBER = 0.3;
    /** Weight of the letter's own meanings where the symbol with its subscript has rows. */
    private static final double BESIDE_OWN_ROWS = 0.1;
    /** Weight of a reduced quantity without unit beside the letter's first meaning, for the subscript r. */
    private static final double REDUCED = 2;
    /** Weight of a molar quantity beside the same quantity, for the subscript m. */
    private static final double MOLAR = 0.4;
    /** Weight of a unit vector beside the letter's first meaning. */
    private static final double UNIT_VECTOR = 4;

    private static final Set<String> REDUCED_SUBSCRIPTS = Set.of("r", "rel", "red");
    private static final Set<String> MOLAR_SUBSCRIPTS = Set.of("m", "mol", "M");

    /** Two indices of a tensor or more: their letters tell nothing. */
    private static final Pattern TENSOR_INDICES =
            Pattern.compile("(?:up)?(?:mu|nu|rho|sigma|lambda|kappa|tau|alpha|beta|gamma|delta){2,4}");

    private static final Pattern LATIN_INDICES = Pattern.compile("[ijklmn]{2}");

    private final Map<String, List<Meaning>> rows;
    private final LetterCorpus corpus;
    /** Made when first asked for: an equation has a few letters, the table has many. */
    private final ConcurrentMap<Reading, MeaningWeights> candidates = new ConcurrentHashMap<>();

    /** What a decoration makes of a letter. */
    private enum Kind {
        PLAIN,
        REDUCED,
        MOLAR,
        HATTED
    }

    private record Reading(String name, Kind kind) {}

    private MeaningTable(Map<String, List<Meaning>> rows, LetterCorpus corpus) {
        this.rows = rows;
        this.corpus = corpus;
    }

    /** Null where the table has no such name; only letters without a subscript can be decorated. */
    private @Nullable MeaningWeights find(String name, Kind kind) {
        boolean known = rows.containsKey(name) && (kind == Kind.PLAIN || name.indexOf('_') < 0);
        return known ? candidates.computeIfAbsent(new Reading(name, kind), this::make) : null;
    }

    private MeaningWeights make(Reading reading) {
        List<Meaning> own = own(reading.name());
        List<Meaning> all = new ArrayList<>(own);
        switch (reading.kind()) {
            case PLAIN -> {
                int underscore = reading.name().indexOf('_');
                if (underscore > 0) {
                    for (Meaning meaning : own(reading.name().substring(0, underscore))) {
                        all.add(meaning.weighted(BESIDE_OWN_ROWS));
                    }
                }
            }
            case REDUCED -> all.add(ratio(own).weighted(REDUCED));
            case HATTED -> all.add(ratio(own).weighted(UNIT_VECTOR));
            case MOLAR -> own.forEach(meaning -> all.add(meaning.perMole(MOLAR)));
        }
        return new MeaningWeights(all);
    }

    private List<Meaning> own(String name) {
        return doubted(rows.getOrDefault(name, List.of()));
    }

    private static Meaning ratio(List<Meaning> own) {
        double first = own.stream().mapToDouble(Meaning::weight).max().orElse(1);
        return new Meaning("pure number", "1", Dimension.NONE, first, EnumSet.noneOf(ScienceField.class), true);
    }

    /** Almost any wrong equation can be saved by calling its letters pure numbers, so that reading has to be earned. */
    private static List<Meaning> doubted(List<Meaning> rows) {
        double number = 0;
        double dimensional = 0;
        for (Meaning row : rows) {
            if (row.dimension().isNone()) {
                number = Math.max(number, row.weight());
            } else {
                dimensional = Math.max(dimensional, row.weight());
            }
        }
        return dimensional <= number
                ? rows
                : rows.stream().map(MeaningTable::doubted).toList();
    }

    private static Meaning doubted(Meaning meaning) {
        if (!meaning.dimension().isNone()) {
            return meaning;
        }
        return meaning.weighted(meaning.text().contains("dimensionless") ? VAGUE_NUMBER : CERTAIN_NUMBER);
    }

    static MeaningTable load() {
        Map<String, List<Meaning>> rows = new HashMap<>();
        Map<String, Dimension> dimensions = new HashMap<>();
        for (List<String> row : ResourceRows.of(MeaningTable.class, "meanings.txt", 5)) {
            Meaning meaning = new Meaning(
                    row.get(1),
                    row.get(2),
                    dimensions.computeIfAbsent(row.get(2), MeaningTable::dimension),
                    Double.parseDouble(row.get(3)),
                    fields(row.get(4)),
                    row.get(4).contains("*"));
            for (String symbol : row.get(0).split(" +", -1)) {
                rows.computeIfAbsent(symbol, key -> new ArrayList<>()).add(meaning);
            }
        }
        return new MeaningTable(rows, LetterCorpus.load());
    }

    private static Dimension dimension(String unit) {
        return switch (Units.standard().read(unit)) {
            case UnitReading.Read(var read) -> read.dimension();
            case UnitReading.Unreadable wrong ->
                throw new IllegalStateException("meanings.txt: unit '" + unit + "': " + wrong.message());
        };
    }

    private static Set<ScienceField> fields(String cell) {
        Set<ScienceField> fields = EnumSet.noneOf(ScienceField.class);
        for (String word : cell.split(" +", -1)) {
            boolean known = word.equals("*");
            for (ScienceField field : ScienceField.values()) {
                if (field.tag().equals(word)) {
                    fields.add(field);
                    known = true;
                }
            }
            if (!known) {
                throw new IllegalStateException("meanings.txt: unknown field '" + word + "'");
            }
        }
        return fields;
    }

    LetterCorpus corpus() {
        return corpus;
    }

    /** What a symbol may mean, empty where neither it nor its letter is in the table. */
    Optional<MeaningWeights> of(Symbol symbol) {
        MeaningWeights own = find(symbol.name(), Kind.PLAIN);
        if (own == null && !symbol.subscript().isEmpty()) {
            own = find(symbol.base() + "_" + symbol.subscript(), Kind.PLAIN);
        }
        if (own == null && TENSOR_INDICES.matcher(symbol.subscript()).matches()) {
            own = find(symbol.base() + "_munu", Kind.PLAIN);
        }
        if (own == null && LATIN_INDICES.matcher(symbol.subscript()).matches()) {
            own = find(symbol.base() + "_ij", Kind.PLAIN);
        }
        return own != null ? Optional.of(own) : ofBase(symbol, symbol.base());
    }

    private Optional<MeaningWeights> ofBase(Symbol symbol, String base) {
        Kind kind = symbol.mark().equals("hat")
                ? Kind.HATTED
                : REDUCED_SUBSCRIPTS.contains(symbol.subscript())
                        ? Kind.REDUCED
                        : MOLAR_SUBSCRIPTS.contains(symbol.subscript()) ? Kind.MOLAR : Kind.PLAIN;
        MeaningWeights found = find(base, kind);
        boolean differential = found == null && base.length() > 1 && base.startsWith("d");
        return differential ? ofBase(symbol, base.substring(1)) : Optional.ofNullable(found);
    }
}
