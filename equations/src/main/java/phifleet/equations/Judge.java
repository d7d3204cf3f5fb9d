package phifleet.equations;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ValidationReport.Dimensions;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Shape;
import phifleet.equations.ast.Spelling;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.claim.Claims;
import phifleet.equations.identity.RealFunction;
import phifleet.equations.number.UnitVariants;
import phifleet.equations.solve.DefinedFunctions;

/**
 * The order of decision. What is certain comes first: broken units that the user gave, then an identity by normal form or
 * by numbers, then a known law; what rests on the usual meanings of letters comes after, and a claim for all values that
 * a number refutes is called false only where the equation can be no definition and no law.
 */
final class Judge {
    private final Inquiry inquiry;
    private final IdentityStage identity;
    private final PhysicsStage physics;
    private final SolvingStage solving;
    private final QuantityStage quantities;
    private final MatrixStage matrices;
    private final Rewriting rewriting;

    Judge(Inquiry inquiry) {
        this.inquiry = inquiry;
        this.physics = new PhysicsStage(inquiry);
        this.solving = new SolvingStage(inquiry);
        this.identity = new IdentityStage(inquiry, solving);
        this.quantities = new QuantityStage(inquiry, physics, identity);
        this.matrices = new MatrixStage(inquiry, identity);
        this.rewriting = new Rewriting(inquiry, identity);
    }

    Finding judge() {
        Statement statement = inquiry.statement();
        if (inquiry.request.mode() == Mode.SYNTAX || inquiry.request.mode() == Mode.SIGNATURE) {
            return Finding.of(Verdict.WELL_FORMED, "", Explanations.wellFormed(inquiry.request.mode()));
        }
        return switch (statement) {
            case Statement.Reaction reaction -> Reactions.judge(reaction, inquiry);
            case Statement.Bare bare -> bare(bare);
            case Statement.Several several -> several(several);
            case Relation relation -> relation(relation);
        };
    }

    private Finding relation(Relation written) {
        Relation relation = UnitVariants.inKnots(rewriting.withoutDots(written));
        Optional<WorkedExample> worked =
                inquiry.request.mode() == Mode.IDENTITY ? Optional.empty() : WorkedExample.of(relation, inquiry);
        Finding decided = worked.map(WorkedExample::decided).orElse(null);
        return decided != null
                ? decided
                : judged(worked.map(WorkedExample::rest).orElse(relation));
    }

    private Finding judged(Relation relation) {
        return switch (inquiry.request.mode()) {
            case IDENTITY -> claim(relation);
            case DIMENSIONAL -> physics.dimensions(relation).finding();
            case PHYSICS -> physics(relation);
            case AUTO, GOLDEN, SYNTAX, SIGNATURE ->
                inquiry.parsed.forAll() ? forAll(relation) : beside(relation, everything(relation));
        };
    }

    private Finding bare(Statement.Bare bare) {
        PhysicsStage.Checked checked = physics.dimensions(bare);
        boolean broken = checked.finding().verdict() == Verdict.DIMENSION_MISMATCH && inquiry.declared.hasUnits();
        return broken
                ? checked.finding()
                : Finding.of(Verdict.UNDETERMINED, "bare", Explanations.bare())
                        .with(checked.finding().dimensions());
    }

    private Finding several(Statement.Several written) {
        Statement meant = DefinedFunctions.putIn(written);
        return switch (meant) {
            case Statement.Several several -> together(several);
            case Relation relation -> relation(relation);
            case Statement.Bare bare -> bare(bare);
            case Statement.Reaction reaction -> Reactions.judge(reaction, inquiry);
        };
    }

    private Finding together(Statement.Several several) {
        Finding together = physics.dimensions(several).finding();
        return new SystemStage(inquiry, this::relation).judge(several, together);
    }

    /** Mode identity: true for all values, for some, or not. */
    private Finding claim(Relation relation) {
        Finding found = matrices.judge(relation, physics)
                .or(() -> new SetStage(inquiry).judge(relation))
                .or(() -> new ChanceStage(inquiry).judge(SetStage.counted(relation)))
                .orElseGet(() -> identity.test(relation, true));
        return found.verdict() == Verdict.NOT_IDENTITY ? found.with(solving.solutions(relation)) : found;
    }

    /** What is said of all values of its symbols, and holds for some only, is wrong. */
    private Finding forAll(Relation relation) {
        boolean told = Trees.symbols(solving.read(relation)).stream()
                .allMatch(symbol ->
                        inquiry.declared.domains().containsKey(symbol.plain().name()));
        if (!told) {
            return everything(relation);
        }
        Finding found = claim(rewriting.carriedOut(relation));
        return found.verdict() == Verdict.CONDITIONAL
                ? Finding.of(Verdict.NOT_IDENTITY, "contradiction", Explanations.notForAll(found.explanation()))
                : found;
    }

    /** An equation to be solved may be meant for all the values that the text tells of its symbols, {@code e^{πin} = 1 (n ∈ ℤ)}. */
    private Finding beside(Relation relation, Finding found) {
        boolean near = !inquiry.parsed.assumptions().isEmpty()
                && found.verdict() == Verdict.CONDITIONAL
                && forAll(relation).verdict() == Verdict.NOT_IDENTITY;
        if (near) {
            Finding other =
                    Finding.of(Verdict.NOT_IDENTITY, "contradiction", Explanations.notForAll(found.explanation()));
            inquiry.reading(Readings.reading("as said of all values", Spelling.of(Shape.of(relation)), other, false));
        }
        return found;
    }

    private Finding physics(Relation relation) {
        PhysicsStage.Checked checked = physics.dimensions(relation);
        if (checked.finding().verdict() == Verdict.DIMENSION_MISMATCH && inquiry.declared.hasUnits()) {
            return physics.nearLaw(relation, checked);
        }
        return physics.law(relation, checked).orElse(checked.finding());
    }

    /** One step of the order of decision: a verdict, or empty where the next one is asked. */
    private interface Stage {
        Optional<Finding> decide(Case one);
    }

    /** An equation with what was found of it so far; each is found when it is first asked for. */
    private final class Case {
        private final Relation relation;
        private final Relation meant;
        private PhysicsStage.@Nullable Checked checked;
        private @Nullable Finding claim;

        Case(Relation relation) {
            this.relation = relation;
            this.meant = rewriting.carriedOut(relation);
        }

        PhysicsStage.Checked checked() {
            PhysicsStage.Checked known = checked == null ? physics.dimensions(relation) : checked;
            checked = known;
            return known;
        }

        /** The dimensions, where they were looked at. */
        @Nullable
        Dimensions dimensions() {
            return checked == null ? null : checked.finding().dimensions();
        }

        /** Whether it holds for all values; empty where it is no such claim. */
        Optional<Finding> claim() {
            if (claim == null && Claims.isClaim(meant)) {
                claim = identity.test(meant, false);
            }
            return Optional.ofNullable(claim);
        }

        boolean isMismatch() {
            return checked().finding().verdict() == Verdict.DIMENSION_MISMATCH;
        }
    }

    /**
     * In this order, and no stage may come earlier: a stage is only reached where those before it could not decide, and each
     * is surer than the next.
     */
    private final List<Stage> stages = List.of(
            this::quantities,
            this::constants,
            this::brokenUnits,
            this::matrices,
            this::chances,
            this::identityOrContradiction,
            this::numbers,
            this::claimForAllValues,
            this::knownLaw,
            this::likelyClaim,
            this::plainMathematics,
            this::lawInTheSameLetters,
            this::dimensions);

    private Finding everything(Relation relation) {
        Case one = new Case(relation);
        for (Stage stage : stages) {
            Optional<Finding> decided = stage.decide(one);
            if (decided.isPresent()) {
                return decided.get();
            }
        }
        throw new IllegalStateException("the last stage always decides");
    }

    private Optional<Finding> quantities(Case one) {
        return quantities.judge(one.relation);
    }

    private Optional<Finding> constants(Case one) {
        return ConstantValue.judge(one.relation)
                .map(found -> found.with(one.checked().finding().dimensions()));
    }

    /** Units that the user gave and that do not fit are wrong whatever the equation claims. */
    private Optional<Finding> brokenUnits(Case one) {
        return inquiry.declared.hasUnits() && one.isMismatch()
                ? Optional.of(physics.nearLaw(one.relation, one.checked()))
                : Optional.empty();
    }

    private Optional<Finding> matrices(Case one) {
        return matrices.judge(one.relation, physics);
    }

    private Optional<Finding> chances(Case one) {
        return new SetStage(inquiry)
                .judge(one.relation)
                .or(() -> new ChanceStage(inquiry).judge(SetStage.counted(one.relation)));
    }

    private Optional<Finding> identityOrContradiction(Case one) {
        return one.claim()
                .filter(found -> !Claims.isClosed(one.meant))
                .filter(found -> isSettled(found)
                        || isContradiction(found, one.relation)
                        || (found.verdict() == Verdict.NOT_IDENTITY
                                && found.basis().equals("undefined")))
                .map(found -> found.with(one.dimensions()));
    }

    /** Numbers are equal or not; no dimension and no law has a say. */
    private Optional<Finding> numbers(Case one) {
        return one.claim().filter(found -> Claims.isClosed(one.meant)).map(found -> closed(one.meant, found));
    }

    private Optional<Finding> claimForAllValues(Case one) {
        return inquiry.declared.hasUnits() || !Claims.isForAllValues(one.meant)
                ? Optional.empty()
                : one.claim()
                        .map(found -> found.verdict() == Verdict.NOT_IDENTITY && Claims.isWorkedOut(one.relation)
                                ? found
                                : equationOfNumbers(one.meant, found));
    }

    private Optional<Finding> knownLaw(Case one) {
        return physics.law(one.relation, one.checked());
    }

    private Optional<Finding> likelyClaim(Case one) {
        boolean likely = Claims.isLikelyForAllValues(one.meant) || Claims.isDifferentiated(one.relation);
        return inquiry.declared.hasUnits() || !likely
                ? Optional.empty()
                : one.claim()
                        .filter(found -> found.verdict() == Verdict.NOT_IDENTITY)
                        .map(found ->
                                found.with(solving.solutions(one.relation)).with(one.dimensions()));
    }

    private Optional<Finding> plainMathematics(Case one) {
        if (one.isMismatch() && Claims.isFunctionOfX(one.relation) && one.relation.isEquation()) {
            String function = Spelling.of(Shape.of(one.relation.left()));
            String value = Spelling.of(Shape.of(one.relation.right()));
            return Optional.of(Finding.of(Verdict.CONDITIONAL, "isolated", Explanations.isolated(function, value)));
        }
        return one.isMismatch() && Claims.isPlainMathematics(one.relation)
                ? Optional.of(solving.solve(one.relation, null)
                        .orElseGet(() -> Finding.of(Verdict.UNDETERMINED, "numbers", Explanations.numbers())))
                : Optional.empty();
    }

    private Optional<Finding> lawInTheSameLetters(Case one) {
        return new SharedLetters(inquiry, physics).judge(one.relation, one.checked());
    }

    private Optional<Finding> dimensions(Case one) {
        if (one.isMismatch() && !inquiry.declared.hasUnits() && matrices.isOfMatrices(one.relation)) {
            return Optional.of(MatrixStage.undecided(one.relation));
        }
        return Optional.of(
                one.isMismatch()
                        ? physics.nearLaw(one.relation, one.checked())
                        : solvedOr(one.relation, one.checked().finding()));
    }

    private static boolean isContradiction(Finding found, Relation relation) {
        return found.verdict() == Verdict.NOT_IDENTITY
                && found.basis().equals(IdentityStage.CONTRADICTION)
                && relation.isEquation();
    }

    /** Two numbers: what the solver says of them says more of decimals. */
    private Finding closed(Relation relation, Finding found) {
        return found.verdict() == Verdict.NOT_IDENTITY && found.basis().equals("digits")
                ? solving.solve(relation, found).orElse(found)
                : found;
    }

    private static boolean isSettled(Finding found) {
        return switch (found.verdict()) {
            case IDENTITY_PROVED, IDENTITY_NUMERIC, CONDITIONAL -> true;
            default -> false;
        };
    }

    /** Refuted as an identity: perhaps an equation to be solved. */
    private Finding equationOfNumbers(Relation relation, Finding refuted) {
        if (Claims.isToBeSolved(relation)) {
            Optional<Finding> solved = solving.solve(relation, refuted);
            if (solved.isPresent()) {
                return solved.get();
            }
        }
        Optional<Finding> perhaps = new Unknowns(inquiry, solving).perhapsSolved(relation, refuted);
        if (perhaps.isPresent()) {
            return perhaps.get();
        }
        Optional<Finding> value = refuted.counterexample() == null ? Optional.empty() : valueOf(relation);
        if (value.isPresent()) {
            return value.get();
        }
        return refuted.verdict() == Verdict.NOT_IDENTITY
                ? refuted.with(solving.solutions(relation))
                : solvedOr(relation, physics.dimensions(relation).finding());
    }

    /** A symbol beside what has no symbols, such as an integral between numbers, says what the symbol is. */
    private static Optional<Finding> valueOf(Relation relation) {
        if (relation.sides().size() != 2 || relation.operators().getFirst() != Statement.Operator.EQUAL) {
            return Optional.empty();
        }
        Expr left = relation.left();
        Expr right = relation.right();
        boolean leftIsValue = RealFunction.symbols(left, left).isEmpty();
        Expr value = leftIsValue ? left : right;
        return (leftIsValue ? right : left) instanceof Expr.Symbol symbol
                        && RealFunction.symbols(value, value).isEmpty()
                ? Optional.of(Finding.of(
                        Verdict.CONDITIONAL,
                        "isolated",
                        Explanations.isolated(symbol.name(), Spelling.of(Shape.of(value)))))
                : Optional.empty();
    }

    private Finding solvedOr(Relation relation, Finding dimensions) {
        boolean open = dimensions.verdict() == Verdict.UNDETERMINED
                || (dimensions.basis().startsWith("convention") && Claims.isToBeSolved(relation));
        if (!open || inquiry.declared.hasUnits()) {
            return dimensions;
        }
        return solving.solve(relation, dimensions).orElse(dimensions);
    }
}
