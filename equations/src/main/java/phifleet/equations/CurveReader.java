package phifleet.equations;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Statement;
import phifleet.equations.budget.Budget;
import phifleet.equations.curve.Curve;
import phifleet.equations.curve.Curves;
import phifleet.equations.grammar.EquationParser;
import phifleet.equations.grammar.ParseResult;
import phifleet.equations.grammar.parser.Primes;
import phifleet.equations.identity.RealFunction;
import phifleet.equations.number.CommonDivisors;
import phifleet.equations.number.Constants;

/**
 * Draws both sides of an equation in which one symbol is free, read as {@link Validator} reads it where it solves. Stateless and safe from
 * any thread. No input takes more than the request's time by more than one step, nor more memory than its points need.
 */
public final class CurveReader {
    private static final long MAX_STEPS = 5_000_000;
    private static final double USUAL = 10;
    private static final double USUAL_WHOLE = 20;

    /** The least part of its ends that a picture may be wide: below it neighbouring points are one number. */
    private static final double NARROW = 1e-9;

    private final LongSupplier nanoClock;

    /** On a clock as {@link System#nanoTime}. */
    public CurveReader(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** Never throws for what a request says. */
    public CurveOutcome draw(CurveRequest request) {
        Budget budget = Budget.of(nanoClock, request.timeoutMs() * 1_000_000L, MAX_STEPS);
        try {
            return switch (EquationParser.parse(
                    request.equation(), Declared.options(request.format(), Set.of()), budget)) {
                case ParseResult.Rejected(var problem) -> new CurveOutcome.Malformed(problem);
                case ParseResult.Parsed parsed -> drawn(read(parsed.statement(), request.isGolden()), request, budget);
            };
        } catch (Budget.Spent spent) {
            return new CurveOutcome.None("It takes too long to calculate.");
        }
    }

    private static Statement read(Statement statement, boolean golden) {
        Statement evaluated =
                CommonDivisors.evaluated(Constants.golden(Primes.differentiated(statement), golden, Set.of()));
        return Constants.mathematical(Constants.euler(evaluated, Set.of()), Set.of());
    }

    private static CurveOutcome drawn(Statement statement, CurveRequest request, Budget budget) {
        if (!(statement instanceof Statement.Relation relation)
                || relation.sides().size() != 2) {
            return new CurveOutcome.None("There are not just two sides.");
        }
        List<String> free = RealFunction.symbols(relation.left(), relation.right());
        if (free.size() != 1) {
            return new CurveOutcome.None(free.size() + " symbols are free, and a picture is of one.");
        }
        return drawn(relation.left(), relation.right(), free.getFirst(), request, budget);
    }

    private static CurveOutcome drawn(Expr left, Expr right, String variable, CurveRequest request, Budget budget) {
        boolean whole = Curves.isWhole(left, right, variable);
        double from = Objects.requireNonNullElse(request.from(), whole ? 0 : -USUAL);
        double to = Objects.requireNonNullElse(request.to(), whole ? USUAL_WHOLE : USUAL);
        Optional<CurveOutcome> wrong = wrong(from, to);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        Optional<Curve> curve = Curves.of(left, right, variable, from, to, request.points(), budget);
        return curve.isPresent()
                ? new CurveOutcome.Drawn(curve.get(), from, to)
                : new CurveOutcome.None("A side has no values that are numbers.");
    }

    private static Optional<CurveOutcome> wrong(double from, double to) {
        double most = Math.max(Math.abs(from), Math.abs(to));
        if (!(most <= CurveRequest.MOST)) {
            boolean first = Math.abs(from) == most;
            return Optional.of(new CurveOutcome.Invalid(
                    first ? "from" : "to", String.valueOf(first ? from : to), "it is at most 1e100 from 0"));
        }
        return to - from > most * NARROW
                ? Optional.empty()
                : Optional.of(new CurveOutcome.Invalid(
                        "to",
                        String.valueOf(to),
                        "it lies behind `from`, by a billionth of the larger of the two at least"));
    }
}
