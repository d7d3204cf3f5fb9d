package phifleet.inference.lane;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a lane has taken and not yet answered: the lines and the counts. Decides; does not wait, run or tell.
 *
 * <p>A submission is served in order of arrival for its first {@value Estimates#FRESH_NANOS} ns of the device, or the work of a whole batch; what it has beyond that
 * takes turns with other long work, for a share of the device [1]. So small submissions wait for what was there before them and
 * for nothing that comes later, however large, and long ones are never starved.
 *
 * <p>Not thread-safe: guarded by the device's lock. To add, to withdraw and to finish cost O(inputs), to form a batch O(window).
 *
 * <p>[1] The two-level form of foreground-background scheduling: L. Kleinrock, Queueing Systems, volume 2, 1976, section 4.7; I. A.
 * Rai, G. Urvoy-Keller, E. Biersack: Analysis of LAS Scheduling for Job Size Distributions with High Variance, SIGMETRICS 2003.
 */
final class Backlog<I, O> {
    /** As much of the time that a submission has may be taken by work that came later, for the sake of better batches. */
    private static final double OVERTAKING = 0.1;

    /** Less than this part of a batch is not run for itself while what comes after it could run with it. */
    private static final double WHOLE_BATCH = 0.5;

    /** So much more than whole turns of the loops is no reason for another turn: the pace is not known better. */
    private static final double SLACK_OF_TURN = 0.1;

    private final InputShape<I> shape;
    private final LaneSettings settings;
    private final BatchPolicy policy;
    private final int loops;
    private final Patience patience;
    private final Estimates estimates;
    private final Lines<I, O> lines = new Lines<>();
    private final Amount queued = new Amount();
    private final Amount running = new Amount();
    private final List<Formed<I, O>> onLoops = new ArrayList<>();

    Backlog(InputShape<I> shape, LaneSettings settings, BatchPolicy policy, int loops, Patience patience) {
        this.shape = shape;
        this.settings = settings;
        this.policy = policy;
        this.loops = loops;
        this.patience = patience;
        this.estimates = new Estimates(settings, loops);
    }

    boolean nothingWaits() {
        return queued.items() == 0;
    }

    boolean isEmpty() {
        return queued.items() + running.items() == 0;
    }

    long load() {
        return queued.units() + running.units();
    }

    /**
     * The lane at this moment.
     *
     * @param usedNanos time of the whole device that it has had
     * @param loadNanos time of the whole device that it will take
     */
    LaneState state(long usedNanos, long loadNanos) {
        return new LaneState(
                shape.unit(),
                queued.items(),
                queued.units(),
                running.items(),
                running.units(),
                settings.limitUnits(),
                settings.batch().units(),
                usedNanos,
                loadNanos);
    }

    /** How long its work takes. */
    Estimates estimates() {
        return estimates;
    }

    /** What all that waits and runs takes of the whole device, in nanoseconds. */
    double loadNanos() {
        return (queued.cost() + running.cost()) * estimates.nanosPerCost();
    }

    void add(Submission<I, O> submission, long now) {
        Line.Kind kind = submission.priority == Priority.BATCH ? Line.Kind.BATCH : Line.Kind.FRESH;
        submission.freshCost = estimates.freshCost();
        lines.add(submission, kind);
        queued.add(submission.waiting(), submission.waitingUnits(), submission.waitingCost());
        if (kind == Line.Kind.FRESH && submission.waitingCost() <= submission.freshCost) {
            patience.came(now);
        }
    }

    /** When a submission that is not in the queue yet would end if it were, on a device that has no other lane. */
    double endNanos(Submission<I, O> submission, long now) {
        return estimates.endNanos(submission, lines, running.cost(), now);
    }

    /**
     * From when on a batch may be formed: at once, or once the one due next has waited for company long enough.
     *
     * @return on the scale of the clock; {@link Long#MAX_VALUE} where nothing waits
     */
    long readyAt(long now) {
        Line<I, O> line = next(false);
        if (line == null) {
            return Long.MAX_VALUE;
        }
        long company = settings.company().toNanos();
        if (company == 0) {
            return now;
        }
        List<Entry<I, O>> window = window(line);
        long units = window.stream().mapToLong(Entry::units).sum();
        boolean whole = window.size() >= settings.batch().items()
                || units >= settings.batch().units();
        return whole ? now : line.first().acceptedNanos + company;
    }

    /**
     * Takes the next batch out of the queue.
     *
     * @param otherFreeLoops what waits is shared with them
     * @param shortOnly whether inputs that hold a loop stay where they are
     * @return null if nothing waits that may run
     */
    @Nullable
    Formed<I, O> form(long now, int otherFreeLoops, boolean shortOnly) {
        List<Submission<I, O>> late = new ArrayList<>();
        for (Line<I, O> line = next(shortOnly); line != null; line = next(shortOnly)) {
            List<Entry<I, O>> all = window(line);
            if (endLate(all, now, late)) {
                continue;
            }
            List<Entry<I, O>> window = shortOnly ? shortOnes(all) : all;
            int[] units = window.stream().mapToInt(Entry::units).toArray();
            int[] chosen = policy.select(units, limits(line, now, otherFreeLoops));
            return start(Arrays.stream(chosen).mapToObj(window::get).toList(), line, late, now);
        }
        return late.isEmpty() ? null : new Formed<>(List.of(), lines.of(Line.Kind.FRESH), now, 0, List.of(), late);
    }

    /**
     * What the next batch is chosen from. Whoever is due has a place in it, but of the others some may be passed over for ever
     * better company, until too much has overtaken the first: then it is chosen from those alone that fill a batch with it.
     */
    private List<Entry<I, O>> window(Line<I, O> line) {
        double batch = settings.batch().units();
        Submission<I, O> first = line.first();
        double has = settings.queueLimit().toNanos();
        if (first.deadlineNanos != Long.MAX_VALUE) {
            has = Math.min(has, (double) first.deadlineNanos - first.acceptedNanos);
        }
        double borne = estimates.costIn(OVERTAKING * has);
        boolean inOrder = line.overtaken() > Math.max(batch, borne);
        return line.window(settings.window(), inOrder ? batch : Double.POSITIVE_INFINITY);
    }

    /** Ends those of a window that are late; whether there were any. */
    private boolean endLate(List<Entry<I, O>> window, long now, List<Submission<I, O>> late) {
        boolean some = false;
        for (Entry<I, O> entry : window) {
            Submission<I, O> submission = entry.submission();
            boolean alone = running.items() == 0 && queued.items() == submission.waiting();
            // A submission ends whole: an input of it that would have been in time alone goes with the one that is not.
            if (estimates.isLate(submission, alone, now) && withdraw(submission)) {
                late.add(submission);
                some = true;
            }
        }
        return some;
    }

    private Formed<I, O> start(List<Entry<I, O>> batch, Line<I, O> line, List<Submission<I, O>> late, long now) {
        List<Submission<I, O>> started = new ArrayList<>();
        Set<Submission<I, O>> touched = new LinkedHashSet<>();
        double cost = 0;
        for (Entry<I, O> entry : batch) {
            Submission<I, O> submission = entry.submission();
            double own = entry.cost();
            if (submission.start(entry.index(), now)) {
                started.add(submission);
            }
            touched.add(submission);
            cost += own;
            queued.remove(1, entry.units(), own);
            running.add(1, entry.units(), own);
        }
        double charged = estimates.batchNanos(cost);
        lines.charge(line, charged / loops);
        touched.forEach(submission -> moveOn(submission, line));
        Formed<I, O> formed = new Formed<>(batch, line, now, charged, started, late);
        onLoops.add(formed);
        return formed;
    }

    /** Lets a submission take its next place after some of it was served. */
    private void moveOn(Submission<I, O> submission, Line<I, O> line) {
        if (submission.waiting() == 0) {
            line.remove(submission);
        } else if (line.kind() == Line.Kind.FRESH && isServed(submission)) {
            line.remove(submission);
            lines.add(submission, Line.Kind.LONG);
        } else {
            line.recount(submission);
            line.rotate(submission, settings.batch().units());
        }
    }

    /** Whether it has had its fresh part, or so much that the rest of it is no batch, and more waits behind. */
    private boolean isServed(Submission<I, O> submission) {
        double left = submission.freshCost;
        return left <= 0 || (left < WHOLE_BATCH * settings.batch().units() && left < submission.waitingCost());
    }

    /**
     * Takes in a batch's outputs; the submissions that this completes are returned, marked as ended.
     *
     * @param taken how many loops' cores it had
     */
    List<Submission<I, O>> finish(Formed<I, O> formed, List<O> outputs, long nanos, int taken, long now) {
        // With the cores of several it says nothing of what a loop does.
        if (taken == 1) {
            estimates.ran(formed.cost(), nanos);
            if (formed.line().kind() == Line.Kind.FRESH) {
                patience.ran((double) nanos);
            }
        }
        ran(formed, nanos * taken, now);
        List<Submission<I, O>> complete = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            Entry<I, O> entry = formed.batch().get(i);
            Submission<I, O> submission = entry.submission();
            if (submission.finish(entry.index(), outputs.get(i)) && !submission.ended()) {
                submission.end();
                complete.add(submission);
            }
        }
        return complete;
    }

    /** A batch failed; those submissions that end with it. */
    List<Submission<I, O>> fail(Formed<I, O> formed, long nanos, long now) {
        ran(formed, nanos, now);
        return formed.batch().stream()
                .map(Entry::submission)
                .distinct()
                .filter(this::withdraw)
                .toList();
    }

    private void ran(Formed<I, O> formed, long nanos, long now) {
        onLoops.removeIf(one -> one.holds(formed));
        for (Entry<I, O> entry : formed.batch()) {
            running.remove(1, entry.units(), entry.cost());
        }
        formed.line().claim().charge((nanos - formed.chargedNanos()) / loops);
        formed.line().claim().used((double) nanos / loops, now);
    }

    /** Ends a submission and forgets what of it still waits; false if it had ended before. */
    boolean withdraw(Submission<I, O> submission) {
        if (submission.ended()) {
            return false;
        }
        lines.remove(submission);
        submission.end();
        queued.remove(submission.waiting(), submission.waitingUnits(), submission.waitingCost());
        return true;
    }

    /** Ends every submission that still has an input in the queue. */
    List<Submission<I, O>> withdrawAll() {
        List<Submission<I, O>> left = lines.all();
        left.forEach(this::withdraw);
        return left;
    }

    private BatchLimits limits(Line<I, O> line, long now, int otherFreeLoops) {
        BatchLimits limits = settings.batch();
        double most = limits.units();
        if (settings.company().isZero()) {
            if (otherFreeLoops > 0) {
                most = Math.min(most, (double) Math.ceilDiv(queued.units(), otherFreeLoops + 1));
            }
            most = even(most, now);
        }
        if (line.kind() != Line.Kind.FRESH) {
            most = Math.min(most, estimates.mostCost(patience.most(now)));
        }
        return limits.withUnits((int) Math.max(1, most));
    }

    /**
     * What is more than a batch is cut so that all loops end it at about one time, with no more turns than it takes: else the last batch
     * of a list runs on one of them while the others idle.
     */
    private double even(double most, long now) {
        if (queued.cost() <= most) {
            return most;
        }
        double all = queued.cost();
        for (Formed<I, O> one : onLoops) {
            all += estimates.costOfLoop(one.leftNanos(now));
        }
        int sharing = Math.min(loops, settings.instances());
        double turns = Math.max(1, Math.ceil(all / (sharing * most) - SLACK_OF_TURN));
        return Math.min(most, all / (sharing * turns));
    }

    /** Whether there is anything to run beside what holds the other loops. */
    boolean somethingShortWaits() {
        return next(true) != null;
    }

    private List<Entry<I, O>> shortOnes(List<Entry<I, O>> window) {
        return window.stream().filter(entry -> !estimates.isLong(entry)).toList();
    }

    /** Whose turn it is. */
    private @Nullable Line<I, O> next(boolean shortOnly) {
        double turn = settings.batch().units() * estimates.nanosPerCost();
        return lines.next(turn, line -> !shortOnly || !shortOnes(window(line)).isEmpty());
    }
}
