package phifleet.equations.grammar.parser;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Quantity;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/** Numbers as they are written: with units behind them, as fractions, raised. */
final class WrittenNumbers {
    private final Cursor cursor;

    WrittenNumbers(Cursor cursor) {
        this.cursor = cursor;
    }

    /** A number with its unit, a fraction, or a mixed number. */
    Expr number() {
        Token token = cursor.next();
        int slash = token.text().indexOf('/');
        if (slash > 0) {
            return fractionNumeral(token, slash);
        }
        Num number = num(token.text());
        Token unit = cursor.peek();
        if (unit.is(Kind.UNIT)) {
            cursor.next();
            return compound(cursor.make(new Quantity(number, unit.text()), token.start()), token.start());
        }
        if (unit.is(Kind.NUMBER)) {
            return MixedNumbers.read(cursor, number, token);
        }
        return cursor.make(number, token.span());
    }

    /** A number by itself, whatever stands behind it: {@code ∫_0^1 2x dx} has the bound 1. */
    Expr numeral() {
        Token token = cursor.next();
        int slash = token.text().indexOf('/');
        return slash > 0 ? fractionNumeral(token, slash) : cursor.make(num(token.text()), token.span());
    }

    /** {@code ½}, {@code 1/2 kg}, and the number that a period makes. */
    private Expr fractionNumeral(Token token, int slash) {
        Num above = num(token.text().substring(0, slash));
        Expr bottom = cursor.make(num(token.text().substring(slash + 1)), token.span());
        Token unit = cursor.peek();
        if (!unit.is(Kind.UNIT)) {
            return cursor.make(new Quotient(cursor.make(above, token.span()), bottom), token.span());
        }
        cursor.next();
        Expr whole = cursor.make(new Quantity(above, unit.text()), token.start());
        return compound(cursor.make(new Quotient(whole, bottom), token.start()), token.start());
    }

    /** {@code 5 m 20 cm}: what is measured in two units is their sum. */
    private Expr compound(Expr first, int start) {
        List<Expr> parts = new ArrayList<>(List.of(first));
        while (cursor.peek().is(Kind.NUMBER) && cursor.peek(1).is(Kind.UNIT)) {
            Token number = cursor.next();
            Token unit = cursor.next();
            int slash = number.text().indexOf('/');
            Num value = num(slash < 0 ? number.text() : number.text().substring(0, slash));
            Expr part = cursor.make(new Quantity(value, unit.text()), number.start());
            Num below = slash < 0 ? null : num(number.text().substring(slash + 1));
            parts.add(below == null ? part : cursor.make(new Quotient(part, below), number.start()));
        }
        return parts.size() == 1 ? first : cursor.make(new Expr.Sum(parts), start);
    }

    static Num num(String digits) {
        return new Num(new BigDecimal(digits.endsWith(".") ? digits.substring(0, digits.length() - 1) : digits));
    }

    /** The expression in a raised Unicode text: {@code ⁻¹}, {@code ⁿ}, {@code ²}. */
    Expr small(Token token) {
        List<Token> tokens = new ArrayList<>();
        String text = token.text();
        boolean digits = text.matches("[-+]?\\d+");
        if (digits) {
            String unsigned = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
            Expr number = cursor.make(num(unsigned), token.span());
            return text.startsWith("-") ? cursor.make(new Expr.Negation(number), token.span()) : number;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            Kind kind = Character.isDigit(c) ? Kind.NUMBER : Character.isLetter(c) ? Kind.NAME : Kind.OPERATOR;
            kind = c == '(' ? Kind.OPEN : c == ')' ? Kind.CLOSE : kind;
            tokens.add(new Token(kind, String.valueOf(c), token.start(), token.end(), false));
        }
        tokens.add(new Token(Kind.END, "", token.end(), token.end(), false));
        Grammar inner = new Grammar(new Cursor(cursor.source, cursor.latex, tokens, cursor.notes, cursor.budget));
        Expr whole = inner.sum();
        if (!inner.cursor.peek().is(Kind.END)) {
            throw cursor.unexpected(token, "exponent");
        }
        return remade(whole, token);
    }

    private Expr remade(Expr expr, Token token) {
        return phifleet.equations.ast.Trees.rewrite(expr, node -> cursor.make(node, token.span()));
    }
}
