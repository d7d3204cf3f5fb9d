package phifleet.equations.number;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;

/**
 * Revolutions beside cycles: {@code 60 rpm} is 2π rad/s as an angular velocity, and 1 Hz as a frequency, for then a revolution is one
 * cycle and no angle.
 */
public final class Revolutions {
    private static final Pattern NAME = Pattern.compile("[\\p{L}]+");
    private static final Set<String> REVOLUTIONS = Set.of("rev", "revolution", "revolutions", "turn", "turns");
    private static final Set<String> ANGLES =
            Set.of("rad", "deg", "°", "mrad", "radian", "radians", "degree", "degrees");

    private Revolutions() {}

    /** Whether revolutions are counted in it, and nothing is an angle. */
    public static boolean areCounted(Relation relation) {
        boolean[] counted = {false};
        boolean[] angle = {false};
        Trees.visit(relation, node -> {
            if (node instanceof Expr.Quantity(Expr.Num _, String unit)) {
                Matcher names = NAME.matcher(unit);
                while (names.find()) {
                    counted[0] |= names.group().equals("rpm") || REVOLUTIONS.contains(names.group());
                    angle[0] |= ANGLES.contains(names.group());
                }
                angle[0] |= unit.contains("°");
            }
        });
        return counted[0] && !angle[0];
    }

    /** The relation with each revolution as one. */
    public static Relation asCycles(Relation relation) {
        return (Relation) Trees.mapSides(relation, side -> Trees.rewrite(side, Revolutions::cycles));
    }

    private static Expr cycles(Expr node) {
        return node instanceof Expr.Quantity(Expr.Num number, String unit)
                ? new Expr.Quantity(
                        number,
                        NAME.matcher(unit)
                                .replaceAll(name -> name.group().equals("rpm")
                                        ? "(1/min)"
                                        : REVOLUTIONS.contains(name.group()) ? "1" : name.group()))
                : node;
    }
}
