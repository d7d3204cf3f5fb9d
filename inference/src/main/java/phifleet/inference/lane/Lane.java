package phifleet.inference.lane;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.model.Model;

/**
 * The way to one model: admission, a fair queue, batch forming and the threads that run the model.
 *
 * <p>Admission is by work and atomic: all inputs of a submission are taken or none, so that what is taken is known to be
 * served. A loop that is free takes a batch at once: there is no waiting for company. While all loops are busy the queue
 * grows, and batches with it.
 *
 * <p>One lock guards the backlog; it is never held while a model runs or a listener is told. Thread-safe.
 *
 * @param <I> one input
 * @param <O> one output
 */
public final class Lane<I, O> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    /** How long a closing lane waits for each thread's last batch. */
    private static final Duration JOIN_LIMIT = Duration.ofSeconds(30);

    private final String name;
    private final ToIntFunction<? super I> sizeOf;
    private final LaneSettings settings;
    private final LaneObserver observer;
    private final LongSupplier nanoClock;
    private final List<Thread> threads = new ArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();
    /** The loops that wait, the latest first: its core still holds what the model's last run left in the caches. */
    private final Deque<Condition> waiting = new ArrayDeque<>();

    private final Condition idle = lock.newCondition();
    private final Backlog<I, O> backlog;
    /** Those that wait, and those that were told of work and have not come for it yet. */
    private int freeLoops;

    private boolean draining;
    private boolean closed;

    /**
     * Starts the lane's threads.
     *
     * @param name names the threads
     * @param sizeOf the work of an input, in units: the tokens of a text
     * @param nanoClock the scale of the deadlines, such as {@link System#nanoTime}
     */
    public Lane(
            String name,
            Model<I, O> model,
            ToIntFunction<? super I> sizeOf,
            LaneSettings settings,
            BatchPolicy policy,
            LaneObserver observer,
            LongSupplier nanoClock) {
        this.name = name;
        this.sizeOf = sizeOf;
        this.settings = settings;
        this.observer = observer;
        this.nanoClock = nanoClock;
        this.backlog = new Backlog<>(settings, policy);
        for (int i = 0; i < settings.loops(); i++) {
            threads.add(Thread.ofPlatform()
                    .name("model-" + name + "-" + i)
                    .daemon()
                    .start(new ModelLoop<>(this, model, nanoClock)));
        }
    }

    /**
     * Offers inputs.
     *
     * @param inputs one or more
     * @param deadlineNanos on the scale of the clock; {@link Long#MAX_VALUE} for none
     * @param listener told the outcome exactly once if the answer is {@code Accepted}, on a thread of the lane's or of
     *     whoever cancels, possibly before this method returns; it must not block
     */
    public Admission submit(List<I> inputs, Priority priority, long deadlineNanos, Consumer<Outcome<O>> listener) {
        int[] units = new int[inputs.size()];
        long total = 0;
        for (int i = 0; i < units.length; i++) {
            units[i] = Math.max(1, sizeOf.applyAsInt(inputs.get(i)));
            total += units[i];
        }
        if (total > settings.limitUnits()) {
            return new Admission.TooLarge(total, settings.limitUnits());
        }
        Submission<I, O> submission =
                new Submission<>(inputs, units, total, priority, deadlineNanos, nanoClock.getAsLong(), listener);
        lock.lock();
        try {
            if (draining) {
                return new Admission.Draining();
            }
            if (backlog.load() + total > settings.limitUnits()) {
                return new Admission.Overloaded(backlog.load(), settings.limitUnits(), retryAfter());
            }
            backlog.add(submission);
            for (int i = Math.min(waiting.size(), units.length); i > 0; i--) {
                waiting.pop().signal();
            }
        } finally {
            lock.unlock();
        }
        return new Admission.Accepted(() -> cancel(submission));
    }

    /** The lane at this moment. */
    public LaneState state() {
        lock.lock();
        try {
            return backlog.state();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes no new work and waits for what was taken.
     *
     * @return whether everything was served in time
     */
    public boolean drain(Duration most) throws InterruptedException {
        lock.lock();
        try {
            draining = true;
            long left = most.toNanos();
            while (!backlog.isEmpty() && left > 0) {
                left = idle.awaitNanos(left);
            }
            return backlog.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Stops the threads after the batches they are in; what still waits ends as failed. */
    @Override
    public void close() {
        List<Submission<I, O>> left;
        lock.lock();
        try {
            draining = true;
            closed = true;
            left = backlog.withdrawAll();
            waiting.forEach(Condition::signal);
        } finally {
            lock.unlock();
        }
        left.forEach(submission -> drop(submission, new Outcome.Failed<>("the worker stopped"), "failed"));
        for (Thread thread : threads) {
            try {
                thread.join(JOIN_LIMIT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** What a loop waits by; one for each. */
    Condition newLoop() {
        return lock.newCondition();
    }

    /** Waits for a batch; null when the lane is closed. Called by the loops, each with its own condition. */
    @Nullable
    List<FairQueue.Entry<I, O>> take(Condition loop) throws InterruptedException {
        while (true) {
            Backlog.Formed<I, O> formed;
            long now;
            lock.lock();
            try {
                while (backlog.nothingWaits() && !closed) {
                    freeLoops++;
                    waiting.push(loop);
                    try {
                        loop.await();
                    } finally {
                        waiting.remove(loop);
                        freeLoops--;
                    }
                }
                if (closed) {
                    return null;
                }
                now = nanoClock.getAsLong();
                formed = backlog.form(now, freeLoops);
                signalIfIdle();
            } finally {
                lock.unlock();
            }
            for (Submission<I, O> submission : formed.late()) {
                drop(submission, new Outcome.Expired<>(submission.timing(now)), "expired");
            }
            for (Submission<I, O> submission : formed.started()) {
                observer.waited(now - submission.acceptedNanos);
            }
            if (!formed.batch().isEmpty()) {
                return formed.batch();
            }
        }
    }

    /** Hands in what a batch gave. Called by the loops. */
    void finish(List<FairQueue.Entry<I, O>> batch, List<O> outputs, long startNanos) {
        long now = nanoClock.getAsLong();
        long units = 0;
        int longest = 0;
        for (FairQueue.Entry<I, O> entry : batch) {
            units += entry.units();
            longest = Math.max(longest, entry.units());
        }
        long rows = settings.batch().cost().rows(batch.size(), units, longest);
        List<Submission<I, O>> complete;
        lock.lock();
        try {
            complete = backlog.finish(batch, outputs, units, longest, now - startNanos);
            signalIfIdle();
        } finally {
            lock.unlock();
        }
        observer.ranBatch(batch.size(), units, rows, now - startNanos);
        complete.forEach(submission -> tell(submission, submission.completed(now)));
    }

    /** Ends the submission whose input failed. Called by the loops. */
    void fail(FairQueue.Entry<I, O> entry, String message) {
        boolean ends;
        lock.lock();
        try {
            ends = backlog.fail(entry);
            signalIfIdle();
        } finally {
            lock.unlock();
        }
        if (ends) {
            drop(entry.submission(), new Outcome.Failed<>(message), "failed");
        }
    }

    String name() {
        return name;
    }

    private void cancel(Submission<I, O> submission) {
        boolean ends;
        lock.lock();
        try {
            ends = backlog.withdraw(submission);
            signalIfIdle();
        } finally {
            lock.unlock();
        }
        if (ends) {
            drop(submission, new Outcome.Cancelled<>(), "cancelled");
        }
    }

    private void drop(Submission<I, O> submission, Outcome<O> outcome, String reason) {
        observer.dropped(reason);
        tell(submission, outcome);
    }

    private void tell(Submission<I, O> submission, Outcome<O> outcome) {
        try {
            submission.listener.accept(outcome);
        } catch (RuntimeException e) {
            // The listener's trouble must not become the batch's, whose other answers are good.
            LOG.error("{}: the listener of a submission failed", name, e);
        }
    }

    private void signalIfIdle() {
        if (backlog.isEmpty()) {
            idle.signalAll();
        }
    }

    private Duration retryAfter() {
        return Duration.ofSeconds(Math.clamp(Math.round(backlog.loadNanos() / 1e9), 1, 30));
    }
}
