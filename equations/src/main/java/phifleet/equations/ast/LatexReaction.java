package phifleet.equations.ast;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import phifleet.equations.ast.Statement.Reaction.Species;

/** How {@link Latex} writes a side of a chemical reaction. */
final class LatexReaction {
    private static final Pattern NUMERAL = Pattern.compile("\\d+");

    private LatexReaction() {}

    static String side(List<Species> species) {
        return species.stream().map(LatexReaction::species).collect(Collectors.joining(" + "));
    }

    /** {@code Fe(OH)3} with its numbers lowered and its charge raised. */
    private static String species(Species species) {
        String count = species.coefficient().equals(BigInteger.ONE) ? "" : species.coefficient() + "\\,";
        String formula = species.formula();
        int charge = species.charge() == 0 ? -1 : chargeAt(formula);
        String atoms = charge < 0 ? formula : formula.substring(0, charge);
        String raised = charge < 0 ? "" : "^{" + formula.substring(charge).replace("^", "") + "}";
        return count + "\\mathrm{" + NUMERAL.matcher(atoms).replaceAll("_{$0}") + raised + "}";
    }

    private static int chargeAt(String formula) {
        int raised = formula.indexOf('^');
        return raised >= 0 ? raised : formula.length() - 1;
    }
}
