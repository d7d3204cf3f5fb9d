package phifleet.inference.lane;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.model.Model;
import phifleet.inference.model.WorkUnit;

/**
 * The way to one model: admission, queue and batch forming. The threads are its device's.
 *
 * <p>Admission is by work and by time, and atomic: all inputs of a submission are taken or none, so that what is taken is known to
 * be served, and by when. Unless told to wait for company, a loop that is free takes a batch at once. While all loops are busy the
 * queue grows, and batches with it.
 *
 * <p>Thread-safe: guarded by the device's lock.
 *
 * @param <I> one input
 * @param <O> one output
 */
public final class Lane<I, O> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);

    private final DeviceLoops device;
    private final String name;
    private final Model<I, O> model;
    private final InputShape<I> shape;
    private final LaneSettings settings;
    private final LaneObserver observer;
    private final Claim claim;
    private final Backlog<I, O> backlog;
    private final ReentrantLock lock;
    private final Condition idle;
    private int onLoops;
    private double usedNanos;
    private boolean draining;

    Lane(
            DeviceLoops device,
            String name,
            Model<I, O> model,
            InputShape<I> shape,
            LaneSettings settings,
            BatchPolicy policy,
            LaneObserver observer) {
        this.device = device;
        this.name = name;
        this.model = model;
        this.shape = shape;
        this.settings = settings;
        this.observer = observer;
        this.claim = new Claim(settings.weight());
        this.backlog =
                new Backlog<>(shape, settings, policy, Math.min(device.loops(), settings.instances()), device.patience);
        this.lock = device.lock;
        this.idle = lock.newCondition();
    }

    /**
     * Offers inputs.
     *
     * @param inputs one or more
     * @param deadlineNanos on the scale of the clock; {@link Long#MAX_VALUE} for none
     * @param listener told the outcome exactly once if the answer is {@code Accepted}, on a thread of the device's or of
     *     whoever cancels, possibly before this method returns; it must not block
     */
    public Admission submit(List<I> inputs, Priority priority, long deadlineNanos, Consumer<Outcome<O>> listener) {
        long now = now();
        Submission<I, O> submission =
                new Submission<>(inputs, shape, settings.batch().cost(), priority, deadlineNanos, now, listener);
        lock.lock();
        try {
            Admission refusal = refusal(submission, now);
            if (refusal != null) {
                return refusal;
            }
            if (backlog.nothingWaits()) {
                device.wakes(this);
            }
            backlog.add(submission, now);
            if (backlog.estimates().isShort(submission)) {
                device.spared.cameShort(now);
            }
            device.signal(inputs.size());
        } finally {
            lock.unlock();
        }
        return new Admission.Accepted(() -> cancel(submission));
    }

    /**
     * Whether even the smallest submission would be refused now, so that whoever has one need not prepare it.
     *
     * @return the refusal, or null
     */
    public Admission.@Nullable Overloaded refusal(Priority priority) {
        long now = now();
        Submission<I, O> smallest = new Submission<>(
                List.of(), shape, settings.batch().cost(), priority, Long.MAX_VALUE, now, outcome -> {});
        lock.lock();
        try {
            return refusal(smallest, now) instanceof Admission.Overloaded overloaded ? overloaded : null;
        } finally {
            lock.unlock();
        }
    }

    /** The lane at this moment. */
    public LaneState state() {
        lock.lock();
        try {
            return backlog.state((long) usedNanos, (long) loadNanos());
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
            device.signal(Integer.MAX_VALUE);
            return awaitIdle(most);
        } finally {
            lock.unlock();
        }
    }

    /** Ends what still waits as failed, and waits for the batches that run. The model can be closed afterwards. */
    @Override
    public void close() {
        List<Submission<I, O>> left;
        lock.lock();
        try {
            draining = true;
            left = backlog.withdrawAll();
            device.remove(this);
        } finally {
            lock.unlock();
        }
        left.forEach(submission -> drop(submission, new Outcome.Failed<>("the worker stopped")));
        lock.lock();
        try {
            if (!awaitIdle(DeviceLoops.JOIN_LIMIT)) {
                LOG.warn("{}: a batch still runs", name);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private boolean awaitIdle(Duration most) throws InterruptedException {
        long left = most.toNanos();
        while (!backlog.isEmpty() && left > 0) {
            left = idle.awaitNanos(left);
        }
        return backlog.isEmpty();
    }

    private @Nullable Admission refusal(Submission<I, O> submission, long now) {
        if (submission.waitingUnits() > settings.limitUnits()) {
            return new Admission.TooLarge(shape.unit(), submission.waitingUnits(), settings.limitUnits());
        }
        if (draining) {
            return new Admission.Draining();
        }
        long over = backlog.load() + Math.max(1, submission.waitingUnits()) - settings.limitUnits();
        if (over > 0) {
            return new Admission.Overloaded(
                    new Admission.Excess.Work(shape.unit(), backlog.load(), settings.limitUnits()),
                    roomAfter(over, now));
        }
        Forecast forecast = new Forecast(
                backlog.estimates().aloneNanos(submission),
                backlog.estimates().sharedNanos(submission) / device.leastShare(this),
                device.end(this, backlog.endNanos(submission, now), now),
                backlog.isEmpty());
        double left =
                submission.deadlineNanos == Long.MAX_VALUE ? Double.POSITIVE_INFINITY : submission.deadlineNanos - now;
        return forecast.refusal(left, settings.queueLimit(), submission.priority);
    }

    private Duration roomAfter(long units, long now) {
        double nanos = units * backlog.estimates().promisedNanosPerCost();
        return nanos == 0 ? Duration.ofSeconds(1) : Duration.ofNanos((long) Math.ceil(device.end(this, nanos, now)));
    }

    String name() {
        return name;
    }

    WorkUnit unit() {
        return shape.unit();
    }

    long now() {
        return device.now();
    }

    Claim claim() {
        return claim;
    }

    /** What waits and runs takes of the whole device; under the lock. */
    double loadNanos() {
        return ofDevice(backlog.loadNanos());
    }

    /** Time that is counted as if the loops that the lane may use were all. */
    private double ofDevice(double nanos) {
        return nanos * Math.min(device.loops(), settings.instances()) / device.loops();
    }

    /** How many batches run; under the lock. */
    int onLoops() {
        return onLoops;
    }

    /** Under the lock. */
    boolean nothingWaits() {
        return backlog.nothingWaits();
    }

    /** Whether there is work that would not hold a loop; under the lock. */
    boolean somethingShortWaits() {
        return backlog.somethingShortWaits();
    }

    /** From when on a batch may be formed; under the lock. */
    long readyAt(long now) {
        if (onLoops >= settings.instances()) {
            return Long.MAX_VALUE;
        }
        long ready = backlog.readyAt(now);
        if (ready != Long.MAX_VALUE && device.sparesLast(now) && !backlog.somethingShortWaits()) {
            ready = Math.max(ready, device.spared.until(now));
        }
        return draining && ready != Long.MAX_VALUE ? now : ready;
    }

    /** Takes the next batch; under the lock. Null if nothing waits. */
    @Nullable
    Turn<I, O> form(long now, int freeLoops) {
        // What waits is shared with those loops alone that may run it too.
        boolean shortOnly = device.sparesLast(now) && !draining;
        Formed<I, O> formed = backlog.form(now, Math.min(freeLoops, settings.instances() - onLoops - 1), shortOnly);
        if (formed == null) {
            return null;
        }
        if (!formed.batch().isEmpty()) {
            onLoops++;
        }
        if (formed.batch().stream().anyMatch(backlog.estimates()::isLong)) {
            device.spared.hold(formed);
        }
        claim.charge(formed.chargedNanos() / device.loops());
        signalIfIdle();
        Model<I, O> chosen = mayTakeAll(formed) ? model.alone() : model;
        return new Turn<>(this, chosen, formed, chosen.equals(model) ? 1 : device.loops());
    }

    /** Whether a batch may have all of the device: while it has nothing else to do, and the pace of one loop is known. */
    private boolean mayTakeAll(Formed<I, O> formed) {
        return !formed.batch().isEmpty()
                && settings.instances() >= device.loops()
                && backlog.estimates().nanosPerCost() > 0
                && device.isIdleButForOne();
    }

    /** A batch is off its loop. Another loop takes what waited for that, in case this one takes another lane's. */
    void leaveLoop(Formed<I, O> formed) {
        lock.lock();
        try {
            onLoops--;
            device.spared.leave(formed);
            if (onLoops == settings.instances() - 1 && !backlog.nothingWaits()) {
                device.signal(1);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Tells those who hear of a batch before it runs. */
    void tellOf(Formed<I, O> formed) {
        long now = now();
        for (Submission<I, O> submission : formed.late()) {
            drop(submission, new Outcome.Expired<>(submission.timing(now)));
        }
        for (Submission<I, O> submission : formed.started()) {
            observer.waited(submission.timing(now).queueNanos());
        }
    }

    /**
     * Hands in what a batch gave.
     *
     * @param loops whose cores it had
     */
    void finish(Formed<I, O> formed, List<O> outputs, long startNanos, int loops) {
        long now = now();
        long units = formed.units();
        int items = formed.batch().size();
        List<Submission<I, O>> complete;
        lock.lock();
        try {
            ran(formed, (now - startNanos) * loops, now);
            complete = backlog.finish(formed, outputs, now - startNanos, loops, now);
            signalIfIdle();
        } finally {
            lock.unlock();
        }
        long rows = settings.batch().cost().rows(items, units, formed.longest());
        observer.ranBatch(items, units, rows, now - startNanos);
        complete.forEach(submission -> tell(submission, submission.completed(now)));
    }

    /** Ends the submission whose input failed, or is none that the model can take. */
    void end(Formed<I, O> formed, Outcome<O> outcome, long startNanos, int loops) {
        long now = now();
        List<Submission<I, O>> ended;
        lock.lock();
        try {
            ran(formed, (now - startNanos) * loops, now);
            ended = backlog.fail(formed, (now - startNanos) * loops, now);
            signalIfIdle();
        } finally {
            lock.unlock();
        }
        ended.forEach(submission -> drop(submission, outcome));
    }

    private void ran(Formed<I, O> formed, long nanos, long now) {
        claim.charge((nanos - formed.chargedNanos()) / device.loops());
        double taken = (double) nanos / device.loops();
        claim.used(taken, now);
        // Once the pace is known, what it says: batches are whole where time is short, whatever this one was.
        double known = backlog.estimates().nanosPerCost();
        double perCost = known > 0 ? ofDevice(known) : taken / formed.cost();
        for (Entry<I, O> entry : formed.batch()) {
            entry.submission().ran(entry.cost() * perCost);
        }
        usedNanos += formed.cost() * perCost;
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
            drop(submission, new Outcome.Cancelled<>());
        }
    }

    private void drop(Submission<I, O> submission, Outcome<O> outcome) {
        switch (outcome) {
            case Outcome.Completed<O> completed -> throw new IllegalArgumentException("it has an answer");
            case Outcome.Expired<O> expired -> observer.dropped("expired");
            case Outcome.Cancelled<O> cancelled -> observer.dropped("cancelled");
            case Outcome.Rejected<O> rejected -> observer.dropped("rejected");
            case Outcome.Failed<O> failed -> observer.dropped("failed");
        }
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
}
