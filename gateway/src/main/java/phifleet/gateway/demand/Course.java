package phifleet.gateway.demand;

import java.util.ArrayDeque;
import java.util.Deque;

/** A sum that only grows, at the times when it was looked at, for as long as it matters. Not thread-safe. */
final class Course {
    private final long keepNanos;
    private final Deque<Point> points = new ArrayDeque<>();

    private record Point(long at, double sum) {}

    Course(long keepNanos) {
        this.keepNanos = keepNanos;
    }

    void add(long now, double sum) {
        points.addLast(new Point(now, sum));
        // One at or before the beginning of the span stays.
        while (points.size() > 2 && now - second().at() >= keepNanos) {
            points.removeFirst();
        }
    }

    private Point second() {
        var two = points.iterator();
        two.next();
        return two.next();
    }

    /** By how much the sum grew within the last so many nanoseconds, or since it is known. */
    double growth(long nanos) {
        return points.isEmpty() ? 0 : points.getLast().sum() - since(nanos).sum();
    }

    /** For how long that is, in seconds; 0 where nothing is known. */
    double seconds(long nanos) {
        return points.isEmpty() ? 0 : (points.getLast().at() - since(nanos).at()) / 1e9;
    }

    /** Growth a second. */
    double rate(long nanos) {
        double seconds = seconds(nanos);
        return seconds <= 0 ? 0 : growth(nanos) / seconds;
    }

    /** Growth a second within a span that ended so many nanoseconds ago. */
    double rate(long endedNanosAgo, long spanNanos) {
        double seconds = seconds(endedNanosAgo + spanNanos) - seconds(endedNanosAgo);
        return seconds <= 0 ? 0 : (growth(endedNanosAgo + spanNanos) - growth(endedNanosAgo)) / seconds;
    }

    private Point since(long nanos) {
        long from = points.getLast().at() - nanos;
        var backwards = points.descendingIterator();
        Point begin = backwards.next();
        while (backwards.hasNext() && begin.at() - from > 0) {
            begin = backwards.next();
        }
        return begin;
    }
}
