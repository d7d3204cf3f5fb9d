package phifleet.equations.grammar.name;

import java.util.List;
import java.util.Set;
import phifleet.equations.grammar.token.Ambiguity;
import phifleet.equations.grammar.token.Notes;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/**
 * Capitals that touch and may be the initials of a quantity's name, {@code MAP = (SBP + 2 DBP)/3}, as well as a product of letters. Two
 * letters once are too often a product ({@code V = IR}); three, or two in several places, are worth the other reading.
 */
final class Initials {
    private static final int SHORT = 2;

    private final Set<String> declared;
    private final Notes notes;
    private final boolean worth;

    Initials(List<Token> tokens, Set<String> declared, Notes notes) {
        this.declared = declared;
        this.notes = notes;
        List<String> runs = tokens.stream()
                .filter(token -> token.is(Kind.LETTERS))
                .map(Token::text)
                .filter(this::mayBe)
                .toList();
        this.worth = runs.size() > 1
                || runs.stream().anyMatch(run -> run.length() > SHORT || EnglishWords.isAbbreviation(run));
    }

    /** Whether the run is read as one name now; notes that it can be. */
    boolean areOneName(String run) {
        return worth && mayBe(run) && notes.isOtherwise(Ambiguity.INITIALS);
    }

    private boolean mayBe(String run) {
        return run.length() >= SHORT
                && run.chars().allMatch(c -> c >= 'A' && c <= 'Z')
                && run.chars().noneMatch(c -> declared.contains(Character.toString(c)));
    }
}
