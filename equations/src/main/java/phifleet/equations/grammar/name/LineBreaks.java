package phifleet.equations.grammar.name;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/**
 * Parts equations that stand on lines of their own, or with a word such as {@code and} between them: there a semicolon is put.
 * A line goes on with the next one where a bracket is open, where it ends with an operator or the next begins with one, or
 * where one of the two has no relation.
 */
public final class LineBreaks {
    private static final Set<String> JOINING = Set.of("and", "or", "with", "where", "for", "if", "when");
    private static final Set<String> LEADING = Set.of("+", "-", "±", "*", "·", "×", "/", "^", ",", ";", "\\\\", "&");

    private LineBreaks() {}

    public static List<Token> parted(String source, List<Token> tokens) {
        boolean words = tokens.stream().anyMatch(LineBreaks::isJoining);
        boolean lines = source.indexOf('\n') >= 0 || source.indexOf('\r') >= 0 || source.indexOf('\u2028') >= 0;
        if (!words && !lines) {
            return tokens;
        }
        boolean[] relationAhead = relationsAhead(source, tokens);
        List<Token> out = new ArrayList<>(tokens.size() + 8);
        boolean relation = false;
        int depth = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            boolean joins = isJoining(token) && i > 0;
            boolean parts = depth == 0 && relation && relationAhead[joins ? i + 1 : i];
            boolean begins =
                    i > 0 && isBroken(source, tokens.get(i - 1), token) && !leads(token) && !trails(tokens.get(i - 1));
            if (parts && (joins || begins)) {
                out.add(new Token(Kind.OPERATOR, ";", token.start(), joins ? token.end() : token.start(), true));
                relation = false;
                if (joins) {
                    continue;
                }
            }
            depth += token.is(Kind.OPEN) || isBegin(token) ? 1 : token.is(Kind.CLOSE) || isEnd(token) ? -1 : 0;
            if (depth == 0) {
                relation = !separates(token) && (relation || token.is(Kind.RELATION));
            }
            out.add(token);
        }
        return out;
    }

    /** For each token whether a relation stands between it and the end of its line or the next separating sign. */
    private static boolean[] relationsAhead(String source, List<Token> tokens) {
        boolean[] ahead = new boolean[tokens.size() + 1];
        boolean seen = false;
        for (int i = tokens.size() - 1; i >= 0; i--) {
            Token token = tokens.get(i);
            boolean ends = separates(token)
                    || isJoining(token)
                    || (i + 1 < tokens.size()
                            && isBroken(source, token, tokens.get(i + 1))
                            && !leads(tokens.get(i + 1))
                            && !trails(token));
            seen = token.is(Kind.RELATION) || (seen && !ends);
            ahead[i] = seen;
        }
        return ahead;
    }

    private static boolean isJoining(Token token) {
        return (token.is(Kind.LETTERS) || token.is(Kind.TEXT))
                && JOINING.contains(token.text().strip());
    }

    private static boolean isBroken(String source, Token before, Token token) {
        for (int i = before.end(); i < token.start(); i++) {
            char c = source.charAt(i);
            if (c == '\n' || c == '\r' || c == '\u2028') {
                return true;
            }
        }
        return false;
    }

    private static boolean leads(Token token) {
        boolean operator = token.is(Kind.OPERATOR) && LEADING.contains(token.text()) && !token.isOperator("-");
        return operator || token.is(Kind.RELATION) || token.is(Kind.CLOSE) || token.is(Kind.END) || isEnd(token);
    }

    private static boolean trails(Token token) {
        return (token.is(Kind.OPERATOR) && LEADING.contains(token.text()))
                || token.is(Kind.RELATION)
                || token.is(Kind.OPEN)
                || isBegin(token);
    }

    private static boolean separates(Token token) {
        return token.isOperator(";") || token.isOperator("\\\\");
    }

    private static boolean isBegin(Token token) {
        return token.is(Kind.COMMAND) && token.text().startsWith("begin:");
    }

    private static boolean isEnd(Token token) {
        return token.is(Kind.COMMAND) && token.text().startsWith("end:");
    }
}
