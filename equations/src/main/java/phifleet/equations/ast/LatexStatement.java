package phifleet.equations.ast;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import phifleet.equations.ast.Statement.Bare;
import phifleet.equations.ast.Statement.Operator;
import phifleet.equations.ast.Statement.Reaction;
import phifleet.equations.ast.Statement.Reaction.Species;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Statement.Several;

/** How {@link Latex} writes what is said of expressions: relations, several of them, and chemical reactions. */
final class LatexStatement {
    private static final Pattern NUMERAL = Pattern.compile("\\d+");

    private LatexStatement() {}

    static String of(Statement statement) {
        return switch (statement) {
            case Relation relation -> relation(relation, "");
            case Several(List<Statement> members) ->
                members.stream()
                        .map(member -> member instanceof Relation r ? relation(r, "&") : of(member))
                        .collect(Collectors.joining(" \\\\ ", "\\begin{aligned} ", " \\end{aligned}"));
            case Bare(Expr expr) -> Latex.of(expr);
            case Reaction(List<Species> reactants, List<Species> products, boolean reversible, List<String> _) ->
                side(reactants) + (reversible ? " \\rightleftharpoons " : " \\rightarrow ") + side(products);
        };
    }

    /** Sides and signs; {@code align} stands before the first sign. */
    static String relation(Relation relation, String align) {
        StringBuilder text = new StringBuilder(Latex.of(relation.sides().getFirst()));
        for (int i = 0; i < relation.operators().size(); i++) {
            text.append(' ')
                    .append(i == 0 ? align : "")
                    .append(sign(relation.operators().get(i)));
            text.append(' ').append(Latex.of(relation.sides().get(i + 1)));
        }
        return text.toString();
    }

    private static String sign(Operator operator) {
        return switch (operator) {
            case EQUAL -> "=";
            case IDENTICAL -> "\\equiv";
            case APPROXIMATE -> "\\approx";
            case NOT_EQUAL -> "\\neq";
            case LESS -> "<";
            case LESS_OR_EQUAL -> "\\leq";
            case GREATER -> ">";
            case GREATER_OR_EQUAL -> "\\geq";
            case PROPORTIONAL -> "\\propto";
            case TENDS_TO -> "\\to";
        };
    }

    private static String side(List<Species> species) {
        return species.stream().map(LatexStatement::species).collect(Collectors.joining(" + "));
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
