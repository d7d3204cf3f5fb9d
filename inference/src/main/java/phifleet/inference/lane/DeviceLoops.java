package phifleet.inference.lane;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.Model;

/**
 * The threads that run batches on one device, and the lanes whose batches they are.
 *
 * <p>A loop that is free takes a batch from the lane whose turn it is: of those with work that one which has had least of the
 * device's time for its weight. Loops are platform threads, since their time is spent in native code, where a virtual thread would
 * pin its carrier. A batch beside which nothing runs or waits has the cores of all loops ({@link Model#alone}); what comes meanwhile
 * is served by the other loops at once, beside it.
 *
 * <p>One lock guards the backlogs of all lanes; it is never held while a model runs or a listener is told. Thread-safe.
 */
public final class DeviceLoops implements AutoCloseable {
    /** How long a device that is closed waits for each thread's last batch. */
    static final Duration JOIN_LIMIT = Duration.ofSeconds(30);

    final ReentrantLock lock = new ReentrantLock();
    final Patience patience = new Patience();
    final SparedLoop spared;
    private final int loops;
    private final LongSupplier nanoClock;
    private final List<Thread> threads = new ArrayList<>();
    private final List<Lane<?, ?>> lanes = new ArrayList<>();

    /** The loops that wait, the latest first: its core still holds what a model's last run left in the caches. */
    private final Deque<Condition> waiting = new ArrayDeque<>();

    /** Those that wait, and those that were told of work and have not come for it yet. */
    private int freeLoops;

    private double served;
    private boolean closed;

    /**
     * Starts the threads.
     *
     * @param name names them
     * @param loops how many run batches at once: one a core on a CPU, one or two on a GPU
     * @param nanoClock the scale of the deadlines, such as {@link System#nanoTime}
     */
    public DeviceLoops(String name, int loops, LongSupplier nanoClock) {
        this(loops, nanoClock);
        for (int i = 0; i < loops; i++) {
            threads.add(Thread.ofPlatform()
                    .name("device-" + name + "-" + i)
                    .daemon()
                    .start(this::loop));
        }
    }

    /** Without threads: whoever made it takes the turns. */
    DeviceLoops(int loops, LongSupplier nanoClock) {
        this.loops = loops;
        this.nanoClock = nanoClock;
        this.spared = new SparedLoop(loops);
    }

    /**
     * Opens the way to one model.
     *
     * @param name for the log
     */
    public <I, O> Lane<I, O> open(
            String name,
            Model<I, O> model,
            InputShape<I> shape,
            LaneSettings settings,
            BatchPolicy policy,
            LaneObserver observer) {
        Lane<I, O> lane = new Lane<>(this, name, model, shape, settings, policy, observer);
        lock.lock();
        try {
            lanes.add(lane);
        } finally {
            lock.unlock();
        }
        return lane;
    }

    /** How many batches run at once. */
    public int loops() {
        return loops;
    }

    /** Stops the threads after the batches they are in. Lanes are closed before it. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            waiting.forEach(Condition::signal);
        } finally {
            lock.unlock();
        }
        for (Thread thread : threads) {
            try {
                thread.join(JOIN_LIMIT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    long now() {
        return nanoClock.getAsLong();
    }

    /** A lane has work again; under the lock. */
    void wakes(Lane<?, ?> lane) {
        lane.claim().wakes(served);
    }

    /** Wakes as many loops as there are things to do; under the lock. */
    void signal(int inputs) {
        for (int i = Math.min(waiting.size(), inputs); i > 0; i--) {
            waiting.pop().signal();
        }
    }

    /** Whether the loop that asks is kept for short work; under the lock. */
    boolean sparesLast(long now) {
        return spared.isLast() && (spared.cameLately(now) || lanes.stream().anyMatch(Lane::somethingShortWaits));
    }

    /** Whether one batch is all that runs or waits, though there are loops for more; under the lock. */
    boolean isIdleButForOne() {
        return loops > 1
                && lanes.stream().mapToInt(Lane::onLoops).sum() == 1
                && lanes.stream().allMatch(Lane::nothingWaits);
    }

    /** The lane takes no part any more; under the lock. */
    void remove(Lane<?, ?> lane) {
        lanes.remove(lane);
    }

    /** The part of the device that a lane has while all have work; under the lock. */
    double leastShare(Lane<?, ?> lane) {
        double all = 0;
        for (Lane<?, ?> other : lanes) {
            all += other.claim().weight();
        }
        return lane.claim().weight() / all;
    }

    /** When work of a lane's would be done beside the other lanes', in nanoseconds from now; under the lock. */
    double end(Lane<?, ?> lane, double ownNanos, long now) {
        List<Claim.Rival> rivals = new ArrayList<>(lanes.size());
        for (Lane<?, ?> other : lanes) {
            if (other != lane) {
                rivals.add(new Claim.Rival(other.claim(), other.loadNanos()));
            }
        }
        return lane.claim().end(ownNanos, rivals, now);
    }

    /** The next turn; null where no lane is ready for one. */
    @Nullable
    Turn<?, ?> poll() {
        lock.lock();
        try {
            return next(now());
        } finally {
            lock.unlock();
        }
    }

    private void loop() {
        try {
            Condition own = lock.newCondition();
            for (Turn<?, ?> turn = take(own); turn != null; turn = take(own)) {
                turn.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a turn; null once the device is closed. */
    private @Nullable Turn<?, ?> take(Condition own) throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                long now = now();
                Turn<?, ?> turn = next(now);
                if (turn != null) {
                    return turn;
                }
                long ready = ready(now);
                freeLoops++;
                waiting.push(own);
                try {
                    if (ready == Long.MAX_VALUE) {
                        own.await();
                    } else {
                        own.awaitNanos(ready - now);
                    }
                } finally {
                    waiting.remove(own);
                    freeLoops--;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** From when on a lane is ready for a turn. */
    private long ready(long now) {
        long ready = Long.MAX_VALUE;
        for (Lane<?, ?> lane : lanes) {
            ready = Math.min(ready, lane.readyAt(now));
        }
        return ready;
    }

    private @Nullable Turn<?, ?> next(long now) {
        Lane<?, ?> next = null;
        for (Lane<?, ?> lane : lanes) {
            if (lane.readyAt(now) <= now
                    && (next == null
                            || lane.claim().virtualTime() < next.claim().virtualTime())) {
                next = lane;
            }
        }
        if (next == null) {
            return null;
        }
        served = Math.max(served, next.claim().virtualTime());
        return next.form(now, freeLoops);
    }
}
