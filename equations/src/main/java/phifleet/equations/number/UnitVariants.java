package phifleet.equations.number;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;

/** Units of which there are several by one name: a year of 365 days, a calorie of the steam tables, an imperial gallon, a metric horsepower. */
public final class UnitVariants {
    private static final List<BigDecimal> YEARS = shares("365.25", "365", "365.2422", "365.2425");
    private static final List<BigDecimal> CALORIES = shares("4.184", "4.1868", "4.1855");
    /** By unit, each variant as a share of the one that is in the table. */
    private static final Map<String, List<BigDecimal>> VARIANTS = Map.ofEntries(
            Map.entry("yr", YEARS),
            Map.entry("year", YEARS),
            Map.entry("years", YEARS),
            Map.entry("a", YEARS),
            Map.entry("y", YEARS),
            Map.entry("cal", CALORIES),
            Map.entry("kcal", CALORIES),
            Map.entry("Cal", CALORIES),
            Map.entry("hp", shares("745.69987158227022", "735.49875")),
            Map.entry("gal", shares("3.785411784", "4.54609")),
            Map.entry("BTU", shares("1055.05585262", "1054.350", "1055.87")),
            Map.entry("Btu", shares("1055.05585262", "1054.350", "1055.87")));

    private UnitVariants() {}

    private static List<BigDecimal> shares(String table, String... others) {
        return List.of(others).stream()
                .map(other -> new BigDecimal(other).divide(new BigDecimal(table), MathContext.DECIMAL64))
                .toList();
    }

    /** The relation with each variant of one of its units; empty where all are what they are. */
    public static List<Relation> of(Relation relation) {
        List<Relation> variants = new ArrayList<>();
        VARIANTS.forEach((unit, shares) -> {
            if (Trees.any(relation, node -> isOf(node, unit))) {
                shares.forEach(share -> variants.add(scaled(relation, unit, share)));
            }
        });
        return variants;
    }

    private static boolean isOf(Expr node, String unit) {
        return node instanceof Expr.Quantity quantity && quantity.unit().equals(unit);
    }

    private static Relation scaled(Relation relation, String unit, BigDecimal share) {
        return (Relation) Trees.mapSides(
                relation,
                side -> Trees.rewrite(
                        side,
                        node -> node instanceof Expr.Quantity(Expr.Num number, String written) && written.equals(unit)
                                ? new Expr.Product(List.of(new Expr.Num(share), new Expr.Quantity(number, unit)))
                                : node));
    }
}
