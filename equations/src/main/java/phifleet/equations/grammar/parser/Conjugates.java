package phifleet.equations.grammar.parser;

import java.util.EnumSet;
import java.util.Set;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;

/** Tells a bar that conjugates from that of a mean: the former stands beside the size or a part of the same letter, {@code |z|² = z \\bar z}. */
public final class Conjugates {
    private static final Set<Function> OF_COMPLEX =
            EnumSet.of(Function.CONJUGATE, Function.RE, Function.IM, Function.ARG, Function.ABS);

    private Conjugates() {}

    /** The statement with such letters as the conjugates of those without a bar. */
    public static Statement read(Statement statement) {
        Statement read = statement;
        for (Symbol symbol : Trees.symbols(statement)) {
            Symbol bare = new Symbol(symbol.base(), symbol.subscript(), "", symbol.vector());
            if (symbol.mark().equals("bar") && isComplex(statement, bare)) {
                Expr conjugate = Expr.Call.of(Function.CONJUGATE, bare);
                read = Trees.mapSides(read, side -> Trees.replace(side, symbol, conjugate));
            }
        }
        return read;
    }

    private static boolean isComplex(Statement statement, Symbol symbol) {
        return Trees.any(
                statement,
                node -> node instanceof Expr.Call call
                        && OF_COMPLEX.contains(call.function())
                        && Trees.symbols(call).contains(symbol));
    }
}
