package phifleet.worker.http.equations;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.common.Problem;
import phifleet.equations.ValidationOutcome;
import phifleet.equations.ValidationReport;
import phifleet.equations.ValidationRequest;
import phifleet.equations.Validator;
import phifleet.equations.Verdict;
import phifleet.equations.grammar.token.SyntaxProblem;
import phifleet.http.dialect.NativeProblems;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.dialect.Problems;

/** Asks the validator within a deadline, and gives its outcome an HTTP form. Thread-safe. */
final class Judging {
    private static final Logger LOG = LoggerFactory.getLogger(Judging.class);

    /** One for each way that a judgement is come by. */
    private static final List<String> WARM_UP = List.of(
            "E = mc²",
            "\\frac{1}{2}mv^2 = mgh",
            "sin(x)^2 + cos(x)^2 = 1",
            "sin(x + y) = sin(x) cos(y)",
            "F = m v",
            "x² - 5x + 6 = 0",
            "φ² = φ + 1");

    /** Milliseconds that an equation may take before it is one for the slow pool: four times what 99 of 100 need. */
    static final int QUICK_MS = 20;

    private final Validator validator;

    /** What is sent for one equation. */
    sealed interface Judgement {
        /** A report. */
        record Reported(ValidationReport report) implements Judgement {}

        /** A refusal in its shape. */
        record Refused(Problem problem, ProblemShape shape) implements Judgement {}
    }

    Judging(Validator validator) {
        this.validator = validator;
    }

    /** Reads the validator's tables and runs its code for the first time. */
    static void warmUp() {
        for (String equation : WARM_UP) {
            Validator.standard().validate(ValidationRequest.of(equation));
        }
    }

    /**
     * Judges one equation on the calling thread.
     *
     * @param deadlineNanos on the scale of {@link System#nanoTime}; shortens the request's own timeout
     */
    Judgement judge(ValidationRequest request, long deadlineNanos, String requestId) {
        long left = (deadlineNanos - System.nanoTime()) / 1_000_000;
        if (left < ValidationRequest.MIN_TIMEOUT_MS) {
            return new Judgement.Refused(Problems.expired(), NativeProblems.SHAPE);
        }
        return switch (outcome(within(request, left), requestId)) {
            case ValidationOutcome.Judged(ValidationReport report) -> new Judgement.Reported(report);
            case ValidationOutcome.Malformed(SyntaxProblem syntax) -> {
                ValidateProblems shape = new ValidateProblems(syntax);
                yield new Judgement.Refused(shape.problem(), shape);
            }
            case ValidationOutcome.Invalid invalid ->
                new Judgement.Refused(ValidateProblems.invalid(invalid), NativeProblems.SHAPE);
        };
    }

    /**
     * As {@link #judge}, but gives up early.
     *
     * @return null where the equation needs longer than {@value #QUICK_MS} ms
     */
    @Nullable
    Judgement quick(ValidationRequest request, long deadlineNanos, String requestId) {
        if (request.timeoutMs() <= QUICK_MS) {
            return judge(request, deadlineNanos, requestId);
        }
        Judgement judgement = judge(within(request, QUICK_MS), deadlineNanos, requestId);
        // A stage that ran out of time leaves its part of a report empty, whatever the verdict.
        boolean cut = judgement instanceof Judgement.Reported(ValidationReport report)
                && report.processingTimeMs() >= QUICK_MS;
        return cut ? null : judgement;
    }

    /** The contract knows no 5xx for an equation, so a defect of the validator's is an undecided equation, and a log line. */
    private ValidationOutcome outcome(ValidationRequest request, String requestId) {
        try {
            return validator.validate(request);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error(
                    "the validator failed on an equation of {} characters request={}",
                    request.equation().length(),
                    requestId,
                    e);
            return new ValidationOutcome.Judged(undetermined(request));
        }
    }

    private static ValidationRequest within(ValidationRequest request, long leftMs) {
        if (request.timeoutMs() <= leftMs) {
            return request;
        }
        return new ValidationRequest(
                request.equation(),
                request.mode(),
                request.format(),
                request.variables(),
                request.assumptions(),
                request.seed(),
                (int) leftMs);
    }

    private static ValidationReport undetermined(ValidationRequest request) {
        return new ValidationReport(
                false,
                0.5,
                List.of(0, 0, 0),
                0,
                0,
                "The validator failed on this equation, which is a defect of its own and says nothing about the equation.",
                0,
                Verdict.UNDETERMINED,
                request.equation(),
                "",
                List.of(),
                null,
                null,
                null,
                List.of(),
                List.of(),
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }
}
