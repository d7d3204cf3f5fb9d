package phifleet.gateway.demand;

import java.util.ArrayDeque;
import java.util.Deque;

/** The greatest of the values that came within a span of time. Not thread-safe. */
final class Greatest {
    private final long spanNanos;

    /** Those that a later one may still be less than: each is greater than all after it. */
    private final Deque<Value> values = new ArrayDeque<>();

    private record Value(long at, double value) {}

    Greatest(long spanNanos) {
        this.spanNanos = spanNanos;
    }

    /** Takes one more; gives the greatest by now. */
    double with(double value, long now) {
        while (!values.isEmpty() && values.getLast().value() <= value) {
            values.removeLast();
        }
        values.addLast(new Value(now, value));
        while (now - values.getFirst().at() > spanNanos) {
            values.removeFirst();
        }
        return values.getFirst().value();
    }
}
