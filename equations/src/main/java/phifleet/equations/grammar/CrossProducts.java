package phifleet.equations.grammar;

import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Span;
import phifleet.equations.grammar.Token.Kind;

/** Where × between two letters without arrows is the cross product of vectors all the same. */
final class CrossProducts {
    private CrossProducts() {}

    /** Whether the same two letters stand around a × in the other order too, which would say nothing of numbers. */
    static boolean isTurned(Cursor cursor, Expr left, Expr right) {
        if (!(left instanceof Symbol a) || !(right instanceof Symbol b) || a.equals(b)) {
            return false;
        }
        boolean letters = a.name().equals(a.base())
                && b.name().equals(b.base())
                && a.base().length() == 1;
        for (int i = 0; letters && !cursor.token(i).is(Kind.END); i++) {
            if (cursor.token(i).is(Kind.NAME, b.base())
                    && cursor.token(i + 1).isOperator("×")
                    && cursor.token(i + 2).is(Kind.NAME, a.base())) {
                return true;
            }
        }
        return false;
    }

    /** A letter with an arrow, at its place. */
    static Expr asVector(Cursor cursor, Expr letter) {
        Span place = cursor.places.near(letter);
        Expr vector = letter instanceof Symbol s ? new Symbol(s.base(), s.subscript(), s.mark(), true) : letter;
        return place == null ? vector : cursor.make(vector, place);
    }
}
