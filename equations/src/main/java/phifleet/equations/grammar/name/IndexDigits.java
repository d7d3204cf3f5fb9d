package phifleet.equations.grammar.name;

import java.util.List;
import phifleet.equations.grammar.token.Letters;
import phifleet.equations.grammar.token.Notes;
import phifleet.equations.grammar.token.SyntaxException;
import phifleet.equations.grammar.token.SyntaxProblem;
import phifleet.equations.grammar.token.SyntaxProblem.Code;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/** Digits that touch a run of letters: {@code x1} is x with index 1; {@code mc2} could be anything and is refused. */
public final class IndexDigits {
    private IndexDigits() {}

    /** Whether it is the {@code i2π} of a Fourier transform. */
    public static boolean isTurn(String source, Token letter, Token number) {
        boolean imaginary = letter.text().equals("i") || letter.text().equals("j");
        int end = number.end();
        return imaginary
                && number.is(Kind.NUMBER, "2")
                && (source.startsWith("π", end) || source.startsWith("pi", end) || source.startsWith("\\pi", end));
    }

    /** Whether {@code next} was such an index of the run; then it is in {@code out}, of which the last token is the run's. */
    static boolean follow(String source, Token run, Token next, List<Token> out, Notes notes) {
        Token last = out.getLast();
        if (!next.is(Kind.NUMBER)
                || next.spaced()
                || !last.is(Kind.NAME)
                || isTurn(source, last, next)
                || Letters.fraction(source.charAt(next.start())) != null) {
            return false;
        }
        // A first power or a zeroth is never written, so the last letter of a product has an index there: Gm1.
        boolean unraised = next.text().equals("0") || next.text().equals("1");
        boolean whole =
                (last.start() == run.start() || unraised) && next.text().chars().allMatch(Character::isDigit);
        if (!whole) {
            String both = source.substring(run.start(), next.end());
            throw new SyntaxException(SyntaxProblem.at(
                    source,
                    Code.AMBIGUOUS_DIGITS,
                    "“" + both + "” could be a power or an index.",
                    next.start(),
                    next.end() - next.start(),
                    List.of("^" + next.text(), "_" + next.text(), "*" + next.text())));
        }
        notes.warn(
                "index_digits",
                "“" + last.text() + next.text() + "” is read as " + last.text() + " with index " + next.text() + ".",
                last.start(),
                last.end() - last.start());
        out.add(new Token(Kind.SUBSCRIPT, next.text(), next.start(), next.end(), false));
        return true;
    }
}
