package phifleet.equations.law;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;

/**
 * Quantities by their English names or abbreviations, as the letters that laws write for them: {@code force = mass × acceleration},
 * {@code KE = m v²}. A word whose letter has another use in the equation stays.
 *
 * @param relation in letters
 * @param letters the letter that stands for each word
 */
public record QuantityWords(Relation relation, Map<Symbol, Symbol> letters) {
    private static final Map<String, String> LETTERS = Map.ofEntries(
            Map.entry("ke", "K"),
            Map.entry("pe", "U"),
            Map.entry("gpe", "U"),
            Map.entry("epe", "U"),
            Map.entry("force", "F"),
            Map.entry("mass", "m"),
            Map.entry("acceleration", "a"),
            Map.entry("velocity", "v"),
            Map.entry("speed", "v"),
            Map.entry("momentum", "p"),
            Map.entry("impulse", "J"),
            Map.entry("time", "t"),
            Map.entry("distance", "s"),
            Map.entry("displacement", "s"),
            Map.entry("height", "h"),
            Map.entry("energy", "E"),
            Map.entry("work", "W"),
            Map.entry("power", "P"),
            Map.entry("pressure", "p"),
            Map.entry("area", "A"),
            Map.entry("volume", "V"),
            Map.entry("density", "rho"),
            Map.entry("temperature", "T"),
            Map.entry("voltage", "U"),
            Map.entry("current", "I"),
            Map.entry("resistance", "R"),
            Map.entry("capacitance", "C"),
            Map.entry("charge", "Q"),
            Map.entry("frequency", "f"),
            Map.entry("period", "T"),
            Map.entry("wavelength", "lambda"),
            Map.entry("torque", "tau"),
            Map.entry("radius", "r"),
            Map.entry("heat", "Q"));

    public static QuantityWords of(Relation relation) {
        Map<Symbol, Symbol> letters = new HashMap<>();
        Set<String> taken =
                Trees.symbols(relation).stream().map(Symbol::name).collect(Collectors.toCollection(HashSet::new));
        for (Symbol symbol : Trees.symbols(relation)) {
            String letter =
                    symbol.name().length() > 1 ? LETTERS.get(symbol.name().toLowerCase(Locale.ROOT)) : null;
            if (letter != null && taken.add(letter)) {
                letters.put(symbol, Symbol.of(letter));
            }
        }
        return letters.isEmpty()
                ? new QuantityWords(relation, Map.of())
                : new QuantityWords(
                        (Relation) Trees.mapSides(
                                relation,
                                side -> Trees.rewrite(
                                        side,
                                        node -> node instanceof Symbol word ? letters.getOrDefault(word, word) : node)),
                        letters);
    }

    public <V> Map<Symbol, V> inLetters(Map<Symbol, V> byWord) {
        Map<Symbol, V> renamed = new HashMap<>();
        byWord.forEach((symbol, value) -> renamed.put(letters.getOrDefault(symbol, symbol), value));
        return renamed;
    }

    public Set<Symbol> inLetters(Set<Symbol> words) {
        return words.stream().map(word -> letters.getOrDefault(word, word)).collect(Collectors.toSet());
    }

    /** The match with the words again. */
    public LawMatch inWords(LawMatch match) {
        if (letters.isEmpty() || !(match instanceof LawMatch.Same(var law, Map<String, String> names))) {
            return match;
        }
        Map<String, String> words = new HashMap<>();
        letters.forEach((word, letter) -> words.put(letter.name(), word.name()));
        Map<String, String> renamed = new HashMap<>();
        names.forEach((mine, its) -> renamed.put(words.getOrDefault(mine, mine), its));
        return new LawMatch.Same(law, renamed);
    }
}
