package phifleet.equations.grammar.token;

import java.util.ArrayList;
import java.util.List;
import phifleet.equations.grammar.token.SyntaxProblem.Code;
import phifleet.equations.grammar.token.Token.Kind;

/** Where a lexer stands in its text, and the tokens that it has. */
final class Scan {
    final String source;
    final List<Token> tokens = new ArrayList<>();
    int at;
    /** Whether white space stands between the last token and here. */
    boolean spaced;

    Scan(String source) {
        this.source = source;
    }

    /** The index of the brace that closes the next open one. */
    int closing(int open) {
        int depth = 0;
        for (int i = open; i < source.length(); i++) {
            char c = source.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0 && c == '}') {
                return i;
            }
        }
        throw fail(Code.UNBALANCED_BRACKET, "This brace is never closed.", Math.min(open, source.length() - 1), 1);
    }

    /** Adds what the next {@code length} characters are, and goes behind them; always true. */
    boolean add(Kind kind, String text, int length) {
        tokens.add(new Token(kind, text, at, at + length, spaced));
        at += length;
        spaced = false;
        return true;
    }

    SyntaxException fail(Code code, String message, int position, int length) {
        return new SyntaxException(SyntaxProblem.at(source, code, message, position, length, List.of()));
    }

    char peek(int ahead) {
        return charAt(at + ahead);
    }

    char charAt(int index) {
        return index < source.length() ? source.charAt(index) : 0;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isLatin(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
