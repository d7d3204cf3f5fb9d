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
 * differentiated first it is a limit. A bound that names no variable, what is held constant or a point, leaves the expression as it is, and so
 * does one for a letter that has no value of its own there, as an index.
 */
final class Evaluations {
    private final Atoms atoms;
    private final Cursor cursor;

    /** A bound: what is set, or null, and the value. */
    private record Bound(@Nullable Symbol variable, Expr value) {}

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
        Symbol variable = lower.variable() == null && upper != null ? only(inside) : lower.variable();
        if (variable == null || !isOpen(inside, variable)) {
            return inside;
        }
        Expr below = at(inside, variable, lower.value(), open.start());
        return upper == null
                ? below
                : cursor.make(
                        new Expr.Sum(
                                List.of(at(inside, variable, upper.value(), open.start()), new Expr.Negation(below))),
                        open.start());
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
        Bound bound = first instanceof Symbol variable && cursor.accept(Kind.RELATION, "=")
                ? new Bound(variable, atoms.grammar.nested())
                : new Bound(null, first);
        cursor.expectClose(brace, "}");
        return bound;
    }

    private static @Nullable Symbol only(Expr inside) {
        SortedSet<Symbol> symbols = Trees.symbols(inside);
        return symbols.size() == 1 ? symbols.first() : null;
    }

    private Expr at(Expr inside, Symbol variable, Expr value, int start) {
        return isDifferentiated(inside, variable)
                ? cursor.make(new Expr.Limit(cursor.repeated(inside), variable, value, Expr.Limit.Side.BOTH), start)
                : cursor.replaced(inside, variable, value, start);
    }

    private static boolean isDifferentiated(Expr inside, Symbol variable) {
        return Trees.any(
                inside,
                node -> node instanceof Expr.Derivative derivative
                        && derivative.variables().stream()
                                .anyMatch(by -> by.variable().equals(variable)));
    }

    /** Not where it is an index or integrated over between bounds, and not where it hides what it depends on, {@code dx/dt} at x = 3. */
    private static boolean isOpen(Expr inside, Symbol variable) {
        return !Trees.any(inside, node -> switch (node) {
            case Expr.Integral integral ->
                integral.ranges().stream()
                        .anyMatch(range -> range.isBounded() && range.variable().equals(variable));
            case Expr.Series series -> series.index().variable().equals(variable);
            case Expr.Limit limit -> limit.variable().equals(variable);
            case Expr.Derivative(Expr operand, List<Expr.Derivative.By> by, boolean _) ->
                Trees.symbols(operand).contains(variable)
                        && by.stream().noneMatch(one -> Trees.any(operand, one.variable()::equals));
            default -> false;
        });
    }
}
