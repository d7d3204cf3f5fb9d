package phifleet.benchmark;

import java.util.ArrayList;
import java.util.List;

/** How long each right answer took, by when its request was meant to be sent. Thread-safe. */
public final class AnswerTimes implements LoadObserver {
    private final List<Answered> answers = new ArrayList<>();

    private record Answered(long startNanos, long nanos) {}

    @Override
    public synchronized void ended(long startNanos, long endNanos, Ending ending) {
        if (ending == Ending.GOOD) {
            answers.add(new Answered(startNanos, endNanos - startNanos));
        }
    }

    /** Milliseconds that 99 of 100 of those took that were sent from a moment on and before another; not a number where none was. */
    public synchronized double p99(long from, long to) {
        long[] sorted = answers.stream()
                .filter(answer -> answer.startNanos() >= from && answer.startNanos() < to)
                .mapToLong(Answered::nanos)
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(0.99 * sorted.length) - 1] / 1e6;
    }
}
