package phifleet.inference.lane;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** One request's inputs on their way through a lane. All fields that change are guarded by the device's lock. */
final class Submission<I, O> {
    final List<I> inputs;
    final Priority priority;
    final long deadlineNanos;
    final long acceptedNanos;
    final Consumer<Outcome<O>> listener;
    private final int[] units;
    private final Object[] groups;
    private final BatchCost cost;
    private final O[] outputs;
    private final BitSet waitingInputs;
    private int waiting;
    private long waitingUnits;
    private double waitingCost;
    private double largestCost;
    private int unfinished;
    private long startedNanos;
    private double deviceNanos;
    private boolean started;
    private boolean ended;

    /** What of it is served before other long work: set once, when it joins the queue. */
    double freshCost;

    /** What it has had since its last turn among long work. */
    double hadInTurn;

    /** The work that had come to its line before it. */
    double ahead;

    /** As much as its line has counted of it. */
    double countedCost;

    @SuppressWarnings("unchecked") // the array never leaves this class as anything but a list
    Submission(
            List<I> inputs,
            InputShape<I> shape,
            BatchCost cost,
            Priority priority,
            long deadlineNanos,
            long acceptedNanos,
            Consumer<Outcome<O>> listener) {
        this.inputs = inputs;
        this.units = new int[inputs.size()];
        this.groups = new Object[inputs.size()];
        this.cost = cost;
        this.priority = priority;
        this.deadlineNanos = deadlineNanos;
        this.acceptedNanos = acceptedNanos;
        this.listener = listener;
        this.outputs = (O[]) new Object[inputs.size()];
        this.waiting = inputs.size();
        this.unfinished = inputs.size();
        this.waitingInputs = new BitSet(waiting);
        waitingInputs.set(0, waiting);
        for (int i = 0; i < units.length; i++) {
            units[i] = Math.max(1, shape.units(inputs.get(i)));
            groups[i] = shape.group(inputs.get(i));
            waitingUnits += units[i];
            waitingCost += cost(i);
            largestCost = Math.max(largestCost, cost(i));
        }
    }

    int units(int index) {
        return units[index];
    }

    /** With whose equals an input may run. */
    Object group(int index) {
        return groups[index];
    }

    /** The work of one input, in the units of {@link BatchCost}. */
    double cost(int index) {
        return cost.work(units[index]);
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

    double waitingCost() {
        return waitingCost;
    }

    /** Of the dearest input, which one loop has to run alone. */
    double largestCost() {
        return largestCost;
    }

    /** The first input from there on that waits; -1 where none does. */
    int nextWaiting(int from) {
        return waitingInputs.nextSetBit(from);
    }

    /** Whether this was the first input to leave the queue. */
    boolean start(int index, long nowNanos) {
        waitingInputs.clear(index);
        waiting--;
        waitingUnits -= units[index];
        waitingCost = waiting == 0 ? 0 : waitingCost - cost(index);
        freshCost -= cost(index);
        hadInTurn += cost(index);
        boolean first = !started;
        if (first) {
            started = true;
            startedNanos = nowNanos;
        }
        return first;
    }

    /** Counts what a part of it is worth, in time of the whole device. */
    void ran(double nanos) {
        deviceNanos += nanos;
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
                ? new Timing(startedNanos - acceptedNanos, nowNanos - startedNanos, (long) deviceNanos)
                : new Timing(nowNanos - acceptedNanos, 0);
    }
}
