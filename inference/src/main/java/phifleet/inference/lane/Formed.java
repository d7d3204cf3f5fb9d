package phifleet.inference.lane;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What came of forming a batch.
 *
 * @param batch inputs to run now; none if all that waited was late
 * @param line where they waited
 * @param formedNanos when
 * @param chargedNanos of one loop, that the line was charged with
 * @param started those submissions of which this batch holds the first input
 * @param late those that can no longer meet their deadline
 */
record Formed<I, O>(
        List<Entry<I, O>> batch,
        Line<I, O> line,
        long formedNanos,
        double chargedNanos,
        List<Submission<I, O>> started,
        List<Submission<I, O>> late) {

    long units() {
        return batch.stream().mapToLong(Entry::units).sum();
    }

    double cost() {
        return batch.stream().mapToDouble(Entry::cost).sum();
    }

    int longest() {
        return batch.stream().mapToInt(Entry::units).max().orElse(0);
    }

    List<I> inputs() {
        return batch.stream().map(Entry::input).collect(Collectors.toUnmodifiableList());
    }

    /** How much longer it holds its loop, as far as that is known. */
    double leftNanos(long now) {
        return Math.max(0, formedNanos + chargedNanos - now);
    }

    /** Whether it is the other, or the other is one of its inputs apart. */
    boolean holds(Formed<I, O> other) {
        return batch.contains(other.batch.getFirst());
    }

    /** Each input as a batch of its own. */
    List<Formed<I, O>> apart() {
        return batch.stream()
                .map(entry -> new Formed<>(
                        List.of(entry),
                        line,
                        formedNanos,
                        chargedNanos / batch.size(),
                        List.<Submission<I, O>>of(),
                        List.<Submission<I, O>>of()))
                .toList();
    }
}
