package phifleet.equations;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Shape;
import phifleet.equations.ast.Spelling;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Statement.Several;
import phifleet.equations.solve.Allowed;
import phifleet.equations.solve.Conditions;
import phifleet.equations.solve.Elimination;
import phifleet.equations.solve.LinearSystem;

/**
 * Judges several equations given at once: each by itself, and all together by their dimensions, since a symbol means one thing
 * in all of them. The whole is as good as the worst of its parts.
 */
final class SystemStage {
    private final Inquiry inquiry;
    private final Function<Relation, Finding> one;

    SystemStage(Inquiry inquiry, Function<Relation, Finding> one) {
        this.inquiry = inquiry;
        this.one = one;
    }

    /** {@code together} is what dimensional analysis says of the whole. */
    Finding judge(Several several, Finding together) {
        Map<String, Conditions.Condition> conditions = Conditions.of(several.members(), inquiry.budget);
        for (Map.Entry<String, Conditions.Condition> one : conditions.entrySet()) {
            if (one.getValue().of(Allowed.ANY).isNone()) {
                return unsolvable("What is said of " + one.getKey() + " holds for no number.");
            }
        }
        inquiry.allow(conditions);
        Finding worst = null;
        for (Statement member : several.members()) {
            inquiry.budget.requireSome();
            Finding part = part(member);
            if (part != null) {
                inquiry.part(Spelling.of(Shape.of(member)), part);
                worst = worst == null || rank(part) > rank(worst) ? part : worst;
            }
        }
        if (contradicts(several)) {
            return unsolvable(
                    "Each equation can hold alone, but no values satisfy all of them: they contradict each other.");
        }
        Elimination.Together found = inquiry.declared.hasUnits() ? new Elimination.Together.Open() : solved(several);
        if (found instanceof Elimination.Together.Contradiction(String why)) {
            return unsolvable(
                    "No real values satisfy all of the equations: with the one put into the other, " + why + ".");
        }
        if (found instanceof Elimination.Together.Solved(Map<String, String> values)
                && !values.isEmpty()
                && (worst == null
                        || worst.verdict() == Verdict.CONDITIONAL
                        || !worst.verdict().valid())) {
            return Finding.of(
                    Verdict.CONDITIONAL,
                    "solved/exact",
                    "The equations hold together for "
                            + values.entrySet().stream()
                                    .map(value -> value.getKey() + " = " + value.getValue())
                                    .collect(Collectors.joining(", "))
                            + ", as plain numbers.");
        }
        boolean quantities =
                inquiry.declared.hasUnits() || inquiry.parts().stream().allMatch(SystemStage::isOfQuantities);
        boolean apart = together.verdict() == Verdict.DIMENSION_MISMATCH
                && quantities
                && (worst == null || rank(worst) < rank(together));
        if (worst == null || apart) {
            return apart && worst != null
                    ? together.explained("Each part may hold alone, but not all of them with the same symbols.")
                    : together;
        }
        return worst.with(together.dimensions());
    }

    private static Finding unsolvable(String why) {
        return Finding.of(Verdict.NOT_IDENTITY, "unsolvable", why);
    }

    private Elimination.Together solved(Several several) {
        inquiry.budget.requireSome();
        return Elimination.of(several, new SolvingStage(inquiry)::overReals);
    }

    private boolean contradicts(Several several) {
        List<Relation> relations = several.members().stream()
                .filter(Relation.class::isInstance)
                .map(Relation.class::cast)
                .toList();
        return relations.size() > 1 && LinearSystem.isContradiction(relations, inquiry.budget);
    }

    /** Null for a value in a list of values. */
    private @Nullable Finding part(Statement member) {
        return switch (member) {
            case Relation relation -> one.apply(relation);
            case Statement.Bare(Expr.Num value) -> {
                inquiry.warn(
                        "list_of_values",
                        "“" + value.value().toPlainString()
                                + "” behind a comma is read as one more value of what stands before; it was not judged.");
                yield null;
            }
            case Statement.Bare bare -> Finding.of(Verdict.UNDETERMINED, "bare", Explanations.bare());
            case Several inner -> judge(inner, Finding.of(Verdict.UNDETERMINED, "", ""));
            case Statement.Reaction reaction -> Reactions.judge(reaction, inquiry);
        };
    }

    /** Whether it was judged as a relation between quantities, not between numbers. */
    private static boolean isOfQuantities(ValidationReport.Part part) {
        return switch (part.verdict()) {
            case KNOWN_LAW, DIFFERS_FROM_KNOWN_LAW, DIMENSIONALLY_CONSISTENT, DIMENSION_MISMATCH, UNDETERMINED -> true;
            case IDENTITY_PROVED, IDENTITY_NUMERIC, CONDITIONAL, NOT_IDENTITY, WELL_FORMED -> false;
        };
    }

    private static int rank(Finding finding) {
        return switch (finding.verdict()) {
            case IDENTITY_PROVED -> 0;
            case IDENTITY_NUMERIC -> 1;
            case KNOWN_LAW, WELL_FORMED -> 2;
            case CONDITIONAL -> 3;
            case DIMENSIONALLY_CONSISTENT -> 4;
            case UNDETERMINED -> 5;
            case NOT_IDENTITY -> 6;
            case DIFFERS_FROM_KNOWN_LAW -> 7;
            case DIMENSION_MISMATCH -> 8;
        };
    }
}
