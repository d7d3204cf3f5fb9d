package phifleet.gateway.history;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An hour at five seconds and a day at a minute of every worker, model and GPU, as one gateway saw them. A series is 4,440 bytes of values,
 * so that the most there may be of them, {@link #MOST_SERIES}, take 18 MB; a fleet of ten workers with a model each takes some 0.4 MB.
 * Where there would be more, the subject that has been silent for longest is forgotten, and where all are active a new one is not kept.
 *
 * <p>Safe from every thread. Time is the clock's.
 */
public final class FleetHistory {
    /** Enough for two hundred workers with a GPU each. */
    public static final int MOST_SERIES = 4_096;

    private final InstantSource clock;
    private final int mostSeries;
    private final Map<Subject, Track> tracks = new HashMap<>();
    private int series;
    private long lastStep = Long.MIN_VALUE;

    public FleetHistory(InstantSource clock) {
        this(clock, MOST_SERIES);
    }

    FleetHistory(InstantSource clock, int mostSeries) {
        this.clock = clock;
        this.mostSeries = mostSeries;
    }

    /** The clock's time in seconds since 1970. */
    public long now() {
        return clock.instant().getEpochSecond();
    }

    /** Whether a step has begun of which there is no sample. */
    public synchronized boolean isDue() {
        return step(now()) > lastStep;
    }

    /** Takes a sample of now. One of the same step replaces the last; where the clock went back, nothing is kept. */
    public synchronized void take(MetricSample sample) {
        long now = now();
        if (step(now) < lastStep) {
            return;
        }
        lastStep = step(now);
        sample.points().forEach(point -> put(point, now));
    }

    private static long step(long epochSecond) {
        return Math.floorDiv(epochSecond, TimeSeries.FINE_STEP);
    }

    private void put(MetricValue point, long now) {
        @Nullable Track track = tracks.get(point.subject());
        if (track != null && track.has(point.metric())) {
            track.put(point.metric(), now, point.value());
            return;
        }
        if (series < mostSeries || forgetOne(point.subject(), now)) {
            tracks.computeIfAbsent(point.subject(), first -> new Track()).put(point.metric(), now, point.value());
            series++;
        }
    }

    /** Makes room where a subject has been silent for more than a step; whether there is some now. */
    private boolean forgetOne(Subject newcomer, long now) {
        Optional<Map.Entry<Subject, Track>> silent = tracks.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(newcomer))
                .min(Comparator.comparingLong(entry -> entry.getValue().lastActive()));
        if (silent.isEmpty() || silent.get().getValue().lastActive() >= now - TimeSeries.FINE_STEP) {
            return false;
        }
        series -= silent.get().getValue().size();
        tracks.remove(silent.get().getKey());
        return true;
    }

    /** One subject's course; empty where nothing is kept of it. */
    public synchronized Optional<SubjectCourse> course(Subject subject, Metric metric, Window window) {
        Track track = tracks.get(subject);
        TimeSeries of = track == null ? null : track.of(metric);
        return of == null ? Optional.empty() : Optional.of(new SubjectCourse(subject, values(of, window)));
    }

    /** The names of the subjects of a kind of which something of the metric is kept, in their order. */
    public synchronized List<String> names(Subject.Kind kind, Metric metric) {
        return tracks.entrySet().stream()
                .filter(entry ->
                        entry.getKey().kind() == kind && entry.getValue().has(metric))
                .map(entry -> entry.getKey().name())
                .sorted()
                .toList();
    }

    private static List<Double> values(TimeSeries series, Window window) {
        List<Double> values = new ArrayList<>(window.steps());
        for (long at = window.from(); at <= window.to(); at += window.step()) {
            values.add(series.at(at, window));
        }
        return values;
    }

    synchronized int series() {
        return series;
    }
}
