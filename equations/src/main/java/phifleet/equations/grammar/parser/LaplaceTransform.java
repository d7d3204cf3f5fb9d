package phifleet.equations.grammar.parser;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/** {@code \mathcal{L}\{f(t)\}} is the integral that it stands for, {@code ∫_0^∞ f(t) e^{-st} dt}; of p where the text has that and no s. */
final class LaplaceTransform {
    private static final Symbol TIME = Symbol.of("t");

    private final Atoms atoms;
    private final Cursor cursor;

    LaplaceTransform(Atoms atoms) {
        this.atoms = atoms;
        this.cursor = atoms.cursor;
    }

    /** The integral at the letter behind {@code \mathcal}, or null where none stands there. */
    @Nullable
    Expr read(int start) {
        boolean braced = cursor.peek().is(Kind.OPEN, "{") && cursor.peek(2).is(Kind.CLOSE, "}");
        Token letter = cursor.peek(braced ? 1 : 0);
        Token open = cursor.peek(braced ? 3 : 1);
        boolean bracket = open.is(Kind.OPEN, "\\{") || open.is(Kind.OPEN, "[");
        if (!letter.is(Kind.NAME, "L") || !bracket) {
            return null;
        }
        cursor.moveTo(cursor.index() + (braced ? 4 : 2));
        Expr function = atoms.grammar.nested();
        cursor.expectClose(open, open.text().equals("[") ? "]" : "\\}");
        if (cursor.peek().is(Kind.OPEN, "(") && cursor.peek(2).is(Kind.CLOSE, ")")) {
            // The (s) behind it.
            cursor.moveTo(cursor.index() + 3);
        }
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
