package phifleet.equations.grammar.parser;

import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Trees;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/**
 * Values at a place, {@code \left. dy/dx \right|_{x=3}}, and differences of two, {@code \left. x^2 \right|_0^1}. Of what is to be
 * differentiated first it is a limit. A bound that names no variable, what is held constant or a point, leaves the expression as it is.
 */
final class Evaluations {
    private final Atoms atoms;
    private final Cursor cursor;

    /** A bound: what is set, or null, and the value. */
    private record Bound(@Nullable Expr variable, Expr value) {}

    Evaluations(Atoms atoms) {
        this.atoms = atoms;
        this.cursor = atoms.cursor;
    }

    /** From the opening sign without a bracket. */
    Expr read() {
        Token open = cursor.next();
        Expr inside = atoms.grammar.nested();
        if (!cursor.accept(Kind.CLOSE, "|")) {
            throw cursor.unexpected(cursor.peek(), "\\right|");
        }
        Bound lower = bound("_", Kind.SUBSCRIPT);
        Bound upper = bound("^", Kind.SUPERSCRIPT);
        if (lower == null && upper != null) {
            lower = bound("_", Kind.SUBSCRIPT);
        }
        if (lower == null) {
            return inside;
        }
        if (upper == null) {
            return lower.variable() == null
                    ? inside
                    : cursor.make(at(inside, lower.variable(), lower.value()), open.start());
        }
        Expr variable = lower.variable() == null ? only(inside) : lower.variable();
        if (variable == null) {
            return inside;
        }
        Expr above = at(inside, variable, upper.value());
        Expr below = at(inside, variable, lower.value());
        return cursor.make(new Expr.Sum(List.of(above, new Expr.Negation(below))), open.start());
    }

    private @Nullable Bound bound(String sign, Kind small) {
        if (cursor.peek().is(small)) {
            return new Bound(null, atoms.numbers.small(cursor.next()));
        }
        return cursor.acceptOperator(sign) ? bound() : null;
    }

    private Bound bound() {
        Token brace = cursor.peek();
        if (!brace.is(Kind.OPEN, "{")) {
            return new Bound(null, atoms.argumentOfAnyLength());
        }
        cursor.next();
        Expr first = atoms.grammar.nested();
        boolean named = first instanceof Symbol && cursor.accept(Kind.RELATION, "=");
        Bound bound = named ? new Bound(first, atoms.grammar.nested()) : new Bound(null, first);
        cursor.expectClose(brace, "}");
        return bound;
    }

    private static @Nullable Expr only(Expr inside) {
        SortedSet<Symbol> symbols = Trees.symbols(inside);
        return symbols.size() == 1 ? symbols.first() : null;
    }

    private static Expr at(Expr inside, Expr variable, Expr value) {
        boolean differentiated = Trees.any(
                inside,
                node -> node instanceof Expr.Derivative derivative
                        && derivative.variables().stream()
                                .anyMatch(by -> by.variable().equals(variable)));
        return differentiated
                ? new Expr.Limit(inside, variable, value, Expr.Limit.Side.BOTH)
                : Trees.replace(inside, (Symbol) variable, value);
    }
}
