package phifleet.equations.grammar.name;

import java.util.ArrayList;
import java.util.List;
import phifleet.equations.grammar.token.Notes;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/** Names of percentages, {@code % error}, {@code \%\,\text{yield}}: the sign stands before the word where nothing is that it could count. */
public final class PercentNames {
    private static final int SHORTEST_WORD = 3;

    private PercentNames() {}

    /** The tokens without signs of percent that belong to names. */
    public static List<Token> read(List<Token> tokens, Notes notes) {
        List<Token> read = new ArrayList<>(tokens.size());
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean starts = read.isEmpty()
                    || read.getLast().is(Kind.RELATION)
                    || read.getLast().is(Kind.OPEN);
            if (token.isOperator("%") && starts && isWord(tokens.get(i + 1))) {
                notes.warn(
                        "percent_name",
                        "“%” before “" + tokens.get(i + 1).text().strip() + "” is read as part of the name.",
                        token.start(),
                        token.end() - token.start());
            } else {
                read.add(token);
            }
        }
        return read;
    }

    private static boolean isWord(Token token) {
        return (token.is(Kind.TEXT) || token.is(Kind.LETTERS)) && token.text().length() >= SHORTEST_WORD;
    }
}
