package phifleet.gateway.http;

import io.vertx.core.MultiMap;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.gateway.history.FleetEvent;
import phifleet.gateway.history.FleetEventRing;
import phifleet.gateway.history.FleetHistory;
import phifleet.gateway.history.Metric;
import phifleet.gateway.history.Subject;
import phifleet.gateway.history.SubjectCourse;
import phifleet.gateway.history.Window;
import phifleet.http.Exchange;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonOutput;

/** {@code GET /fleet/history} and {@code GET /fleet/history/events}. Safe from every thread. */
record HistoryRoutes(FleetHistory history, FleetEventRing events) {
    /** An answer of some 400 kB, which an event loop writes in milliseconds. */
    private static final int MOST_VALUES = 60_000;

    private static final int USUAL_EVENTS = 200;

    void history(Exchange exchange, MultiMap parameters) {
        switch (HistoryQuery.read(parameters, history.now())) {
            case HistoryQuery.Reading.Wrong(Problem problem) -> exchange.refuse(problem);
            case HistoryQuery.Reading.Read(HistoryQuery query) -> answer(exchange, query);
        }
    }

    private void answer(Exchange exchange, HistoryQuery query) {
        Window window = query.window();
        Subject.@Nullable Kind all = query.all();
        List<Subject> subjects = all == null
                ? List.of(query.subject())
                : history.names(all, query.metric()).stream()
                        .map(name -> new Subject(all, name))
                        .toList();
        long values = (long) subjects.size() * window.steps();
        if (values > MOST_VALUES) {
            exchange.refuse(Problem.badRequest(
                    "invalid_parameter",
                    "`step` is " + window.step() + " s, which makes " + values + " values of " + subjects.size()
                            + " series; at most " + MOST_VALUES + " are answered, so that it must be at least "
                            + (window.step() * values / MOST_VALUES + 1),
                    "step"));
            return;
        }
        JsonOutput out = new JsonOutput(1_024);
        Metric metric = query.metric();
        out.beginObject().member("metric").string(metric.label());
        out.member("unit").string(metric.unit());
        out.member("from").string(Instant.ofEpochSecond(window.from()).toString());
        out.member("to").string(Instant.ofEpochSecond(window.to()).toString());
        out.member("step_seconds").number(window.step());
        out.member("series").beginList();
        subjects.stream()
                .map(subject -> history.course(subject, metric, window))
                .flatMap(Optional::stream)
                .forEach(course -> course(course, out));
        exchange.answer(out.endList().endObject());
    }

    private static void course(SubjectCourse course, JsonOutput out) {
        out.beginObject();
        if (course.subject().kind() != Subject.Kind.FLEET) {
            out.member(course.subject().kind().label()).string(course.subject().name());
        }
        out.member("values").beginList();
        for (double value : course.values()) {
            value(value, out);
        }
        out.endList().endObject();
    }

    /** As many digits as are true of it. */
    private static void value(double value, JsonOutput out) {
        if (Double.isNaN(value)) {
            out.none();
        } else if (value >= 10_000) {
            out.number(Math.round(value));
        } else {
            out.number(Math.round(value * 1_000) / 1e3);
        }
    }

    void events(Exchange exchange, MultiMap parameters) {
        @Nullable String after = parameters.get("after");
        @Nullable String limit = parameters.get("limit");
        Optional<Problem> wrong = Stream.of(
                        outside("after", after, 0, Long.MAX_VALUE / 10),
                        outside("limit", limit, 1, FleetEventRing.MOST))
                .flatMap(Optional::stream)
                .findFirst();
        if (wrong.isPresent()) {
            exchange.refuse(wrong.get());
            return;
        }
        JsonOutput out = new JsonOutput(1_024);
        out.beginObject().member("events").beginList();
        events.after(after == null ? 0 : Long.parseLong(after), limit == null ? USUAL_EVENTS : Integer.parseInt(limit))
                .forEach(event -> event(event, out));
        exchange.answer(out.endList().endObject());
    }

    private static Optional<Problem> outside(String field, @Nullable String given, long least, long most) {
        if (given == null) {
            return Optional.empty();
        }
        long value = given.matches("\\d{1,18}") ? Long.parseLong(given) : -1;
        return value >= least && value <= most
                ? Optional.empty()
                : Optional.of(Problem.badRequest(
                        "invalid_parameter",
                        "`" + field + "` is '" + Excerpt.of(given) + "', and must be a whole number from " + least
                                + " to " + most,
                        field));
    }

    /** As it stands in answers and in the stream. */
    static void event(FleetEvent event, JsonOutput out) {
        out.beginObject().member("number").number(event.number());
        out.member("at").string(event.at().toString());
        out.member("kind").string(event.kind().label());
        if (event.worker() != null) {
            out.member("worker").string(event.worker());
        }
        if (event.model() != null) {
            out.member("model").string(event.model());
        }
        if (event.by() != null) {
            out.member("by").string(event.by());
        }
        out.member("text").string(event.text()).endObject();
    }
}
