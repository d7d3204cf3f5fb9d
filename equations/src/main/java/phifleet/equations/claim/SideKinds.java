package phifleet.equations.claim;

import java.util.EnumSet;
import java.util.Set;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;

/** Of what kind the sides of an equation in one symbol are: functions of it that are no powers, or powers of some degree. */
public final class SideKinds {
    private static final Set<Function> INVERSE = EnumSet.of(
            Function.LOG, Function.ASIN, Function.ACOS, Function.ATAN, Function.ASINH, Function.ACOSH, Function.ATANH);

    private SideKinds() {}

    /**
     * Whether it can be no identity by its form, so that it asks for the value of its symbol: functions of it on one side and powers
     * on the other ({@code e^x = 3x}), or powers of different degree ({@code √(x+3) = x − 3}).
     */
    public static boolean differ(Relation relation, Budget budget) {
        boolean left = isTranscendental(relation.left());
        boolean right = isTranscendental(relation.right());
        if (left && right) {
            return false;
        }
        return (left || right)
                ? relation.sides().stream().noneMatch(SideKinds::undoesFunctions)
                : !Degrees.areAlike(relation.left(), relation.right(), budget);
    }

    /** Whether a symbol stands in a function that is no power. */
    static boolean isTranscendental(Expr side) {
        return Trees.any(side, node -> switch (node) {
            case Expr.Call call ->
                !Claims.ALGEBRAIC.contains(call.function())
                        && !Claims.names(call).isEmpty();
            case Expr.Power(Expr base, Expr exponent) -> !Claims.names(exponent).isEmpty();
            default -> false;
        });
    }

    /** An arc sine or a logarithm may undo what stands beside it: {@code sin(arccos x) = x}. */
    private static boolean undoesFunctions(Expr side) {
        boolean[] inverse = {false};
        boolean[] direct = {false};
        Trees.visit(side, node -> {
            if (node instanceof Expr.Call call) {
                boolean undoes = INVERSE.contains(call.function());
                inverse[0] |= undoes;
                direct[0] |= !undoes && !Claims.ALGEBRAIC.contains(call.function());
            }
            boolean raised = node instanceof Expr.Power(Expr base, Expr exponent)
                    && !Claims.names(exponent).isEmpty();
            direct[0] |= raised;
        });
        return inverse[0] && direct[0];
    }
}
