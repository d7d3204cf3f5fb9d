package phifleet.inference.lane;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The lines of a lane, and whose turn it is. Not thread-safe: guarded by the device's lock. */
final class Lines<I, O> {
    private final Map<Line.Kind, Line<I, O>> lines = new EnumMap<>(Line.Kind.class);
    private double served;

    Lines() {
        for (Line.Kind kind : Line.Kind.values()) {
            lines.put(kind, new Line<>(kind));
        }
    }

    Line<I, O> of(Line.Kind kind) {
        Line<I, O> line = lines.get(kind);
        if (line == null) {
            throw new IllegalStateException("there is no line " + kind);
        }
        return line;
    }

    void add(Submission<I, O> submission, Line.Kind kind) {
        Line<I, O> line = of(kind);
        if (line.isEmpty()) {
            line.claim().wakes(served);
        }
        line.add(submission);
    }

    void remove(Submission<I, O> submission) {
        lines.values().forEach(line -> line.remove(submission));
    }

    List<Submission<I, O>> all() {
        List<Submission<I, O>> all = new ArrayList<>();
        lines.values().forEach(line -> all.addAll(line.all()));
        return all;
    }

    /** A line has its turn. */
    void charge(Line<I, O> line, double nanos) {
        served = Math.max(served, line.claim().virtualTime());
        line.claim().charge(nanos);
    }

    /**
     * The one whose turn would end first: so what yields does so from the start.
     *
     * @param turn what a turn takes of the device, in nanoseconds
     * @param mayRun asked of lines where something waits
     */
    @Nullable
    Line<I, O> next(double turn, Predicate<Line<I, O>> mayRun) {
        Line<I, O> next = null;
        double soonest = Double.POSITIVE_INFINITY;
        for (Line<I, O> line : lines.values()) {
            if (!line.isEmpty() && line.claim().virtualTimeAfter(turn) < soonest && mayRun.test(line)) {
                next = line;
                soonest = line.claim().virtualTimeAfter(turn);
            }
        }
        return next;
    }
}
