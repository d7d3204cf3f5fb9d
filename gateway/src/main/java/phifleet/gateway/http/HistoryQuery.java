package phifleet.gateway.http;

import io.vertx.core.MultiMap;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.gateway.history.Metric;
import phifleet.gateway.history.Subject;
import phifleet.gateway.history.Window;
import phifleet.http.json.Excerpt;

/**
 * What {@code GET /fleet/history} is asked for.
 *
 * @param all the kind of which all are meant; null where one subject is
 * @param subject that one
 */
record HistoryQuery(Metric metric, Subject.@Nullable Kind all, Subject subject, Window window) {
    private static final int MOST_STEPS = 1_500;
    private static final long SKEW_SECONDS = 60;

    /** A year has fewer: for numbers that fit no clock. */
    private static final long MOST_SECONDS = 1L << 36;

    /** The steps that are chosen from where none is asked for, in seconds. */
    private static final List<Integer> STEPS = List.of(5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600);

    private static final int USUAL_STEPS = 720;

    /** How reading ended. */
    sealed interface Reading {
        record Read(HistoryQuery query) implements Reading {}

        record Wrong(Problem problem) implements Reading {}
    }

    /** Ends reading at the first mistake. */
    private static final class WrongException extends Exception {
        private static final long serialVersionUID = 1;
        private final transient Problem problem;

        WrongException(String field, String message) {
            super(message, null, false, false);
            this.problem = Problem.badRequest("invalid_parameter", message, field);
        }
    }

    /**
     * Reads the parameters.
     *
     * @param now in seconds since 1970
     */
    static Reading read(MultiMap parameters, long now) {
        try {
            Metric metric = metric(parameters.get("metric"));
            Subject.@Nullable Kind all = kind(parameters);
            Subject subject = subject(parameters);
            return new Reading.Read(new HistoryQuery(metric, all, subject, window(parameters, now)));
        } catch (WrongException e) {
            return new Reading.Wrong(e.problem);
        }
    }

    private static Metric metric(@Nullable String given) throws WrongException {
        Optional<Metric> metric = Optional.ofNullable(given).flatMap(Metric::labelled);
        if (metric.isEmpty()) {
            throw new WrongException(
                    "metric",
                    (given == null ? "`metric` is needed" : "`metric` is '" + Excerpt.of(given) + "'")
                            + ", and must be one of "
                            + Arrays.stream(Metric.values()).map(Metric::label).collect(Collectors.joining(", ")));
        }
        return metric.get();
    }

    private static Subject.@Nullable Kind kind(MultiMap parameters) throws WrongException {
        String by = parameters.get("by");
        if (by == null) {
            return null;
        }
        return Stream.of(Subject.Kind.WORKER, Subject.Kind.MODEL, Subject.Kind.GPU)
                .filter(kind -> kind.label().equals(by))
                .findFirst()
                .orElseThrow(() -> new WrongException(
                        "by", "`by` is '" + Excerpt.of(by) + "', and must be one of worker, model, gpu"));
    }

    private static Subject subject(MultiMap parameters) throws WrongException {
        List<String> named = Stream.of("by", "worker", "model", "gpu")
                .filter(parameters::contains)
                .toList();
        if (named.size() > 1) {
            throw new WrongException(
                    named.get(1),
                    "`" + named.get(1) + "` and `" + named.get(0) + "` are given, and at most one of them may be");
        }
        @Nullable String worker = parameters.get("worker");
        @Nullable String model = parameters.get("model");
        @Nullable String gpu = parameters.get("gpu");
        if (worker != null) {
            return Subject.worker(worker);
        }
        if (model != null) {
            return Subject.model(model);
        }
        return gpu != null ? Subject.gpu(gpu) : Subject.FLEET;
    }

    private static Window window(MultiMap parameters, long now) throws WrongException {
        long to = Math.min(now, time("to", parameters.get("to"), now, now));
        long from = time("from", parameters.get("from"), now, Math.min(to, now - 3_600));
        if (from > to) {
            throw new WrongException(
                    "from", "`from` is " + at(from) + ", and must not be after `to`, which is " + at(to));
        }
        boolean isFine = Window.isFine(from, now);
        int least = isFine ? Window.LEAST_STEP : Window.LEAST_STEP_OF_A_DAY;
        int step = step(parameters.get("step"), from, to, least);
        if ((to - from) / step >= MOST_STEPS) {
            throw new WrongException(
                    "step",
                    "`step` is " + step + " s, of which " + (to - from) / step
                            + " lie between `from` and `to`; at most " + MOST_STEPS
                            + " are answered, so that it must be at least " + ((to - from) / MOST_STEPS + 1));
        }
        return Window.of(from, to, step, now);
    }

    private static int step(@Nullable String given, long from, long to, int least) throws WrongException {
        if (given == null) {
            return STEPS.stream()
                    .filter(step -> step >= least && (to - from) / step <= USUAL_STEPS)
                    .findFirst()
                    .orElse(STEPS.getLast());
        }
        long step = given.matches("\\d{1,6}") ? Long.parseLong(given) : 0;
        if (step < least || step > Window.LONGEST || step % least != 0) {
            throw new WrongException(
                    "step",
                    "`step` is '" + Excerpt.of(given) + "', and must be whole seconds, a multiple of " + least
                            + " up to " + Window.LONGEST
                            + (least == Window.LEAST_STEP ? "" : ": what is older than an hour is kept by the minute"));
        }
        return (int) step;
    }

    /** A time as RFC 3339 or in seconds since 1970; a negative number counts back from now. */
    private static long time(String field, @Nullable String given, long now, long usual) throws WrongException {
        if (given == null) {
            return usual;
        }
        long seconds = seconds(field, given, now);
        long earliest = now - Window.LONGEST - SKEW_SECONDS;
        if (seconds < earliest) {
            throw new WrongException(
                    field, "`" + field + "` is " + at(seconds) + ", and nothing is kept of before " + at(earliest));
        }
        if (seconds > now + SKEW_SECONDS) {
            throw new WrongException(
                    field, "`" + field + "` is " + at(seconds) + ", which is to come; now is " + at(now));
        }
        return seconds;
    }

    private static long seconds(String field, String given, long now) throws WrongException {
        if (given.matches("-?\\d{1,11}(\\.\\d{1,9})?")) {
            long seconds = (long) Double.parseDouble(given);
            return given.startsWith("-") ? now + seconds : Math.min(seconds, MOST_SECONDS);
        }
        try {
            return Instant.parse(given).getEpochSecond();
        } catch (DateTimeException e) {
            throw new WrongException(
                    field,
                    "`" + field + "` is '" + Excerpt.of(given)
                            + "', and must be a time as 2026-11-29T12:00:00Z, seconds since 1970, or a negative number of seconds before now");
        }
    }

    private static String at(long epochSecond) {
        return Instant.ofEpochSecond(Math.clamp(epochSecond, -MOST_SECONDS, MOST_SECONDS))
                .toString();
    }
}
