package phifleet.equations;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ValidationReport.CounterexamplePoint;
import phifleet.equations.ValidationReport.Solution;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.identity.Assumption;
import phifleet.equations.number.Constants;
import phifleet.equations.solve.Allowed;
import phifleet.equations.solve.OddRoots;
import phifleet.equations.solve.SolveOutcome;
import phifleet.equations.solve.Solver;

/** For which values an equation holds, where it is no identity. */
final class SolvingStage {
    /** Steps for solutions that only adorn another verdict. */
    private static final long ASIDE_STEPS = 200_000;

    /** The basis of solutions of which none is real. */
    static final String COMPLEX = "solved/complex";

    private final Inquiry inquiry;
    /** What was found before: stages that come one after the other may ask the same. */
    private final Map<Question, SolveOutcome> known = new HashMap<>();

    private record Question(Relation relation, Map<String, Allowed> allowed) {}

    SolvingStage(Inquiry inquiry) {
        this.inquiry = inquiry;
    }

    /**
     * What makes it true, or that nothing does; empty where that cannot be told.
     *
     * @param refuted what was found before; its counter-example and dimensions are kept
     */
    Optional<Finding> solve(Relation relation, @Nullable Finding refuted) {
        Question question = new Question(read(relation), inquiry.allowed());
        Finding found = finding(outcome(question));
        if (found == null || found.basis().equals("unsolvable")) {
            found = ofRealRoots(question).orElse(found);
        }
        if (found == null) {
            return Optional.empty();
        }
        inquiry.found("solved", found.explanation());
        return Optional.of(
                refuted == null
                        ? found
                        : found.with(refuted.dimensions())
                                .with(
                                        found.counterexample() == null
                                                ? refuted.counterexample()
                                                : found.counterexample()));
    }

    private SolveOutcome outcome(Question question) {
        return known.computeIfAbsent(
                question, asked -> Solver.solve(asked.relation(), asked.allowed(), inquiry.budget));
    }

    /** With roots of odd order as the real ones, where they have no solution as principal values. */
    private Optional<Finding> ofRealRoots(Question question) {
        return OddRoots.raised(question.relation())
                .map(raised -> outcome(new Question(raised, question.allowed())))
                .filter(outcome -> outcome instanceof SolveOutcome.Values values && values.real())
                .map(this::finding)
                .map(found -> found.rested(Unknowns.PERHAPS)
                        .explained("The root of odd order was read as the real one; its principal value is never so."));
    }

    private @Nullable Finding finding(SolveOutcome outcome) {
        return switch (outcome) {
            case SolveOutcome.Holds(String how, int points) ->
                Finding.of(Verdict.IDENTITY_NUMERIC, "solver", Explanations.holds(how, points));
            case SolveOutcome.Fails(String left, String right, String why) ->
                Finding.of(
                                Verdict.NOT_IDENTITY,
                                why.equals(SolveOutcome.Fails.ROUNDED) ? QuantityStage.ROUNDED : "solver",
                                Explanations.fails(left, right, why))
                        .with(new CounterexamplePoint(new TreeMap<>(), left, right, "", 0));
            case SolveOutcome.Rounds(String value, int digits) -> {
                inquiry.warn("rounded", "It holds to the digits that are written; write ≈ to say so.");
                yield Finding.of(
                        Verdict.CONDITIONAL,
                        digits >= QuantityStage.MANY_DIGITS ? QuantityStage.ROUNDED : QuantityStage.ROUGHLY,
                        Explanations.rounded(value));
            }
            case SolveOutcome.Values values ->
                Finding.of(Verdict.CONDITIONAL, basis(values), Explanations.values(values))
                        .with(solutions(values));
            case SolveOutcome.Isolated(String symbol, String expression) ->
                Finding.of(Verdict.CONDITIONAL, "isolated", Explanations.isolated(symbol, expression))
                        .with(List.of(new Solution(symbol, expression, true)));
            case SolveOutcome.OnDomain(String domain, int points) ->
                Finding.of(Verdict.CONDITIONAL, "inequality", Explanations.heldOn(domain, points));
            case SolveOutcome.NoSolution(String why) ->
                Finding.of(Verdict.NOT_IDENTITY, "unsolvable", Explanations.unsolvable(why));
            case SolveOutcome.Undetermined _ -> null;
        };
    }

    private static String basis(SolveOutcome.Values values) {
        if (!values.real()) {
            return COMPLEX;
        }
        return switch (values.certainty()) {
            case EXACT, PROVED -> "solved/exact";
            case SEEN -> "solved/numeric";
        };
    }

    /** Values that make it true all the same, to be shown beside a refutation. */
    List<Solution> solutions(Relation relation) {
        Question question = new Question(read(relation), inquiry.allowed());
        SolveOutcome before = known.get(question);
        SolveOutcome found = before == null
                ? Solver.solve(question.relation(), question.allowed(), inquiry.budget.part(ASIDE_STEPS))
                : before;
        return found instanceof SolveOutcome.Values values ? solutions(values) : List.of();
    }

    /** For which real values a relation holds. */
    SolveOutcome overReals(Relation relation) {
        Relation read = read(relation);
        Map<String, Allowed> allowed = inquiry.allowed();
        Trees.symbols(read).forEach(symbol -> allowed.putIfAbsent(symbol.plain().name(), Allowed.of(Assumption.REAL)));
        return Solver.solve(read, allowed, inquiry.budget.part(ASIDE_STEPS));
    }

    /** With the letters that are constants of mathematics as such. */
    Relation read(Relation relation) {
        Relation euler = (Relation) Constants.euler(relation, inquiry.declared.symbols());
        return (Relation) Constants.mathematical(euler, inquiry.declared.symbols());
    }

    private static List<Solution> solutions(SolveOutcome.Values values) {
        boolean exact = values.certainty() == SolveOutcome.Values.Certainty.EXACT;
        return values.values().stream()
                .map(value -> new Solution(values.symbol(), value, exact))
                .toList();
    }
}
