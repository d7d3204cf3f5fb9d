package phifleet.equations;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import phifleet.equations.ValidationReport.CounterexamplePoint;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Shape;
import phifleet.equations.ast.Spelling;
import phifleet.equations.ast.Statement.Operator;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.calculus.Poles;
import phifleet.equations.claim.ComplexClaims;
import phifleet.equations.enclosure.AnalysisTester;
import phifleet.equations.identity.Assumption;
import phifleet.equations.identity.Counterexample;
import phifleet.equations.identity.IdentityOutcome;
import phifleet.equations.identity.IdentityTester;
import phifleet.equations.identity.RealFunction;
import phifleet.equations.matrix.Components;
import phifleet.equations.number.Constants;

/** Whether the sides are equal for all values. */
final class IdentityStage {
    /** Steps for integrals, limits and series of one equation. */
    private static final long ANALYSIS_STEPS = 3_000_000;

    /** Letters that count. */
    private static final Set<String> COUNTS = Set.of("n", "m", "k", "N");

    /** The basis of a refutation that no value of any symbol can heal. */
    static final String CONTRADICTION = "contradiction";

    private final Inquiry inquiry;
    private final SolvingStage solving;

    IdentityStage(Inquiry inquiry, SolvingStage solving) {
        this.inquiry = inquiry;
        this.solving = solving;
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
            identity |= found.verdict() == Verdict.NOT_IDENTITY && other.verdict() == Verdict.CONDITIONAL;
            return identity ? other : found;
        }
        return found;
    }

    /** The weakest of the pairs. */
    private Finding chain(Relation relation) {
        Finding weakest = null;
        for (Relation alone : relation.pairs()) {
            inquiry.budget.requireSome();
            Finding pair = pair(alone);
            weakest = weakest == null || strength(pair) < strength(weakest) ? pair : weakest;
        }
        return Objects.requireNonNull(weakest);
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

    private Finding pair(Relation alone) {
        Operator operator = alone.operators().getFirst();
        return switch (operator) {
            case EQUAL, IDENTICAL -> equal(alone.left(), alone.right());
            case APPROXIMATE, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                solving.solve(alone, null)
                        .orElseGet(() -> Finding.of(Verdict.UNDETERMINED, "relation", Explanations.relation(operator)));
            case PROPORTIONAL, TENDS_TO ->
                Finding.of(Verdict.UNDETERMINED, "relation", Explanations.relation(operator));
        };
    }

    /** Entry by entry where there are matrices or vectors. */
    private Finding equal(Expr left, Expr right) {
        return switch (Components.of(left, right)) {
            case Components.Scalars() -> scalars(left, right, Set.of());
            case Components.Entrywise(List<Components.Pair> pairs, Set<String> names) -> {
                inquiry.found("components", "compared entry by entry: " + pairs.size());
                Finding weakest = null;
                for (Components.Pair pair : pairs) {
                    Finding one = scalars(pair.left(), pair.right(), names);
                    if (one.verdict() == Verdict.NOT_IDENTITY && !pair.place().isEmpty()) {
                        yield one.explained("That is at " + pair.place() + ".");
                    }
                    weakest = weakest == null || strength(one) < strength(weakest) ? one : weakest;
                }
                yield Objects.requireNonNull(weakest);
            }
            case Components.Misshapen(String why) ->
                Finding.of(Verdict.NOT_IDENTITY, "undefined", Explanations.undefined(why));
            case Components.Unfit(String why) ->
                Finding.of(Verdict.UNDETERMINED, "identity", Explanations.undecided(why));
        };
    }

    /**
     * Numbers and functions: by normal form and points, and between bounds where there are integrals, limits or series.
     *
     * @param real names that stand for real numbers, beside those that are assumed to
     */
    private Finding scalars(Expr left, Expr right, Set<String> real) {
        Map<String, Assumption> assumptions = new HashMap<>(inquiry.assumptions());
        real.forEach(name -> assumptions.putIfAbsent(name, Assumption.REAL));
        Optional<String> onLeft = pole(left);
        Optional<String> pole = onLeft.isPresent() ? onLeft : pole(right);
        if (pole.isPresent()) {
            return undefined(onLeft.isPresent(), onLeft.isPresent() ? left : right, pole.get());
        }
        IdentityOutcome outcome =
                new IdentityTester(assumptions, inquiry.request.seed()).test(left, right, inquiry.budget);
        if (outcome instanceof IdentityOutcome.Undetermined && AnalysisTester.isAnalysis(left, right)) {
            IdentityOutcome bounded = new AnalysisTester(assumptions, inquiry.request.seed())
                    .test(left, right, inquiry.budget.part(ANALYSIS_STEPS));
            return equal(left, right, bounded, "bounds");
        }
        if (outcome instanceof IdentityOutcome.Refuted(Counterexample outside, boolean _)) {
            Optional<Finding> whole = ofWholeNumbers(left, right, assumptions, outside);
            if (whole.isPresent()) {
                return whole.get();
            }
        }
        return equal(left, right, outcome, "");
    }

    /** Where a letter that counts is a whole number: {@code cos(nπ) = (-1)^n}; empty where that does not help either. */
    private Optional<Finding> ofWholeNumbers(
            Expr left, Expr right, Map<String, Assumption> assumptions, Counterexample outside) {
        List<String> counts = names(left, right).stream()
                .filter(name -> COUNTS.contains(name) && !assumptions.containsKey(name))
                .toList();
        if (counts.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Assumption> whole = new HashMap<>(assumptions);
        counts.forEach(name -> whole.put(name, Assumption.INTEGER));
        IdentityOutcome outcome = new IdentityTester(whole, inquiry.request.seed()).test(left, right, inquiry.budget);
        boolean holds = outcome instanceof IdentityOutcome.Proved || outcome instanceof IdentityOutcome.Agreed;
        return holds
                ? Optional.of(Finding.of(
                                Verdict.CONDITIONAL,
                                "domain",
                                "The equation is true where " + String.join(", ", counts)
                                        + " is a whole number, and not elsewhere.")
                        .with(point(outside)))
                : Optional.empty();
    }

    /** Why a side that is a number has no value; empty where it has one, or has symbols. */
    private Optional<String> pole(Expr side) {
        return names(side, side).isEmpty() ? Poles.of(side, inquiry.budget) : Optional.empty();
    }

    private Finding undefined(boolean onLeft, Expr side, String why) {
        inquiry.found("numeric", "a side has no value: " + why);
        String shown = "“" + Spelling.of(Shape.of(side)) + "” has no value, for " + why;
        return Finding.of(Verdict.NOT_IDENTITY, "undefined", Explanations.undefined(shown))
                .with(new CounterexamplePoint(
                        new TreeMap<>(), onLeft ? "undefined" : "", onLeft ? "" : "undefined", "", 0));
    }

    /** {@code basis} where it is not that of points or of digits. */
    private Finding equal(Expr left, Expr right, IdentityOutcome outcome, String basis) {
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
                        basis.isEmpty() ? names.isEmpty() ? "digits" : "points" : basis,
                        basis.isEmpty() ? Explanations.agreed(names, points) : Explanations.bounded(names, points));
            }
            case IdentityOutcome.OnDomain(String _, boolean everyReal, boolean _, int _, Counterexample outside)
            when everyReal && (ComplexClaims.isOne(left) || ComplexClaims.isOne(right)) ->
                equal(left, right, new IdentityOutcome.Refuted(outside, false), basis);
            case IdentityOutcome.OnDomain(
                    String domain,
                    boolean _,
                    boolean proved,
                    int points,
                    Counterexample outside) -> {
                inquiry.found("numeric", "equal where " + domain + ", and not elsewhere");
                yield Finding.of(Verdict.CONDITIONAL, "domain", Explanations.onDomain(domain, proved, points, outside))
                        .with(point(outside));
            }
            case IdentityOutcome.Refuted(Counterexample counterexample, boolean everywhere) -> {
                inquiry.found("numeric", "the sides differ by " + counterexample.difference() + " at a point");
                yield Finding.of(
                                Verdict.NOT_IDENTITY,
                                everywhere
                                        ? CONTRADICTION
                                        : basis.isEmpty() ? names.isEmpty() ? "digits" : "point" : basis,
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
        return RealFunction.symbols(left, right);
    }
}
