package phifleet.equations.grammar.name;

import java.util.List;
import java.util.Set;
import phifleet.equations.ast.Function;
import phifleet.equations.grammar.token.Notes;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/** What a Greek letter is: a symbol, a change (Δ and δ), the sign of a sum (Σ) or a function (Γ). */
final class GreekLetters {
    private final List<Token> in;
    private final TokenContext around;
    private final boolean latex;
    private final Set<String> declared;
    private final boolean differentials;
    private final Notes notes;

    /** @param differentials whether some stand elsewhere in the text */
    GreekLetters(List<Token> in, boolean latex, Set<String> declared, boolean differentials, Notes notes) {
        this.in = in;
        this.around = new TokenContext(in);
        this.latex = latex;
        this.declared = declared;
        this.differentials = differentials;
        this.notes = notes;
    }

    /** The token that stands for the letter at {@code i}. */
    Token read(Token letter, int i) {
        Token next = around.at(i + 1);
        boolean called = next.is(Kind.OPEN, "(") && !next.spaced() && !latex;
        boolean symbol = TokenContext.startsSymbol(next);
        boolean free = !declared.contains(letter.text());
        return switch (letter.text()) {
            case "Delta" -> free && (symbol || called) ? function(letter, letter.text(), Function.CHANGE) : letter;
            case "delta" -> {
                boolean variation = (symbol && (differentials || isInexact(next))) || called;
                yield free && variation ? function(letter, letter.text(), Function.VARIATION) : letter;
            }
            case "Sigma" ->
                free && ((symbol && around.startsTerm(i)) || isSummed(i + 1) || isBounded(i + 1))
                        ? sum(letter)
                        : letter;
            case "Gamma" -> {
                boolean function = around.opensBracket(i + 1) && (latex || (free && isGammaFunction()));
                yield function ? function(letter, "gamma", Function.GAMMA) : letter;
            }
            default -> letter;
        };
    }

    /** Whether an index with its first value stands there: {@code Σ_{k=1}^n k²}. */
    private boolean isBounded(int sign) {
        return around.at(sign).isOperator("_")
                && around.at(sign + 1).is(Kind.OPEN, "{")
                && (around.at(sign + 2).is(Kind.LETTERS) || around.at(sign + 2).is(Kind.NAME))
                && around.at(sign + 3).is(Kind.RELATION);
    }

    /** Whether a bracket with a sum in it opens there: {@code Σ(x-μ)²}, but not {@code Σ(E)}. */
    private boolean isSummed(int open) {
        int depth = 0;
        for (int k = open; around.at(open).is(Kind.OPEN, "(") && k < in.size(); k++) {
            Token token = in.get(k);
            depth += token.is(Kind.OPEN) ? 1 : token.is(Kind.CLOSE) ? -1 : 0;
            boolean inside = depth == 1 && k > open + 1;
            if (depth == 0 || (inside && (token.isOperator("+") || token.isOperator("-")))) {
                return depth > 0;
            }
        }
        return false;
    }

    private static Token function(Token letter, String spelling, Function function) {
        return new Token(Kind.FUNCTION, spelling, letter.start(), letter.end(), letter.spaced(), function);
    }

    private Token sum(Token letter) {
        notes.warn("sum_sign", "Σ is read here as the sign of a sum.", letter.start(), letter.end() - letter.start());
        return new Token(Kind.BIG, "sum", letter.start(), letter.end(), letter.spaced());
    }

    private static boolean isInexact(Token next) {
        return next.is(Kind.LETTERS)
                && (next.text().startsWith("Q") || next.text().startsWith("W"));
    }

    /** Whether a factorial stands beside it, or it is called more than once: a reflection coefficient hardly is. */
    private boolean isGammaFunction() {
        int calls = 0;
        boolean factorial = false;
        for (int k = 0; k + 1 < in.size(); k++) {
            boolean open = in.get(k + 1).is(Kind.OPEN, "(") && !in.get(k + 1).spaced();
            calls += in.get(k).is(Kind.NAME, "Gamma") && open ? 1 : 0;
            factorial |= in.get(k).isOperator("!");
        }
        return calls > 1 || factorial;
    }
}
