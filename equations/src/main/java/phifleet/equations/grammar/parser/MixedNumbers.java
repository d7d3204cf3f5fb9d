package phifleet.equations.grammar.parser;

import java.util.List;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/** A whole number and a fraction behind it: one and a half. */
final class MixedNumbers {
    private MixedNumbers() {}

    /** {@code 1 1/2} at the fraction; what else stands behind a number cannot be there. */
    static Expr read(Cursor cursor, Num whole, Token token) {
        Token above = cursor.peek();
        Token below = cursor.peek(2);
        boolean parts = above.spaced()
                && cursor.peek(1).isOperator("/")
                && isWhole(token)
                && isWhole(above)
                && below.is(Kind.NUMBER)
                && isWhole(below)
                && !cursor.peek(3).is(Kind.NUMBER)
                && above.text().length() <= below.text().length()
                && WrittenNumbers.num(above.text())
                                .value()
                                .compareTo(WrittenNumbers.num(below.text()).value())
                        < 0;
        if (!parts) {
            throw cursor.unexpected(above, "operator");
        }
        cursor.next();
        cursor.next();
        cursor.next();
        cursor.warn("mixed_number", "A whole number before a fraction is read as their sum.", token.start());
        Expr fraction = cursor.make(
                new Quotient(
                        cursor.make(WrittenNumbers.num(above.text()), above.span()),
                        cursor.make(WrittenNumbers.num(below.text()), below.span())),
                above.start());
        return cursor.make(new Expr.Sum(List.of(cursor.make(whole, token.span()), fraction)), token.start());
    }

    private static boolean isWhole(Token token) {
        return token.text().matches("\\d{1,9}");
    }
}
