package phifleet.equations.dimension;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.table.ResourceRows;
import phifleet.equations.units.Dimension;
import phifleet.equations.units.UnitReading;
import phifleet.equations.units.Units;

/**
 * How the table of laws uses letters. A letter means more surely what it means beside its usual companions: beside F and r
 * a τ is a torque. For a symbol of a statement every law that uses the letter votes for the dimension that it has there,
 * and the more so the more of the other letters the law and the statement share.
 */
final class LetterCorpus {
    private static final String LAWS = "/phifleet/equations/law/laws.txt";
    private static final int LAW_CELLS = 6;
    private static final int SYMBOLS_CELL = 4;
    /** How steeply a vote grows with the share of common letters. */
    private static final double POWER = 3;
    /** The common letters that a law without any is taken to have. */
    private static final double FLOOR = 0.1;

    /** A law, as the set of its letters, and the dimension that one of them has in it. */
    private record Use(BitSet law, Dimension dimension) {}

    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<String, List<Use>> uses = new HashMap<>();

    static LetterCorpus load() {
        LetterCorpus corpus = new LetterCorpus();
        Map<String, @Nullable Dimension> known = new HashMap<>();
        for (List<String> row : ResourceRows.of(LetterCorpus.class, LAWS, LAW_CELLS)) {
            corpus.add(row.get(SYMBOLS_CELL), known);
        }
        return corpus;
    }

    private void add(String symbols, Map<String, @Nullable Dimension> known) {
        Map<String, Dimension> dimensions = new LinkedHashMap<>();
        BitSet law = new BitSet();
        for (String cell : symbols.split(" +", -1)) {
            int colon = cell.indexOf(':');
            String name = cell.substring(0, colon);
            Dimension dimension = known.computeIfAbsent(cell.substring(colon + 1), LetterCorpus::dimension);
            if (dimension != null) {
                dimensions.put(name, dimension);
                law.set(id(letter(name)));
            }
        }
        Map<String, Dimension> counted = new HashMap<>();
        dimensions.forEach((name, dimension) -> {
            Dimension before = counted.put(letter(name), dimension);
            if (!dimension.equals(before)) {
                uses.computeIfAbsent(letter(name), key -> new ArrayList<>()).add(new Use(law, dimension));
            }
        });
    }

    private static @Nullable Dimension dimension(String unit) {
        return Units.standard().read(unit) instanceof UnitReading.Read(var read) ? read.dimension() : null;
    }

    private int id(String letter) {
        return ids.computeIfAbsent(letter, key -> ids.size());
    }

    private static String letter(String name) {
        int underscore = name.indexOf('_');
        return underscore < 0 ? name : name.substring(0, underscore);
    }

    /** The letters of a statement that the corpus knows. */
    BitSet letters(List<Symbol> symbols) {
        BitSet letters = new BitSet();
        for (Symbol symbol : symbols) {
            Integer id = ids.get(symbol.base());
            if (id != null) {
                letters.set(id);
            }
        }
        return letters;
    }

    /**
     * The votes for each dimension of a letter: a law with all the letters of the statement and no others has one vote, and
     * a law with a share s of common letters (the letter itself not counted) has s³.
     *
     * @param letters of the whole statement
     * @param all how many letters the statement has, with those that the corpus does not know
     */
    Map<Dimension, Double> votes(Symbol symbol, BitSet letters, int all) {
        Map<Dimension, Double> votes = new HashMap<>();
        for (Use use : uses.getOrDefault(symbol.base(), List.of())) {
            BitSet common = (BitSet) use.law().clone();
            common.and(letters);
            int shared = common.cardinality() - 1;
            int union = all + use.law().cardinality() - shared - 2;
            double vote = Math.pow((shared + FLOOR) / (union + FLOOR), POWER);
            votes.merge(use.dimension(), vote, Double::sum);
        }
        return votes;
    }
}
