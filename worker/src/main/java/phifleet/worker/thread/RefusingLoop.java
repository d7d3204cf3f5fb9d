package phifleet.worker.thread;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * An event loop that interrupts no model while it refuses much. Each request that comes takes a core from the model, and the model's data
 * from its caches, only to be told that there is no room: under ten times the load that a worker can bear, that took a seventh of what it
 * bears. A loop that waits for the scheduler's tick refuses all that has come by then in one go, at half the cost each. Whoever is not
 * refused would wait for the tick as well, and on a worker that refuses nobody nothing would be gained, so that a loop is quick again as
 * soon as it refuses little. For one thread.
 */
public final class RefusingLoop {
    /** Over which refusals are counted. */
    static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** Refusals a second from which on it waits: 2 % of a core, at what each of them costs. */
    static final double MANY = 500;

    /** Below which it is quick again. */
    static final double FEW = 100;

    private final LongSupplier nanos;
    private final Consumer<SchedulingPolicy> thread;
    private SchedulingPolicy policy = SchedulingPolicy.OTHER;
    private long begun;
    private long refused;

    /** @param thread what sets the policy of the loop's thread */
    RefusingLoop(LongSupplier nanos, Consumer<SchedulingPolicy> thread) {
        this.nanos = nanos;
        this.thread = thread;
        this.begun = nanos.getAsLong();
    }

    /** The calling thread's. */
    public static RefusingLoop ofThisThread() {
        return new RefusingLoop(System::nanoTime, SchedulingPolicy::take);
    }

    /** A request has been answered, on the loop's thread. */
    public void answered(boolean isRefusal) {
        refused += isRefusal ? 1 : 0;
        long now = nanos.getAsLong();
        long passed = now - begun;
        if (passed < WINDOW_NANOS) {
            return;
        }
        double pace = refused * (double) TimeUnit.SECONDS.toNanos(1) / passed;
        if (pace > MANY) {
            take(SchedulingPolicy.BATCH);
        } else if (pace < FEW) {
            take(SchedulingPolicy.OTHER);
        }
        begun = now;
        refused = 0;
    }

    private void take(SchedulingPolicy wanted) {
        if (policy != wanted) {
            policy = wanted;
            thread.accept(wanted);
        }
    }
}
