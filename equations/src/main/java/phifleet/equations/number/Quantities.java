package phifleet.equations.number;

import java.util.List;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Constant;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Product;
import phifleet.equations.ast.Expr.Quantity;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.units.Scale;
import phifleet.equations.units.UnitReading;
import phifleet.equations.units.Units;

/** Numbers with units as plain numbers of SI base units, exactly. */
public final class Quantities {
    private Quantities() {}

    public static Relation inBaseUnits(Relation relation) {
        return (Relation) Trees.mapSides(relation, side -> Trees.rewrite(side, Quantities::scaled));
    }

    private static Expr scaled(Expr node) {
        if (!(node instanceof Quantity(Num number, String unit))) {
            return node;
        }
        return switch (Units.standard().read(unit)) {
            case UnitReading.Read(var read) -> times(number, read.scale());
            // Cannot be: the grammar made it a quantity because the unit is known.
            case UnitReading.Unreadable _ -> Symbol.of(unit);
        };
    }

    private static Expr times(Num number, Scale scale) {
        Expr factor = new Quotient(Num.of(scale.numerator()), Num.of(scale.denominator()));
        Expr plain = new Product(List.of(number, factor));
        return scale.piExponent() == 0
                ? plain
                : new Product(List.of(number, factor, new Power(Constant.PI, Num.of(scale.piExponent()))));
    }
}
