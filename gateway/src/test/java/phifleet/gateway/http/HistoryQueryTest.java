package phifleet.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.common.Problem;
import phifleet.gateway.history.Metric;
import phifleet.gateway.history.Subject;
import phifleet.gateway.history.Window;

class HistoryQueryTest {
    /** 2027-01-15T08:00:00Z. */
    private static final long NOW = 1_800_000_000L;

    private static HistoryQuery.Reading read(String query) {
        MultiMap parameters = MultiMap.caseInsensitiveMultiMap();
        for (String pair : query.split("&", -1)) {
            parameters.add(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
        }
        return HistoryQuery.read(parameters, NOW);
    }

    private static HistoryQuery fine(String query) {
        assertThat(read(query)).isInstanceOf(HistoryQuery.Reading.Read.class);
        return ((HistoryQuery.Reading.Read) read(query)).query();
    }

    @Test
    void read_metricAlone_isTheFleetsLastHour() {
        HistoryQuery query = fine("metric=p99_ms");

        assertThat(query.metric()).isEqualTo(Metric.P99_MS);
        assertThat(query.subject()).isEqualTo(Subject.FLEET);
        assertThat(query.window()).isEqualTo(new Window(NOW - 3_600, NOW, 5, true));
    }

    @Test
    void read_everyParameter_isHeeded() {
        HistoryQuery query = fine("metric=in_flight&worker=w&from=2027-01-15T07:30:00Z&to=1799999400&step=30");

        assertThat(query.subject()).isEqualTo(Subject.worker("w"));
        assertThat(query.window()).isEqualTo(new Window(NOW - 1_800, NOW - 600, 30, true));
        assertThat(fine("metric=in_flight&by=model").all()).isEqualTo(Subject.Kind.MODEL);
    }

    @Test
    void read_aDay_isByTheMinute() {
        assertThat(fine("metric=in_flight&from=-86400").window()).isEqualTo(new Window(NOW - 86_400, NOW, 120, false));
        assertThat(fine("metric=in_flight&from=-86400&step=60").window().steps())
                .isEqualTo(1_441);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            worker=w                                  | metric | `metric` is needed, and must be one of requests_per_second
            metric=speed                              | metric | `metric` is 'speed', and must be one of
            metric=p50_ms&by=node                     | by     | `by` is 'node', and must be one of worker, model, gpu
            metric=p50_ms&worker=a&model=b            | model  | `model` and `worker` are given, and at most one
            metric=p50_ms&from=yesterday              | from   | `from` is 'yesterday', and must be a time as
            metric=p50_ms&from=-90000                 | from   | nothing is kept of before 2027-01-14T07:59:00Z
            metric=p50_ms&from=NaN                    | from   | `from` is 'NaN'
            metric=p50_ms&from=99999999999            | from   | which is to come
            metric=p50_ms&from=-99999999999           | from   | nothing is kept of before
            metric=p50_ms&to=2028-01-01T00:00:00Z     | to     | which is to come; now is 2027-01-15T08:00:00Z
            metric=p50_ms&from=-60&to=-120            | from   | must not be after `to`, which is 2027-01-15T07:58:00Z
            metric=p50_ms&step=7                      | step   | `step` is '7', and must be whole seconds, a multiple of 5 up to 86400
            metric=p50_ms&step=0                      | step   | a multiple of 5
            metric=p50_ms&step=-5                     | step   | a multiple of 5
            metric=p50_ms&step=99999999999            | step   | a multiple of 5
            metric=p50_ms&from=-7200&step=30          | step   | a multiple of 60 up to 86400: what is older than an hour is kept by the minute
            """)
    void read_mistake_namesFieldValueAndBound(String query, String field, String message) {
        assertThat(read(query)).isInstanceOf(HistoryQuery.Reading.Wrong.class);
        Problem problem = ((HistoryQuery.Reading.Wrong) read(query)).problem();
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.field()).isEqualTo(field);
        assertThat(problem.message()).contains(message);
    }
}
