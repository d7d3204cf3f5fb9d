package phifleet.equations.grammar.quantity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import phifleet.equations.budget.Budget;
import phifleet.equations.grammar.token.Notes;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/**
 * Units in brackets behind the letters of what is measured in them, {@code F(N) = m(kg) × a(m/s²)}: they say how the letters are measured,
 * and are neither factors nor arguments. So they are read where two letters or more have one, at least one of which no product is likely
 * to be, and no letter has two.
 */
public final class UnitNotes {
    private static final int FEWEST = 2;

    private final List<Token> tokens;
    private final UnitRules rules;
    private final Budget budget;

    private UnitNotes(List<Token> tokens, UnitRules rules, Budget budget) {
        this.tokens = tokens;
        this.rules = rules;
        this.budget = budget;
    }

    /** The tokens without such brackets. */
    public static List<Token> dropped(List<Token> tokens, UnitRules rules, Notes notes, Budget budget) {
        return new UnitNotes(tokens, rules, budget).dropped(notes);
    }

    /**
     * A bracket with a unit in it.
     *
     * @param open the index of the bracket
     * @param end the index behind its other one
     */
    private record Note(int open, int end, String letter, String unit) {}

    private List<Token> dropped(Notes notes) {
        List<Note> found = found();
        Map<String, String> units = new HashMap<>();
        boolean evident = false;
        for (Note note : found) {
            String other = units.putIfAbsent(note.letter(), note.unit());
            if (other != null && !other.equals(note.unit())) {
                return tokens;
            }
            evident |= UnitLetters.isPlain(note.unit()) || note.unit().indexOf('/') > 0;
        }
        if (units.size() < FEWEST || !evident) {
            return tokens;
        }
        List<Token> out = new ArrayList<>(tokens.size());
        int at = 0;
        for (Note note : found) {
            out.addAll(tokens.subList(at, note.open()));
            at = note.end();
        }
        out.addAll(tokens.subList(at, tokens.size()));
        Token first = tokens.get(found.getFirst().open());
        Token last = tokens.get(found.getFirst().end() - 1);
        notes.warn(
                "unit_note",
                "Units in brackets are read as what the letters before them are measured in.",
                first.start(),
                last.end() - first.start());
        return out;
    }

    private List<Note> found() {
        Predicate<String> none = text -> false;
        List<Note> found = new ArrayList<>();
        for (int i = 1; i + 2 < tokens.size(); i++) {
            Token letter = tokens.get(i - 1);
            boolean symbol = letter.is(Kind.NAME)
                    || (letter.is(Kind.LETTERS) && letter.text().length() == 1);
            if (!symbol || !tokens.get(i).is(Kind.OPEN, "(")) {
                continue;
            }
            UnitScanner.Scan scan = UnitScanner.scan(tokens, i + 1, rules.isUnit(), none, budget);
            if (scan != null && tokens.get(scan.next()).is(Kind.CLOSE, ")")) {
                found.add(new Note(i, scan.next() + 1, letter.text(), scan.unit()));
                i = scan.next();
            }
        }
        return found;
    }
}
