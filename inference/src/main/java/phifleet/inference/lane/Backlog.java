package phifleet.inference.lane;

import java.util.ArrayList;
import java.util.List;
import phifleet.inference.model.WorkUnit;

/**
 * What a lane has taken and not yet answered: the queue, the counts and the pace. Decides; does not wait, run or tell.
 *
 * <p>Not thread-safe: guarded by the lane's lock.
 */
final class Backlog<I, O> {
    /** How much the newest batch changes the measured pace; 0.2 follows a change within some ten batches. */
    private static final double PACE_GAIN = 0.2;

    private final LaneSettings settings;
    private final BatchPolicy policy;
    private final FairQueue<I, O> queue = new FairQueue<>();
    private int queuedItems;
    private long queuedUnits;
    private int runningItems;
    private long runningUnits;
    private double nanosPerUnit;

    /**
     * What came of forming a batch.
     *
     * @param batch inputs to run now; none if all that waited was late
     * @param started those submissions of which this batch holds the first input
     * @param late those that can no longer meet their deadline
     */
    record Formed<I, O>(
            List<FairQueue.Entry<I, O>> batch, List<Submission<I, O>> started, List<Submission<I, O>> late) {}

    Backlog(LaneSettings settings, BatchPolicy policy) {
        this.settings = settings;
        this.policy = policy;
    }

    boolean nothingWaits() {
        return queue.isEmpty();
    }

    boolean isEmpty() {
        return queuedItems + runningItems == 0;
    }

    long load() {
        return queuedUnits + runningUnits;
    }

    /** How long the load will take at the measured pace. */
    double loadNanos() {
        return load() * nanosPerUnit / settings.loops();
    }

    LaneState state() {
        return new LaneState(
                WorkUnit.TOKENS,
                queuedItems,
                queuedUnits,
                runningItems,
                runningUnits,
                settings.limitUnits(),
                settings.batch().units());
    }

    void add(Submission<I, O> submission) {
        queue.add(submission);
        queuedItems += submission.waiting();
        queuedUnits += submission.waitingUnits();
    }

    /**
     * Takes the next batch out of the queue.
     *
     * @param otherFreeLoops what waits is shared with them
     */
    Formed<I, O> form(long now, int otherFreeLoops) {
        List<Submission<I, O>> late = new ArrayList<>();
        List<FairQueue.Entry<I, O>> window = queue.takeWindow(settings.window());
        for (FairQueue.Entry<I, O> entry : window) {
            if (!entry.submission().ended() && isLate(entry, now)) {
                end(entry.submission());
                late.add(entry.submission());
            }
        }
        // A submission ends whole: an input of it that would have been in time alone goes with the one that is not.
        window.removeIf(entry -> entry.submission().ended());
        late.forEach(queue::remove);
        List<FairQueue.Entry<I, O>> batch = new ArrayList<>();
        List<Submission<I, O>> started = new ArrayList<>();
        if (window.isEmpty()) {
            return new Formed<>(batch, started, late);
        }
        int[] units = new int[window.size()];
        for (int i = 0; i < units.length; i++) {
            units[i] = window.get(i).units();
        }
        int[] chosen = policy.select(units, share(otherFreeLoops));
        queue.served(window.getFirst());
        int next = 0;
        for (int i = 0; i < units.length; i++) {
            FairQueue.Entry<I, O> entry = window.get(i);
            if (next < chosen.length && chosen[next] == i) {
                next++;
                batch.add(entry);
                if (entry.submission().start(entry.index(), now)) {
                    started.add(entry.submission());
                }
                queuedItems--;
                queuedUnits -= entry.units();
                runningItems++;
                runningUnits += entry.units();
            } else {
                queue.putBack(entry);
            }
        }
        return new Formed<>(batch, started, late);
    }

    /** Takes in a batch's outputs; the submissions that this completes are returned, marked as ended. */
    List<Submission<I, O>> finish(
            List<FairQueue.Entry<I, O>> batch, List<O> outputs, long units, long longest, long nanos) {
        BatchCost cost = settings.batch().cost();
        double pace = nanos / (cost.fixed() + cost.work(batch.size(), units, longest));
        nanosPerUnit = nanosPerUnit == 0 ? pace : nanosPerUnit + PACE_GAIN * (pace - nanosPerUnit);
        runningItems -= batch.size();
        runningUnits -= units;
        List<Submission<I, O>> complete = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            FairQueue.Entry<I, O> entry = batch.get(i);
            Submission<I, O> submission = entry.submission();
            if (submission.finish(entry.index(), outputs.get(i)) && !submission.ended()) {
                submission.end();
                complete.add(submission);
            }
        }
        return complete;
    }

    /** An input failed; whether its submission ends with it. */
    boolean fail(FairQueue.Entry<I, O> entry) {
        runningItems--;
        runningUnits -= entry.units();
        return withdraw(entry.submission());
    }

    /** Ends a submission and forgets what of it still waits; false if it had ended before. */
    boolean withdraw(Submission<I, O> submission) {
        if (submission.ended()) {
            return false;
        }
        queue.remove(submission);
        end(submission);
        return true;
    }

    /** Ends every submission that still has an input in the queue. */
    List<Submission<I, O>> withdrawAll() {
        List<Submission<I, O>> left = new ArrayList<>();
        for (FairQueue.Entry<I, O> entry : queue.takeWindow(Integer.MAX_VALUE)) {
            if (!entry.submission().ended()) {
                end(entry.submission());
                left.add(entry.submission());
            }
        }
        return left;
    }

    /** Whether even a device that does nothing else could not do what waits of the submission by its deadline. */
    private boolean isLate(FairQueue.Entry<I, O> entry, long now) {
        Submission<I, O> submission = entry.submission();
        double least = Math.max(entry.units(), (double) submission.waitingUnits() / settings.loops());
        return submission.deadlineNanos != Long.MAX_VALUE && submission.deadlineNanos - now <= nanosPerUnit * least;
    }

    private void end(Submission<I, O> submission) {
        submission.end();
        queuedItems -= submission.waiting();
        queuedUnits -= submission.waitingUnits();
    }

    private BatchLimits share(int otherFreeLoops) {
        BatchLimits limits = settings.batch();
        if (otherFreeLoops == 0) {
            return limits;
        }
        long part = Math.ceilDiv(queuedUnits, otherFreeLoops + 1);
        return limits.withUnits((int) Math.min(limits.units(), part));
    }
}
