package phifleet.worker.http.ingest.pipeline;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import phifleet.common.Problem;
import phifleet.http.Urgency;
import phifleet.http.dialect.Problems;
import phifleet.inference.model.TensorSet;
import phifleet.inference.tensor.TensorModel;
import phifleet.worker.http.lane.LaneCall;
import phifleet.worker.http.lane.LaneResult;

/** One input through a model's lane, where a full lane is waited for: whoever brings many has the time. For virtual threads. */
public final class LaneRuns {
    /** Takes what runs took of the device's time, for whoever has to say it. */
    public static final ScopedValue<LongAdder> DEVICE_NANOS = ScopedValue.newInstance();

    private static final int TOO_MANY = 429;
    private static final long SHORTEST_WAIT_MILLIS = 5;
    private static final long LONGEST_WAIT_MILLIS = 500;

    private LaneRuns() {}

    /**
     * Submits one input, and waits until its lane has taken it.
     *
     * @param deadlineNanos on the scale of {@link System#nanoTime}
     */
    static CompletableFuture<LaneResult<TensorSet>> submit(
            TensorModel model, TensorSet inputs, Urgency.Priority priority, long deadlineNanos)
            throws Refusal, InterruptedException {
        return submit(
                new LaneCall<>(
                        model, "image", (lane, deadline, outcome) -> model.infer(inputs, lane, deadline, outcome)),
                priority,
                deadlineNanos);
    }

    /** The same of any input. */
    static <O> CompletableFuture<LaneResult<O>> submit(LaneCall<O> call, Urgency.Priority priority, long deadlineNanos)
            throws Refusal, InterruptedException {
        while (true) {
            CompletableFuture<LaneResult<O>> result = new CompletableFuture<>();
            switch (call.submit(priority, deadlineNanos, result::complete)) {
                case LaneCall.Submission.Taken taken -> {
                    return result;
                }
                case LaneCall.Submission.Refused(Problem problem) -> waitFor(problem, deadlineNanos);
            }
        }
    }

    private static void waitFor(Problem problem, long deadlineNanos) throws Refusal, InterruptedException {
        if (problem.status() != TOO_MANY) {
            throw new Refusal(problem);
        }
        long asked = problem.retryAfter() == null ? 0 : problem.retryAfter().toMillis();
        long wait = Math.clamp(asked, SHORTEST_WAIT_MILLIS, LONGEST_WAIT_MILLIS);
        if (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(wait) - deadlineNanos >= 0) {
            throw new Refusal(problem);
        }
        Thread.sleep(wait);
    }

    /** What the model gave for it, once that is there. */
    static <O> O outputs(CompletableFuture<LaneResult<O>> result) throws Refusal, InterruptedException {
        try {
            return switch (result.get()) {
                case LaneResult.Done<O>(var outputs, var timing) -> {
                    if (DEVICE_NANOS.isBound()) {
                        DEVICE_NANOS.get().add(timing.deviceNanos());
                    }
                    yield outputs.getFirst();
                }
                case LaneResult.Refused<O>(Problem problem) -> throw new Refusal(problem);
            };
        } catch (ExecutionException e) {
            throw new Refusal(Problems.internal());
        }
    }
}
