package phifleet.equations;

import java.util.ArrayList;
import java.util.List;
import phifleet.equations.ValidationReport.CounterexamplePoint;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Statement.Operator;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.identity.Counterexample;
import phifleet.equations.identity.IdentityOutcome;
import phifleet.equations.identity.IdentityTester;

/** Whether the sides are equal for all values. */
final class IdentityStage {
    private final Inquiry inquiry;
    private final SolvingStage solving;
    private final IdentityTester tester;

    IdentityStage(Inquiry inquiry, SolvingStage solving) {
        this.inquiry = inquiry;
        this.solving = solving;
        this.tester = new IdentityTester(inquiry.assumptions(), inquiry.request.seed());
    }

    /**
     * Tests each two neighbouring sides, with e and i as letters first and, where they are not declared, as constants.
     *
     * @param asked whether an identity was asked for: then the reading with constants is the first
     */
    Finding test(Relation relation, boolean asked) {
        Relation euler = (Relation) Constants.euler(relation, inquiry.declared.symbols());
        Relation constants = (Relation) Constants.mathematical(euler, inquiry.declared.symbols());
        boolean letters = !constants.equals(euler);
        Finding found = chain(asked && letters ? constants : euler);
        if (!asked
                && letters
                && found.verdict() != Verdict.IDENTITY_PROVED
                && found.verdict() != Verdict.IDENTITY_NUMERIC) {
            Finding other = chain(constants);
            boolean identity =
                    other.verdict() == Verdict.IDENTITY_PROVED || other.verdict() == Verdict.IDENTITY_NUMERIC;
            return identity ? other : found;
        }
        return found;
    }

    /** The weakest of the pairs. */
    private Finding chain(Relation relation) {
        Finding weakest = null;
        for (int i = 0; i + 1 < relation.sides().size(); i++) {
            Finding pair = pair(
                    relation.sides().get(i),
                    relation.operators().get(i),
                    relation.sides().get(i + 1));
            weakest = weakest == null || strength(pair) < strength(weakest) ? pair : weakest;
        }
        return java.util.Objects.requireNonNull(weakest);
    }

    private static int strength(Finding finding) {
        return switch (finding.verdict()) {
            case IDENTITY_PROVED -> 4;
            case IDENTITY_NUMERIC -> 3;
            case CONDITIONAL -> 2;
            case UNDETERMINED -> 1;
            default -> 0;
        };
    }

    private Finding pair(Expr left, Operator operator, Expr right) {
        return switch (operator) {
            case EQUAL, IDENTICAL -> equal(left, right, tester.test(left, right, inquiry.budget));
            case APPROXIMATE, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
                Relation alone = new Relation(List.of(left, right), List.of(operator));
                yield solving.solve(alone, null)
                        .orElseGet(() -> Finding.of(Verdict.UNDETERMINED, "relation", Explanations.relation(operator)));
            }
            case PROPORTIONAL, TENDS_TO ->
                Finding.of(Verdict.UNDETERMINED, "relation", Explanations.relation(operator));
        };
    }

    private Finding equal(Expr left, Expr right, IdentityOutcome outcome) {
        List<String> names = names(left, right);
        return switch (outcome) {
            case IdentityOutcome.Proved() -> {
                inquiry.found("normal_form", "both sides have the same exact normal form");
                yield Finding.of(Verdict.IDENTITY_PROVED, "", Explanations.proved(names));
            }
            case IdentityOutcome.Agreed(int points) -> {
                inquiry.found("numeric", "agreement at " + points + " points within the error bounds");
                yield Finding.of(
                        Verdict.IDENTITY_NUMERIC,
                        names.isEmpty() ? "digits" : "points",
                        Explanations.agreed(names, points));
            }
            case IdentityOutcome.OnDomain(String domain, boolean proved, int points, Counterexample outside) -> {
                inquiry.found("numeric", "equal where " + domain + ", and not elsewhere");
                yield Finding.of(Verdict.CONDITIONAL, "domain", Explanations.onDomain(domain, proved, points, outside))
                        .with(point(outside));
            }
            case IdentityOutcome.Refuted(Counterexample counterexample) -> {
                inquiry.found("numeric", "the sides differ by " + counterexample.difference() + " at a point");
                yield Finding.of(
                                Verdict.NOT_IDENTITY,
                                names.isEmpty() ? "digits" : "point",
                                Explanations.refuted(counterexample))
                        .with(point(counterexample));
            }
            case IdentityOutcome.Undetermined(String reason) -> {
                inquiry.found("numeric", "undecided: " + reason);
                yield Finding.of(Verdict.UNDETERMINED, "identity", Explanations.undecided(reason));
            }
        };
    }

    static CounterexamplePoint point(Counterexample c) {
        return new CounterexamplePoint(c.values(), c.left(), c.right(), c.difference(), c.digits());
    }

    private static List<String> names(Expr left, Expr right) {
        List<String> names = new ArrayList<>();
        phifleet.equations.ast.Trees.symbols(Statement.Relation.equal(left, right))
                .forEach(symbol -> names.add(symbol.plain().name()));
        return names;
    }
}
