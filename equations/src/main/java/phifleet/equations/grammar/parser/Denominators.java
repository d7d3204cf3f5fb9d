package phifleet.equations.grammar.parser;

import java.util.ArrayList;
import java.util.List;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.grammar.token.Ambiguity;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/** How far what stands behind a slash reaches. */
final class Denominators {
    private final Grammar grammar;
    private final Cursor cursor;

    Denominators(Grammar grammar) {
        this.grammar = grammar;
        this.cursor = grammar.cursor;
    }

    /**
     * What stands behind a slash. Physics writes {@code p²/2m}, {@code h/2π}, {@code a/bc}, {@code 1/4πε₀} without
     * brackets: letters that touch the denominator belong to it. {@code 1/2mv²} and {@code 4/3πr³} are fractions of
     * numbers before a product, and so is everything behind white space.
     */
    Expr behind(Expr numerator) {
        Token first = cursor.peek();
        int start = first.start();
        Expr right = grammar.signedFactor();
        boolean number = first.is(Kind.NUMBER) && (right instanceof Num || right instanceof Quotient);
        boolean glues = !first.is(Kind.OPEN) && !first.is(Kind.FUNCTION) && !first.is(Kind.FORM);
        if (number && numerator instanceof Num) {
            glues = Brackets.is(numerator, 1)
                    && (cursor.peek().is(Kind.CONSTANT, "pi")
                            || (touches(cursor.peek()) && cursor.notes.isOtherwise(Ambiguity.FRACTION_PRODUCT)));
        }
        List<Expr> parts = new ArrayList<>();
        parts.add(right);
        glues = glues && touches(cursor.peek()) && !cursor.notes.isOtherwise(Ambiguity.SLASH_PRODUCT);
        while (glues && touches(cursor.peek())) {
            Grammar.addFactor(parts, grammar.power());
        }
        if (parts.size() > 1) {
            Expr product = grammar.product(parts, start);
            cursor.warn(
                    "implicit_product",
                    "“/" + cursor.source.substring(start, cursor.previous().end())
                            + "” is read with the whole product below the line; write brackets to be sure.",
                    start);
            return product;
        }
        Token behind = cursor.peek();
        if (grammar.startsFactor(behind) && !(number && numerator instanceof Num)) {
            cursor.warn(
                    "implicit_product",
                    "What stands behind “"
                            + cursor.source.substring(start, cursor.previous().end())
                            + "” is read as above the line; write brackets to be sure.",
                    start);
        }
        return right;
    }

    private boolean touches(Token token) {
        return (!token.spaced() || isThermalEnergy(token))
                && (token.is(Kind.NAME) || token.is(Kind.CONSTANT) || token.is(Kind.COMMAND, "√"))
                && grammar.startsFactor(token);
    }

    /** Whether the T of kT or RT stands here, which nobody takes apart: {@code e^{-E/k_B T}}. */
    private boolean isThermalEnergy(Token token) {
        Token before = cursor.previous();
        boolean boltzmann = before.is(Kind.NAME, "k")
                || (before.is(Kind.SUBSCRIPT, "B")
                        && cursor.token(cursor.index() - 2).is(Kind.NAME, "k"));
        return token.is(Kind.NAME, "T") && (boltzmann || before.is(Kind.NAME, "R"));
    }
}
