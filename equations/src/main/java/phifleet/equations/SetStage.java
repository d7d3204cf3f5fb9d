package phifleet.equations;

import java.util.Optional;
import phifleet.equations.ValidationReport.CounterexamplePoint;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.chance.Regions;

/** What is said of sets, {@code A ∩ (B ∪ C) = (A ∩ B) ∪ (A ∩ C)}, and of how many members they have. */
final class SetStage {
    private static final String BASIS = "chances";

    private final Inquiry inquiry;

    SetStage(Inquiry inquiry) {
        this.inquiry = inquiry;
    }

    /** Empty where it is not of sets. */
    Optional<Finding> judge(Relation relation) {
        return Regions.test(relation, inquiry.budget).map(this::finding);
    }

    private Finding finding(Regions.Outcome outcome) {
        return switch (outcome) {
            case Regions.Same(boolean ofLetters) -> {
                inquiry.found("normal_form", "both sides are the same set");
                yield Finding.of(
                        Verdict.IDENTITY_PROVED,
                        "",
                        ofLetters
                                ? "The two sides hold the same regions of all into which these sets part everything, so they are equal whatever the sets are."
                                : "The two sides have the same members.");
            }
            case Regions.Differs(var values, String left, String right) -> {
                inquiry.found("chances", "the sides differ as sets");
                yield Finding.of(
                                Verdict.NOT_IDENTITY,
                                BASIS,
                                "The two sides are not the same set: "
                                        + (values.isEmpty() ? "" : "with " + values + " ") + "the left side is " + left
                                        + " and the right side " + right + ".")
                        .with(new CounterexamplePoint(values, left, right, "", 0));
            }
            case Regions.Condition() ->
                Finding.of(
                        Verdict.CONDITIONAL,
                        "isolated",
                        "The letters are read as sets; it says what one of them is, or how they lie to each other.");
            case Regions.Unknown() ->
                Finding.of(Verdict.UNDETERMINED, "dimensions", "The letters are read as sets; it could not be tested.");
        };
    }

    /** The relation with the number of members of each set as its probability, which adds up likewise. */
    static Relation counted(Relation relation) {
        return Trees.any(relation, node -> size(node) instanceof Expr.Call call && isOfSets(call))
                ? (Relation) Trees.mapSides(relation, side -> Trees.rewrite(side, SetStage::counted))
                : relation;
    }

    private static Expr counted(Expr node) {
        Expr set = size(node);
        return set == null ? node : Expr.Call.of(Function.PROBABILITY, set);
    }

    private static boolean isOfSets(Expr.Call call) {
        return call.function() == Function.UNION || call.function() == Function.INTERSECTION;
    }

    /** The set whose members are counted here, {@code |A|} or {@code n(A)}, or null. */
    private static @org.jspecify.annotations.Nullable Expr size(Expr node) {
        return switch (node) {
            case Expr.Call call when call.function() == Function.ABS -> call.argument();
            case Expr.Application(Expr.Symbol head, var arguments)
            when head.name().equals("n") && arguments.size() == 1 -> arguments.getFirst();
            default -> null;
        };
    }
}
