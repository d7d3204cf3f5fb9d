package phifleet.equations.grammar.parser;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/**
 * Integral transforms by their script letters. {@code \\mathcal{L}\\{f(t)\\}} is the integral that it stands for, {@code ∫_0^∞ f(t) e^{-st} dt};
 * of p where the text has that and no s. Fourier's, Mellin's, Hilbert's and the z-transform, and inverses, are functions that nothing is known of.
 */
final class IntegralTransforms {
    private static final Symbol TIME = Symbol.of("t");

    /** Of transforms whose conventions differ. */
    private static final Set<String> OPAQUE = Set.of("F", "Z", "H", "M");

    /** The tokens of an exponent of -1 in braces. */
    private static final List<String> INVERSE = List.of("^", "{", "-", "1", "}");

    private final Atoms atoms;
    private final Cursor cursor;

    IntegralTransforms(Atoms atoms) {
        this.atoms = atoms;
        this.cursor = atoms.cursor;
    }

    /** The transform at the letter behind {@code \\mathcal}, or null where none stands there. */
    @Nullable
    Expr read(int start) {
        boolean braced = cursor.peek().is(Kind.OPEN, "{") && cursor.peek(2).is(Kind.CLOSE, "}");
        Token letter = cursor.peek(braced ? 1 : 0);
        int behind = braced ? 3 : 1;
        boolean inverse = isInverse(behind);
        int at = inverse ? behind + INVERSE.size() : behind;
        Token open = cursor.peek(at);
        boolean bracket = open.is(Kind.OPEN, "\\{") || open.is(Kind.OPEN, "[");
        boolean laplace = letter.is(Kind.NAME, "L");
        if (!bracket || !(laplace || (letter.is(Kind.NAME) && OPAQUE.contains(letter.text())))) {
            return null;
        }
        cursor.moveTo(cursor.index() + at + 1);
        Expr function = atoms.grammar.nested();
        cursor.expectClose(open, open.text().equals("[") ? "]" : "\\}");
        if (cursor.peek().is(Kind.OPEN, "(") && cursor.peek(2).is(Kind.CLOSE, ")")) {
            // The (s) behind it.
            cursor.moveTo(cursor.index() + 3);
        }
        return laplace && !inverse ? laplace(function, start) : opaque(letter.text(), inverse, function, start);
    }

    private boolean isInverse(int from) {
        for (int i = 0; i < INVERSE.size(); i++) {
            if (!cursor.peek(from + i).text().equals(INVERSE.get(i))) {
                return false;
            }
        }
        return true;
    }

    private Expr opaque(String letter, boolean inverse, Expr function, int start) {
        cursor.warn("transform", "It is read as an integral transform, of which nothing is claimed.", start);
        String name = letter + (inverse ? "_inverse" : "_transform");
        return cursor.make(new Expr.Application(Symbol.of(name), List.of(function)), start);
    }

    private Expr laplace(Expr function, int start) {
        cursor.warn("laplace", "It is read as the integral from 0 on of what is transformed times e^(-st).", start);
        Expr decay = new Expr.Power(Expr.Constant.E, new Expr.Negation(new Expr.Product(List.of(frequency(), TIME))));
        return cursor.make(
                new Expr.Integral(
                        cursor.make(new Expr.Product(List.of(function, decay)), start),
                        List.of(new Expr.Range(TIME, Num.of(0), Expr.Constant.INFINITY))),
                start);
    }

    private Symbol frequency() {
        boolean p = false;
        boolean s = false;
        for (int i = 0; !cursor.token(i).is(Kind.END); i++) {
            p |= cursor.token(i).is(Kind.NAME, "p");
            s |= cursor.token(i).is(Kind.NAME, "s");
        }
        return Symbol.of(p && !s ? "p" : "s");
    }
}
