package phifleet.equations.number;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.units.BaseQuantity;
import phifleet.equations.units.Dimension;
import phifleet.equations.units.Scale;
import phifleet.equations.units.UnitReading;
import phifleet.equations.units.Units;

/** Units of which there are several by one name: a year of 365 days, a calorie of the steam tables, an imperial gallon, a metric horsepower. */
public final class UnitVariants {
    /** In the order in which they are tried: what is told of an equation is the same each time. */
    private static final List<Several> ALL = List.of(
            Several.of("yr year years annum a y", "365 d", "365.2422 d", "365.2425 d"),
            Several.of("cal calorie calories kcal kilocalorie kilocalories Cal", "4.1868 J", "4.1855 J"),
            Several.of("hp horsepower", "735.49875 W"),
            Several.of("gal gallon gallons", "4.54609 L"),
            Several.of("BTU Btu", "1054.350 J", "1055.87 J"));

    private static final Dimension SPEED = Dimension.of(BaseQuantity.LENGTH).over(Dimension.of(BaseQuantity.TIME));

    /**
     * One of them.
     *
     * @param names how it is written, its multiples included
     * @param shares each variant as a share of the one that is in the table
     */
    private record Several(Set<String> names, List<Expr.Num> shares) {
        /** The first of the names is the unit of the variants. */
        static Several of(String names, String... variants) {
            List<String> all = List.of(names.split(" "));
            Scale table = scale(all.getFirst());
            return new Several(
                    Set.copyOf(all),
                    Stream.of(variants)
                            .map(variant -> number(scale(variant).over(table)))
                            .toList());
        }

        private static Scale scale(String unit) {
            return switch (Units.standard().read(unit)) {
                case UnitReading.Read(var read) -> read.scale();
                case UnitReading.Unreadable wrong -> throw new IllegalStateException(unit + ": " + wrong.message());
            };
        }

        private static Expr.Num number(Scale share) {
            return new Expr.Num(new BigDecimal(share.numerator())
                    .divide(new BigDecimal(share.denominator()), MathContext.DECIMAL64));
        }

        boolean isWritten(Expr node) {
            return node instanceof Expr.Quantity quantity && names.contains(quantity.unit());
        }

        Relation scaled(Relation relation, Expr.Num share) {
            return (Relation) Trees.mapSides(
                    relation,
                    side -> Trees.rewrite(
                            side, node -> isWritten(node) ? new Expr.Product(List.of(share, node)) : node));
        }
    }

    private UnitVariants() {}

    /** With kt as knots where another unit of the relation is one of a speed; else as it is, in kilotonnes. */
    public static Relation inKnots(Relation relation) {
        boolean speed = Trees.any(
                relation,
                node -> node instanceof Expr.Quantity(Expr.Num _, String unit)
                        && Units.standard().read(unit) instanceof UnitReading.Read(var read)
                        && read.dimension().equals(SPEED));
        return speed
                ? (Relation) Trees.mapSides(
                        relation,
                        side -> Trees.rewrite(
                                side,
                                node -> node instanceof Expr.Quantity(Expr.Num number, String unit) && unit.equals("kt")
                                        ? new Expr.Quantity(number, "kn")
                                        : node))
                : relation;
    }

    /** The relation with each variant of one of its units; empty where all are what they are. */
    public static List<Relation> of(Relation relation) {
        List<Relation> variants = new ArrayList<>();
        for (Several unit : ALL) {
            if (Trees.any(relation, unit::isWritten)) {
                unit.shares().forEach(share -> variants.add(unit.scaled(relation, share)));
            }
        }
        return variants;
    }
}
