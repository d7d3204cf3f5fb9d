package phifleet.equations.solve;

import java.util.Optional;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;

/** Roots of odd order that are said to be negative, {@code x^{1/3} = −2}: no principal value is, but the real root of a negative number is. */
public final class OddRoots {
    private OddRoots() {}

    /** The equation raised to the root's order, which is the same for real roots; empty where no side is such a root of what is unknown. */
    public static Optional<Relation> raised(Relation relation) {
        if (relation.sides().size() != 2) {
            return Optional.empty();
        }
        return raised(relation.left(), relation.right()).or(() -> raised(relation.right(), relation.left()));
    }

    private static Optional<Relation> raised(Expr side, Expr other) {
        if (!Trees.symbols(other).isEmpty() || Trees.symbols(side).isEmpty()) {
            return Optional.empty();
        }
        return switch (side) {
            case Expr.Power(Expr base, Expr.Quotient(Expr.Num above, Expr.Num order))
            when isOdd(order) && isOdd(above) ->
                Optional.of(Relation.equal(new Expr.Power(base, above), new Expr.Power(other, order)));
            case Expr.Call call
            when call.function() == Function.ROOT
                    && call.arguments().size() == 2
                    && call.arguments().get(1) instanceof Expr.Num order
                    && isOdd(order) -> Optional.of(Relation.equal(call.argument(), new Expr.Power(other, order)));
            default -> Optional.empty();
        };
    }

    private static boolean isOdd(Expr.Num number) {
        return number.isInteger() && number.value().toBigInteger().testBit(0);
    }
}
