package phifleet.equations.grammar.quantity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Function;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;
import phifleet.equations.grammar.token.Vocabulary;

/** The symbols of a text beside what could be units in it, and where they stand. */
final class SymbolPlaces {
    private final List<Token> tokens;
    private final boolean latex;
    private final boolean[] inside;

    /** @param units what could be units: no symbols */
    SymbolPlaces(List<Token> tokens, boolean latex, List<UnitTail> units) {
        this.tokens = tokens;
        this.latex = latex;
        this.inside = new boolean[tokens.size()];
        for (UnitTail unit : units) {
            for (int i = unit.value().next(); i < unit.scan().next(); i++) {
                inside[i] = true;
            }
        }
    }

    /** All of them. */
    Set<String> names() {
        Set<String> symbols = new HashSet<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (isSymbol(i)) {
                String name = tokens.get(i).text();
                symbols.add(name);
                if (latex) {
                    name.chars().forEach(c -> symbols.add(Character.toString(c)));
                }
            }
        }
        return symbols;
    }

    /** Whether a name stands nowhere but as all of a side. */
    boolean isAlone(String name) {
        for (int i = 0; i < tokens.size(); i++) {
            if (isSymbol(i) && tokens.get(i).text().equals(name) && !(begins(i) && aloneUntil(i))) {
                return false;
            }
        }
        return true;
    }

    /** The only symbol, standing alone on a side; empty where there is none; null where there is more. */
    @Nullable
    String lone() {
        String lone = "";
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (isSymbol(i) && !isChange(i)) {
                boolean alone = begins(i) && aloneUntil(i);
                if (!alone || !lone.isEmpty()) {
                    return null;
                }
                lone = token.text();
            } else if (token.is(Kind.CONSTANT) || token.is(Kind.BIG) || token.is(Kind.PARTIAL)) {
                return null;
            }
        }
        return lone;
    }

    /**
     * The units of a worked example, {@code v = s/t = 10 m / 2 s = 5 m/s}: behind a symbol that stands alone, on those sides where
     * each letter stands behind a number. There a letter is a unit though elsewhere it is a symbol, since a side of numbers would be
     * a strange thing to multiply by what it calculates. One of the units at least has to be clear by itself.
     */
    List<UnitTail> workedOut(List<UnitTail> units) {
        Set<String> alone = new HashSet<>();
        List<UnitTail> found = new ArrayList<>();
        int sides = 0;
        int from = 0;
        for (int end = 0; end < tokens.size(); end++) {
            if (tokens.get(end).is(Kind.RELATION) || tokens.get(end).is(Kind.END)) {
                int begin = from;
                int symbol = isChange(begin) ? begin + 1 : begin;
                if (isOfNumbers(begin, end)) {
                    int behind = end;
                    units.stream()
                            .filter(unit ->
                                    unit.value().from() >= begin && unit.value().from() < behind)
                            .forEach(found::add);
                } else if (isSymbol(symbol) && aloneUntil(symbol)) {
                    alone.add(tokens.get(symbol).text());
                }
                sides++;
                from = end + 1;
            }
        }
        boolean chain = sides > 2 && !alone.isEmpty();
        return chain && found.stream().anyMatch(unit -> unit.isClearFor(alone)) ? found : List.of();
    }

    private boolean isOfNumbers(int from, int to) {
        for (int i = from; i < to; i++) {
            if (isSymbol(i) || tokens.get(i).is(Kind.BIG) || tokens.get(i).is(Kind.PARTIAL)) {
                return false;
            }
        }
        return true;
    }

    private boolean isSymbol(int i) {
        Function function = tokens.get(i).is(Kind.LETTERS)
                ? Vocabulary.function(tokens.get(i).text())
                : null;
        boolean named = function != null
                && Vocabulary.standsAlone(function)
                && tokens.get(i).text().length() > 1;
        return tokens.get(i).isSymbol() && !inside[i] && !named;
    }

    /** Whether a side begins there, or behind the Δ with which it does. */
    private boolean begins(int i) {
        int start = i > 0 && isChange(i - 1) ? i - 1 : i;
        return start == 0 || tokens.get(start - 1).is(Kind.RELATION);
    }

    /** Whether the Δ before a symbol stands there. */
    private boolean isChange(int i) {
        Token token = tokens.get(i);
        return token.isSymbol()
                && token.text().equals("Delta")
                && tokens.get(i + 1).isSymbol();
    }

    private boolean aloneUntil(int i) {
        Token next = tokens.get(i + 1);
        if (next.isOperator("_")) {
            return tokens.get(Math.min(i + 3, tokens.size() - 1)).is(Kind.RELATION);
        }
        if (next.isOperator("^")
                && tokens.get(Math.min(i + 2, tokens.size() - 1)).isOperator("°")) {
            return tokens.get(Math.min(i + 3, tokens.size() - 1)).is(Kind.RELATION);
        }
        return next.is(Kind.RELATION)
                || next.is(Kind.END)
                || (next.is(Kind.SUBSCRIPT) && tokens.get(i + 2).is(Kind.RELATION));
    }
}
