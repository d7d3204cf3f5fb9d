package phifleet.equations;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
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
    /** How far, relative to the larger, two numbers that are said to be about equal may be apart. */
    private static final BigDecimal ABOUT = new BigDecimal("0.01");

    private final Inquiry inquiry;
    private final IdentityTester tester;

    IdentityStage(Inquiry inquiry) {
        this.inquiry = inquiry;
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
        IdentityOutcome outcome = tester.test(left, right, inquiry.budget);
        return switch (operator) {
            case EQUAL, IDENTICAL -> equal(left, right, outcome);
            case APPROXIMATE, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> compared(operator, outcome);
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

    /** Numbers on both sides can be compared; anything else is left open. */
    private Finding compared(Operator operator, IdentityOutcome outcome) {
        boolean equal = outcome instanceof IdentityOutcome.Proved || outcome instanceof IdentityOutcome.Agreed;
        Counterexample numbers = outcome instanceof IdentityOutcome.Refuted(Counterexample c)
                        && c.values().isEmpty()
                ? c
                : null;
        BigDecimal left = numbers == null ? null : real(numbers.left());
        BigDecimal right = numbers == null ? null : real(numbers.right());
        if (!equal && (left == null || right == null)) {
            return Finding.of(Verdict.UNDETERMINED, "relation", Explanations.relation(operator));
        }
        int order = equal || left == null || right == null ? 0 : left.compareTo(right);
        boolean holds = switch (operator) {
            case APPROXIMATE -> equal || isAbout(left, right);
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            default -> false;
        };
        inquiry.found("numeric", "both sides were calculated");
        Finding finding = Finding.of(
                holds ? Verdict.IDENTITY_NUMERIC : Verdict.NOT_IDENTITY,
                "digits",
                Explanations.compared(operator, holds, left, right));
        return holds || numbers == null ? finding : finding.with(point(numbers));
    }

    private static boolean isAbout(@Nullable BigDecimal left, @Nullable BigDecimal right) {
        if (left == null || right == null) {
            return false;
        }
        BigDecimal larger = left.abs().max(right.abs());
        return larger.signum() != 0
                && left.subtract(right)
                                .abs()
                                .divide(larger, MathContext.DECIMAL64)
                                .compareTo(ABOUT)
                        <= 0;
    }

    private static @Nullable BigDecimal real(String number) {
        try {
            return new BigDecimal(number);
        } catch (NumberFormatException e) {
            // A complex number has no order.
            return null;
        }
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
