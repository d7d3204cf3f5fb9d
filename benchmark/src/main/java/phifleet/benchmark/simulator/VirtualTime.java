package phifleet.benchmark.simulator;

import java.util.Comparator;
import java.util.PriorityQueue;

/** What happens when: a clock that jumps from one event to the next. For one thread. */
final class VirtualTime {
    static final double NANOS = 1e9;

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private long now = 1;
    private long number;

    private record Event(long at, long number, Runnable what) {}

    /** In nanoseconds. */
    long now() {
        return now;
    }

    double seconds() {
        return now / NANOS;
    }

    void in(double seconds, Runnable what) {
        events.add(new Event(now + Math.max(0, Math.round(seconds * NANOS)), number++, what));
    }

    /** Has something happen again and again. */
    void each(double seconds, Runnable what) {
        in(seconds, () -> {
            what.run();
            each(seconds, what);
        });
    }

    /** Lets everything happen up to that second. */
    void runTo(double second) {
        long end = Math.round(second * NANOS);
        while (!events.isEmpty() && events.peek().at() <= end) {
            Event next = events.remove();
            now = next.at();
            next.what().run();
        }
        now = end;
    }
}
