package phifleet.inference.lane;

import java.util.List;

/**
 * How long a lane's work takes, as far as its pace is known; and what is fresh, long and short work by that.
 *
 * <p>Not thread-safe: guarded by the device's lock.
 */
final class Estimates {
    /** Work of a submission that is served in order of arrival. */
    static final double FRESH_NANOS = 50e6;

    private static final double MEMORY_NANOS = 4e9;

    /** Long enough that one batch which the machine held up is not all of it. */
    private static final double LATEST_NANOS = 0.5e9;

    /** A loop that runs one input for longer than this is held by it. */
    private static final double LONG_NANOS = 500e6;

    private final BatchLimits limits;
    private final int loops;
    private final Pace pace;
    private final Pace latest;

    /**
     * Knows what was probed.
     *
     * @param loops that run the lane's batches
     */
    Estimates(LaneSettings settings, int loops) {
        this.limits = settings.batch();
        this.loops = loops;
        this.pace = new Pace(settings.nanosPerUnit(), MEMORY_NANOS);
        this.latest = new Pace(settings.nanosPerUnit(), LATEST_NANOS);
    }

    /** Takes in what a batch took that had one loop's cores. */
    void ran(double cost, long nanos) {
        pace.ran(limits.cost().fixed() + cost, nanos);
        latest.ran(limits.cost().fixed() + cost, nanos);
    }

    /** What a unit of work, and its share of starting batches, takes of the whole device; 0 where that is not known yet. */
    double nanosPerCost() {
        return nanosPerCost(pace.nanosPerUnit());
    }

    /**
     * The same, as is promised: a device that has become slower is believed at once, one that has become faster when it stays so. A
     * promise that is too long shortens the queue of a device that has too much to do, and idles it never.
     */
    double promisedNanosPerCost() {
        return nanosPerCost(Math.max(pace.nanosPerUnit(), latest.nanosPerUnit()));
    }

    private double nanosPerCost(double nanosPerUnit) {
        return nanosPerUnit * (1 + limits.cost().fixed() / Math.max(1, limits.units())) / loops;
    }

    /** What a batch takes of one loop. */
    double batchNanos(double cost) {
        return pace.nanosPerUnit() * (limits.cost().fixed() + cost);
    }

    /** The work of a batch that takes no longer of one loop; infinite where the pace is not known yet. */
    double mostCost(double nanos) {
        if (pace.nanosPerUnit() == 0) {
            return Double.POSITIVE_INFINITY;
        }
        double fixed = limits.cost().fixed();
        // Shorter ones would spend more on their start than on their work.
        return Math.max(nanos / pace.nanosPerUnit() - fixed, 2 * fixed);
    }

    /** The work that the whole device does in a time; 0 where that is not known yet. */
    double costIn(double nanos) {
        double each = nanosPerCost();
        return each == 0 ? 0 : nanos / each;
    }

    /** The work that one loop does in a time; 0 where that is not known yet. */
    double costOfLoop(double nanos) {
        return pace.nanosPerUnit() == 0 ? 0 : nanos / pace.nanosPerUnit();
    }

    /** As much of a submission as is served in order of arrival. */
    double freshCost() {
        return Math.max(limits.units(), costIn(FRESH_NANOS));
    }

    /** What the work of a submission would take of a device that did nothing else, in nanoseconds. */
    double aloneNanos(Submission<?, ?> submission) {
        return Math.max(submission.waitingCost() * nanosPerCost(), submission.largestCost() * pace.nanosPerUnit());
    }

    /**
     * What a submission would take if it had no more than its kind's share of the lane all the time, and nothing of its kind before
     * it: one that takes turns is slower beside short work by its nature, which is no delay.
     */
    double sharedNanos(Submission<?, ?> submission) {
        boolean isLong = submission.priority == Priority.INTERACTIVE && submission.waitingCost() > freshCost();
        return aloneNanos(submission) / (isLong ? Line.Kind.LONG.leastShare() : 1);
    }

    /**
     * Whether even a device that does nothing else could not do what waits of a submission by its deadline.
     *
     * @param alone whether nothing else is to be done: then it is tried until its deadline, since the pace may be wrong
     */
    boolean isLate(Submission<?, ?> submission, boolean alone, long now) {
        if (submission.deadlineNanos == Long.MAX_VALUE) {
            return false;
        }
        long left = submission.deadlineNanos - now;
        return left <= (alone ? 0 : aloneNanos(submission));
    }

    /**
     * When a submission that is not in the queue yet would end if it were, on a device that has no other lane.
     *
     * @param runningCost work that runs
     */
    <I, O> double endNanos(Submission<I, O> submission, Lines<I, O> lines, double runningCost, long now) {
        double nanos = promisedNanosPerCost();
        double cost = submission.waitingCost();
        Line<I, O> fresh = lines.of(Line.Kind.FRESH);
        Line<I, O> others = lines.of(Line.Kind.LONG);
        Line<I, O> batch = lines.of(Line.Kind.BATCH);
        double alone = aloneNanos(submission);
        if (submission.priority == Priority.BATCH) {
            double own = (runningCost + batch.inTurns(cost)) * nanos + alone;
            return batch.claim().end(own, List.of(rival(fresh), rival(others)), now);
        }
        double first = Math.min(cost, freshCost());
        double rest = cost - first;
        if (rest <= 0) {
            double own = (runningCost + fresh.cost()) * nanos + alone;
            // Long work that comes later takes its share too, and the promise must hold all the same.
            return fresh.claim().end(own, List.of(always(others), always(batch)), now);
        }
        double own = (runningCost + others.inTurns(rest) + fresh.inTurns(rest)) * nanos + alone;
        return others.claim().end(own, List.of(rival(fresh), rival(batch)), now);
    }

    private static Claim.Rival always(Line<?, ?> line) {
        return new Claim.Rival(line.claim(), Double.POSITIVE_INFINITY);
    }

    private Claim.Rival rival(Line<?, ?> line) {
        return new Claim.Rival(line.claim(), line.cost() * promisedNanosPerCost());
    }

    /** Whether an input would hold a loop, as far as the pace is known. */
    boolean isLong(Entry<?, ?> entry) {
        return holdsLoop(entry.cost());
    }

    /** Whether a submission has no input that would hold a loop. */
    boolean isShort(Submission<?, ?> submission) {
        return !holdsLoop(submission.largestCost());
    }

    /** What is no more than a batch is as short as work gets here, however slow the model. */
    private boolean holdsLoop(double cost) {
        return cost > limits.units() && cost * pace.nanosPerUnit() > LONG_NANOS;
    }
}
