package phifleet.equations;

import java.util.function.LongSupplier;
import phifleet.equations.budget.Budget;
import phifleet.equations.grammar.EquationParser;
import phifleet.equations.grammar.ParseOptions;
import phifleet.equations.grammar.ParseResult;

/**
 * Judges equations. Stateless and safe from any thread; one instance serves a process.
 *
 * <pre>{@code
 * switch (Validator.standard().validate(ValidationRequest.of("E = mc²"))) {
 *     case ValidationOutcome.Judged(ValidationReport report) -> System.out.println(report.explanation());
 *     case ValidationOutcome.Malformed(SyntaxProblem problem) -> System.out.println(problem.message());
 *     case ValidationOutcome.Invalid(String field, String value, String message) -> System.out.println(message);
 * }
 * }</pre>
 *
 * <p>A typical answer takes well under a millisecond. No input takes more than the request's timeout by more than one
 * step of the calculation, and none can overflow the stack: the grammar bounds length, depth and size of what is read, and
 * every later stage spends from one {@link Budget}.
 */
public final class Validator {
    /** Steps for one request; at a hundred nanoseconds each about half a second, and a bound on memory. */
    private static final long MAX_STEPS = 5_000_000;

    private static final Validator STANDARD = new Validator(System::nanoTime);

    private final LongSupplier nanoClock;

    /** A validator on another clock, as {@link System#nanoTime}. */
    public Validator(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /** The validator on the system's clock. */
    public static Validator standard() {
        return STANDARD;
    }

    /** Judges one equation; never throws for what a request says. */
    public ValidationOutcome validate(ValidationRequest request) {
        long start = nanoClock.getAsLong();
        if (request.timeoutMs() < ValidationRequest.MIN_TIMEOUT_MS
                || request.timeoutMs() > ValidationRequest.MAX_TIMEOUT_MS) {
            return new ValidationOutcome.Invalid(
                    "timeout_ms",
                    String.valueOf(request.timeoutMs()),
                    "a timeout is " + ValidationRequest.MIN_TIMEOUT_MS + " to " + ValidationRequest.MAX_TIMEOUT_MS
                            + " milliseconds");
        }
        Budget budget = Budget.of(nanoClock, request.timeoutMs() * 1_000_000L, MAX_STEPS);
        Declared declared;
        try {
            declared = Declared.of(request);
        } catch (Declared.Wrong wrong) {
            return wrong.outcome();
        }
        try {
            return read(request, declared, budget, start);
        } catch (Budget.Spent spent) {
            return new ValidationOutcome.Judged(Reporter.unread(request, millisSince(start)));
        }
    }

    private ValidationOutcome read(ValidationRequest request, Declared declared, Budget budget, long start) {
        ParseOptions options = Declared.options(request.format(), declared.names());
        return switch (EquationParser.parse(request.equation(), options, budget)) {
            case ParseResult.Rejected(var problem) -> new ValidationOutcome.Malformed(problem);
            case ParseResult.Parsed parsed -> {
                Inquiry inquiry = new Inquiry(request, declared.and(parsed.assumptions()), parsed, budget);
                yield new ValidationOutcome.Judged(new Reporter(inquiry).report(() -> millisSince(start)));
            }
        };
    }

    private double millisSince(long start) {
        return Math.round((nanoClock.getAsLong() - start) / 1e3) / 1e3;
    }
}
