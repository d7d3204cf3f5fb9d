package phifleet.equations.dimension;

import java.util.Set;
import phifleet.equations.units.Dimension;

/**
 * One thing that a letter may stand for: a row of {@code meanings.txt}.
 *
 * @param unit as the table writes it
 * @param weight how common it is beside the letter's other meanings, above 0
 * @param fields where it is used
 * @param everywhere whether it is used in other fields too
 */
record Meaning(
        String text, String unit, Dimension dimension, double weight, Set<ScienceField> fields, boolean everywhere) {
    Meaning weighted(double factor) {
        return new Meaning(text, unit, dimension, weight * factor, fields, everywhere);
    }

    Meaning perMole(double factor) {
        String molar = unit.equals("1") ? "1/mol" : unit + "/mol";
        return new Meaning(
                text + " per mole",
                molar,
                dimension.over(Dimension.of(phifleet.equations.units.BaseQuantity.AMOUNT)),
                weight * factor,
                fields,
                everywhere);
    }
}
