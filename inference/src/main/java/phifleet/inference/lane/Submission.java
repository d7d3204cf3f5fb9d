package phifleet.inference.lane;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** One request's inputs on their way through a lane. All fields that change are guarded by the lane's lock. */
final class Submission<I, O> {
    final List<I> inputs;
    final int[] units;
    final Priority priority;
    final long deadlineNanos;
    final long acceptedNanos;
    final Consumer<Outcome<O>> listener;
    private final O[] outputs;
    private int waiting;
    private long waitingUnits;
    private int unfinished;
    private long startedNanos;
    private boolean started;
    private boolean ended;

    @SuppressWarnings("unchecked") // the array never leaves this class as anything but a list
    Submission(
            List<I> inputs,
            int[] units,
            long totalUnits,
            Priority priority,
            long deadlineNanos,
            long acceptedNanos,
            Consumer<Outcome<O>> listener) {
        this.inputs = inputs;
        this.units = units;
        this.priority = priority;
        this.deadlineNanos = deadlineNanos;
        this.acceptedNanos = acceptedNanos;
        this.listener = listener;
        this.outputs = (O[]) new Object[inputs.size()];
        this.waiting = inputs.size();
        this.waitingUnits = totalUnits;
        this.unfinished = inputs.size();
    }

    boolean ended() {
        return ended;
    }

    /** Marks the end; the caller tells the listener once it has let go of the lock. */
    void end() {
        ended = true;
    }

    int waiting() {
        return waiting;
    }

    long waitingUnits() {
        return waitingUnits;
    }

    /** Whether this was the first input to leave the queue. */
    boolean start(int index, long nowNanos) {
        waiting--;
        waitingUnits -= units[index];
        boolean first = !started;
        if (first) {
            started = true;
            startedNanos = nowNanos;
        }
        return first;
    }

    /** Keeps an output; whether it was the last. */
    boolean finish(int index, O output) {
        outputs[index] = output;
        unfinished--;
        return unfinished == 0;
    }

    Outcome<O> completed(long nowNanos) {
        return new Outcome.Completed<>(Collections.unmodifiableList(Arrays.asList(outputs)), timing(nowNanos));
    }

    Timing timing(long nowNanos) {
        return started
                ? new Timing(startedNanos - acceptedNanos, nowNanos - startedNanos)
                : new Timing(nowNanos - acceptedNanos, 0);
    }
}
