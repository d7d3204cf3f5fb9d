package phifleet.equations.claim;

import java.util.EnumSet;
import java.util.Set;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Trees;

/** What is said of complex numbers: real ones are no exception that saves it, for there {@code \bar z = z} says nothing. */
public final class ComplexClaims {
    private static final Set<Function> PARTS = EnumSet.of(Function.CONJUGATE, Function.RE, Function.IM, Function.ARG);
    private static final Set<String> COMPLEX = Set.of("z", "w");

    private ComplexClaims() {}

    /** Whether parts of complex numbers are spoken of, or the size of a z. */
    public static boolean isOne(Expr side) {
        return Trees.any(
                side,
                node -> node instanceof Expr.Call call
                        && (PARTS.contains(call.function()) || call.function() == Function.ABS)
                        && Trees.symbols(call).stream()
                                .anyMatch(
                                        symbol -> PARTS.contains(call.function()) || COMPLEX.contains(symbol.base())));
    }
}
