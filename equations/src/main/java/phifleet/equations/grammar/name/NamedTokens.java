package phifleet.equations.grammar.name;

import java.util.ArrayList;
import java.util.List;
import phifleet.equations.ast.Function;
import phifleet.equations.grammar.token.Notes;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/** The tokens that are resolved so far. */
final class NamedTokens {
    final List<Token> all = new ArrayList<>();
    private final Notes notes;

    NamedTokens(Notes notes) {
        this.notes = notes;
    }

    void add(Token token) {
        all.add(token);
    }

    /** Adds a piece of a run, with what it means. */
    void add(Kind kind, String text, Token run, int from, int to) {
        add(new Token(kind, text, run.start() + from, run.start() + to, from == 0 && run.spaced()));
    }

    /** Adds a piece of a run that is called. */
    void add(Function function, String spelling, Token run, int from, int to) {
        boolean spaced = from == 0 && run.spaced();
        add(new Token(Kind.FUNCTION, spelling, run.start() + from, run.start() + to, spaced, function));
    }

    void warn(String code, String message, Token token) {
        notes.warn(code, message, token.start(), token.end() - token.start());
    }
}
