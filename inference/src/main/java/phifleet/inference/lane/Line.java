package phifleet.inference.lane;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Submissions that wait for the same kind of turn, in the order in which they are due.
 *
 * <p>Not thread-safe: guarded by the device's lock. To add, to remove and to rotate cost O(1).
 */
final class Line<I, O> {

    /** The kinds of turns. */
    enum Kind {
        /** The first part of what somebody waits for, in order of arrival: most submissions are no longer than that. */
        FRESH(12),
        /** What long submissions have beyond it, in turns. */
        LONG(4),
        /** What nobody waits for, in turns. */
        BATCH(1);

        /** The share of a lane while all kinds wait. */
        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        /** The part of a lane that it has while all kinds wait. */
        double leastShare() {
            double all = 0;
            for (Kind kind : values()) {
                all += kind.weight;
            }
            return weight / all;
        }
    }

    private final Kind kind;
    private final Claim claim;
    private final Set<Submission<I, O>> submissions = new LinkedHashSet<>();
    private double cost;
    private double came;
    private double gone;

    Line(Kind kind) {
        this.kind = kind;
        this.claim = new Claim(kind.weight);
    }

    Kind kind() {
        return kind;
    }

    Claim claim() {
        return claim;
    }

    boolean isEmpty() {
        return submissions.isEmpty();
    }

    /** What waits here for a turn of this kind. */
    double cost() {
        return isEmpty() ? 0 : cost;
    }

    void add(Submission<I, O> submission) {
        submissions.add(submission);
        submission.countedCost = 0;
        submission.hadInTurn = 0;
        submission.ahead = came;
        recount(submission);
        came += submission.countedCost;
    }

    /** Whether it was here. */
    boolean remove(Submission<I, O> submission) {
        boolean here = submissions.remove(submission);
        if (here) {
            cost -= submission.countedCost;
            gone += submission.countedCost;
            submission.countedCost = 0;
        }
        return here;
    }

    Submission<I, O> first() {
        return submissions.iterator().next();
    }

    List<Submission<I, O>> all() {
        return List.copyOf(submissions);
    }

    /** After inputs of it have been served. */
    void recount(Submission<I, O> submission) {
        double now = kind == Kind.FRESH
                ? Math.min(Math.max(submission.freshCost, 0), submission.waitingCost())
                : submission.waitingCost();
        cost += now - submission.countedCost;
        gone += Math.max(0, submission.countedCost - now);
        submission.countedCost = now;
    }

    /** Ends the turn of a submission that has had this much. */
    void rotate(Submission<I, O> submission, double turn) {
        if (kind != Kind.FRESH && submission.hadInTurn >= turn && submissions.remove(submission)) {
            submission.hadInTurn = 0;
            submissions.add(submission);
        }
    }

    /**
     * What serving this much for each of those here comes to, in turns: none of them gets more than the one that asks.
     *
     * @param most what each gets at most, beyond its fresh part where that is served elsewhere
     */
    double inTurns(double most) {
        double sum = 0;
        for (Submission<I, O> submission : submissions) {
            double beyond = submission.waitingCost() - (kind == Kind.FRESH ? submission.countedCost : 0);
            sum += Math.min(beyond, most);
        }
        return sum;
    }

    /** How much work that came after the first one has been done before it. */
    double overtaken() {
        return kind == Kind.FRESH ? gone - first().ahead : 0;
    }

    /**
     * The inputs due next, of one group, the first due first.
     *
     * @param most how many
     * @param mostCost their work, of which only the last may be over it
     */
    List<Entry<I, O>> window(int most, double mostCost) {
        List<Entry<I, O>> window = new ArrayList<>();
        Object group = null;
        // Among long work nobody fills the window alone, so that turns are turns.
        int each = kind == Kind.FRESH ? most : Math.max(1, most / Math.min(submissions.size(), 8));
        double room = mostCost;
        Iterator<Submission<I, O>> all = submissions.iterator();
        for (int seen = 0; all.hasNext() && seen < 4 * most && window.size() < most && room > 0; ) {
            Submission<I, O> submission = all.next();
            double left = kind == Kind.FRESH ? submission.freshCost : Double.POSITIVE_INFINITY;
            int taken = 0;
            for (int index = submission.nextWaiting(0);
                    index >= 0 && left > 0 && room > 0 && taken < each && window.size() < most && seen < 4 * most;
                    index = submission.nextWaiting(index + 1)) {
                seen++;
                Object own = submission.group(index);
                if (group == null) {
                    group = own;
                }
                if (group.equals(own)) {
                    window.add(new Entry<>(submission, index));
                    left -= submission.cost(index);
                    room -= submission.cost(index);
                    taken++;
                }
            }
        }
        return window;
    }
}
