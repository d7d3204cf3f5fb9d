package phifleet.equations.grammar.name;

import java.util.List;
import java.util.Set;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;
import phifleet.equations.grammar.token.Vocabulary;

/** What stands around a token: what {@link Identifiers} decides by. */
final class TokenContext {
    private final List<Token> in;

    TokenContext(List<Token> tokens) {
        this.in = tokens;
    }

    /** The token of that index; the last one past the end. */
    Token at(int i) {
        return in.get(Math.min(i, in.size() - 1));
    }

    /** Whether the bracket at {@code open} is followed by {@code /d}: {@code d(mv)/dt}. */
    boolean overD(int open) {
        int depth = 0;
        for (int i = open; i < in.size(); i++) {
            depth += at(i).is(Kind.OPEN) ? 1 : at(i).is(Kind.CLOSE) ? -1 : 0;
            if (depth == 0) {
                return at(i + 1).isOperator("/")
                        && at(i + 2).is(Kind.LETTERS)
                        && at(i + 2).text().startsWith("d");
            }
        }
        return false;
    }

    /** Whether {@code d/dt} or {@code d^2 x/dt^2} begins with the d at {@code i}. */
    boolean isDerivative(int i) {
        boolean raised = at(i + 1).is(Kind.SUPERSCRIPT) || at(i + 1).isOperator("^");
        if (!raised && !at(i + 1).isOperator("/")) {
            return false;
        }
        for (int k = i + 1; k < in.size() && !at(k).is(Kind.RELATION); k++) {
            Token token = at(k);
            if (token.isOperator("/")) {
                Token below = at(k + 1);
                boolean spacedOut = below.text().equals("d") && startsSymbol(at(k + 2));
                return below.is(Kind.LETTERS)
                        && below.text().startsWith("d")
                        && (below.text().length() > 1 || spacedOut);
            }
            if (token.isOperator("+") || token.isOperator("-")) {
                return false;
            }
        }
        return false;
    }

    boolean alone(int i) {
        boolean starts = i == 0 || in.get(i - 1).is(Kind.RELATION);
        return starts && (at(i + 1).is(Kind.RELATION) || at(i + 1).is(Kind.END));
    }

    /** Whether a name of several letters is all of a side: then others are names too, {@code Nu = 0.023 Re^{0.8} Pr^{0.4}}. */
    boolean hasNameAlone() {
        for (int i = 0; i < in.size(); i++) {
            if (in.get(i).is(Kind.LETTERS) && Vocabulary.isName(in.get(i).text()) && alone(i)) {
                return true;
            }
        }
        return false;
    }

    /** Whether every product in the text has a sign, and there is one. */
    static boolean writesEveryProduct(List<Token> tokens) {
        boolean signs = false;
        for (int i = 0; i + 1 < tokens.size(); i++) {
            Token a = tokens.get(i);
            Token b = tokens.get(i + 1);
            signs |= a.isOperator("*") || a.isOperator("/") || a.isOperator("^");
            boolean index = i > 0 && tokens.get(i - 1).isOperator("_");
            boolean ends = a.is(Kind.NUMBER) || a.isSymbol() || a.is(Kind.CLOSE, ")");
            boolean starts = b.isSymbol() || (b.is(Kind.NUMBER) && !a.isSymbol()) || (b.is(Kind.OPEN) && b.spaced());
            if (ends && starts && !index) {
                return false;
            }
        }
        return signs;
    }

    static boolean startsSymbol(Token next) {
        return next.isSymbol()
                || (next.is(Kind.COMMAND)
                        && Set.of("vec", "mathbf", "boldsymbol", "bm").contains(next.text()));
    }

    boolean startsTerm(int i) {
        return i == 0
                || at(i - 1).is(Kind.RELATION)
                || at(i - 1).isOperator("+")
                || at(i - 1).isOperator("-");
    }

    /** Whether the run is all there is of a term, or of a part of a quotient. */
    boolean isTerm(int i) {
        boolean begins = startsTerm(i)
                || at(i - 1).isOperator("/")
                || at(i - 1).isOperator(";")
                || (at(i - 1).is(Kind.OPEN) && !(i > 1 && at(i - 2).text().equals("sqrt")));
        Token next = at(i + 1);
        return begins
                && (next.is(Kind.RELATION)
                        || next.is(Kind.END)
                        || next.is(Kind.CLOSE)
                        || next.is(Kind.SUBSCRIPT)
                        || (next.is(Kind.OPERATOR) && "+-/;_".contains(next.text())));
    }

    /** Whether the letter of a matrix, a bracket or an exponential stands there behind white space. */
    boolean startsMatrix(int i) {
        boolean density = at(i).is(Kind.NAME, "rho");
        boolean capital = density
                || (at(i).isSymbol() && Character.isUpperCase(at(i).text().charAt(0)));
        return at(i).spaced() && (capital || at(i).is(Kind.OPEN, "("));
    }

    boolean opensBracket(int i) {
        return at(i).is(Kind.OPEN, "(")
                || (at(i).is(Kind.OPEN, "{") && at(i + 1).is(Kind.OPEN, "("));
    }
}
