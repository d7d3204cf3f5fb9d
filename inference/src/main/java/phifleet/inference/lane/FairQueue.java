package phifleet.inference.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The order in which waiting inputs are due: weighted fair queueing over submissions.
 *
 * <p>Each input gets a tag, the virtual time at which it would end if all submissions shared the device evenly [1]. A
 * submission with one input is due after one input's time, however many inputs another one has waiting. Batch work has
 * {@value #BATCH_WEIGHT} times the tags of interactive work: it yields nearly always and yet is never starved.
 *
 * <p>Not thread-safe: guarded by the lane's lock. An add or take costs O(log n), a removal O(n).
 *
 * <p>[1] A. Demers, S. Keshav, S. Shenker: Analysis and Simulation of a Fair Queueing Algorithm, SIGCOMM 1989; with start
 * tags as in P. Goyal, H. Vin, H. Cheng: Start-time Fair Queueing, SIGCOMM 1996.
 */
final class FairQueue<I, O> {
    /** How many units of interactive work go for one of batch work while both wait. */
    static final int BATCH_WEIGHT = 16;

    private final PriorityQueue<Entry<I, O>> entries = new PriorityQueue<>();
    private long virtualTime;
    private long sequence;

    /** One waiting input. */
    record Entry<I, O>(Submission<I, O> submission, int index, long tag, long sequence)
            implements Comparable<Entry<I, O>> {
        int units() {
            return submission.units[index];
        }

        I input() {
            return submission.inputs.get(index);
        }

        @Override
        public int compareTo(Entry<I, O> other) {
            int byTag = Long.compare(tag, other.tag);
            return byTag != 0 ? byTag : Long.compare(sequence, other.sequence);
        }
    }

    void add(Submission<I, O> submission) {
        int weight = switch (submission.priority) {
            case INTERACTIVE -> 1;
            case BATCH -> BATCH_WEIGHT;
        };
        long tag = virtualTime;
        for (int i = 0; i < submission.inputs.size(); i++) {
            tag += (long) submission.units[i] * weight;
            entries.add(new Entry<>(submission, i, tag, sequence++));
        }
    }

    /** The inputs due next, the first due first; they stay in the queue no longer. */
    List<Entry<I, O>> takeWindow(int most) {
        List<Entry<I, O>> window = new ArrayList<>(Math.min(most, entries.size()));
        while (window.size() < most && !entries.isEmpty()) {
            window.add(entries.poll());
        }
        return window;
    }

    /** Puts back what was taken and not run. */
    void putBack(Entry<I, O> entry) {
        entries.add(entry);
    }

    /** Tells that an input was the one due, so that newcomers are placed after it. */
    void served(Entry<I, O> due) {
        virtualTime = Math.max(virtualTime, due.tag());
    }

    void remove(Submission<I, O> submission) {
        entries.removeIf(entry -> entry.submission() == submission);
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }
}
