package phifleet.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FleetHistoryTest {
    /** A whole hour, so that steps of every length begin here. */
    private static final long START = 1_800_000_000L - 1_800_000_000L % 86_400;

    private final AtomicLong seconds = new AtomicLong(START);
    private final FleetHistory history = new FleetHistory(() -> Instant.ofEpochSecond(seconds.get()));

    private static MetricSample sample(Subject subject, Metric metric, double value) {
        MetricSample sample = new MetricSample();
        sample.add(subject, metric, value);
        return sample;
    }

    private List<Double> rate(Subject subject, long from, long to, int step) {
        return history.course(subject, Metric.REQUESTS_PER_SECOND, Window.of(from, to, step, seconds.get()))
                .orElseThrow()
                .values();
    }

    private void run(Subject subject, int steps) {
        for (int i = 0; i < steps; i++) {
            history.take(sample(subject, Metric.REQUESTS_PER_SECOND, i));
            seconds.addAndGet(5);
        }
    }

    @Test
    void course_ofTheLastHour_hasEachSampleInItsPlace_andGapsWhereThereWasNone() {
        Subject worker = Subject.worker("w");
        run(worker, 3);
        seconds.addAndGet(10);
        history.take(sample(worker, Metric.REQUESTS_PER_SECOND, 7));

        List<Double> values = rate(worker, START - 5, START + 25, 5);

        assertThat(values).hasSize(7);
        assertThat(values.get(0)).isNaN();
        assertThat(values.subList(1, 4))
                .usingElementComparator(FleetHistoryTest::nearly)
                .containsExactly(0.0, 1.0, 2.0);
        assertThat(values.subList(4, 6)).allMatch(value -> Double.isNaN(value));
        assertThat(values.get(6)).isCloseTo(7, within(0.01));
    }

    private static int nearly(double a, double b) {
        return Math.abs(a - b) <= 3e-4 * Math.max(a, b) ? 0 : Double.compare(a, b);
    }

    @Test
    void course_ofADay_isByTheMinute_meanOrGreatestByTheMetric() {
        Subject worker = Subject.worker("w");
        for (int i = 0; i < 86_400 / 5; i++) {
            MetricSample sample = sample(worker, Metric.REQUESTS_PER_SECOND, i % 12);
            sample.add(worker, Metric.P99_MS, i % 12);
            history.take(sample);
            seconds.addAndGet(5);
        }
        Window day = Window.of(START, seconds.get() - 60, 60, seconds.get());

        assertThat(rate(worker, START, seconds.get() - 60, 60))
                .hasSize(1_440)
                .allSatisfy(value -> assertThat(value).isCloseTo(5.5, within(0.01)));
        assertThat(history.course(worker, Metric.P99_MS, day).orElseThrow().values())
                .allSatisfy(value -> assertThat(value).isCloseTo(11, within(0.01)));
        assertThat(rate(worker, seconds.get() - 3_600, seconds.get() - 5, 5)).noneMatch(value -> Double.isNaN(value));
    }

    @Test
    void course_ofWhatIsOlderThanADay_isForgotten() {
        Subject worker = Subject.worker("w");
        run(worker, 12);
        seconds.set(START + 86_400 * 2);
        history.take(sample(worker, Metric.REQUESTS_PER_SECOND, 1));

        assertThat(rate(worker, seconds.get() - 86_400, seconds.get(), 60))
                .hasSize(1_441)
                .filteredOn(value -> !Double.isNaN(value))
                .hasSize(1);
    }

    @Test
    void take_manyStepsApart_leavesNothingOfTheLastRoundOfARing() {
        Subject worker = Subject.worker("w");
        run(worker, TimeSeries.FINE_SLOTS);
        seconds.addAndGet(3_000);
        history.take(sample(worker, Metric.REQUESTS_PER_SECOND, 1));

        assertThat(rate(worker, seconds.get() - 2_995, seconds.get() - 5, 5)).allMatch(value -> Double.isNaN(value));
    }

    @Test
    void take_clockGoesBack_keepsWhatThereWas() {
        Subject worker = Subject.worker("w");
        run(worker, 10);
        seconds.set(START);
        history.take(sample(worker, Metric.REQUESTS_PER_SECOND, 99));
        seconds.set(START + 50);

        assertThat(rate(worker, START, START, 5).getFirst()).isZero();
    }

    @Test
    void isDue_onceAStep() {
        assertThat(history.isDue()).isTrue();
        run(Subject.worker("w"), 1);
        seconds.addAndGet(-1);
        assertThat(history.isDue()).isFalse();
        seconds.addAndGet(1);
        assertThat(history.isDue()).isTrue();
    }

    @Test
    void take_moreSubjectsThanAreKept_forgetsTheOneThatWasSilentForLongest() {
        FleetHistory small = new FleetHistory(() -> Instant.ofEpochSecond(seconds.get()), 4);
        for (String name : List.of("first", "second", "third")) {
            small.take(sample(Subject.model(name), Metric.IN_FLIGHT, 1));
            seconds.addAndGet(20);
        }
        small.take(sample(Subject.model("first"), Metric.IN_FLIGHT, 1));
        seconds.addAndGet(20);
        small.take(sample(Subject.model("fourth"), Metric.IN_FLIGHT, 1));
        seconds.addAndGet(20);
        small.take(sample(Subject.model("fifth"), Metric.IN_FLIGHT, 1));

        assertThat(small.names(Subject.Kind.MODEL, Metric.IN_FLIGHT))
                .containsExactly("fifth", "first", "fourth", "third");
        assertThat(small.series()).isEqualTo(4);
    }

    @Test
    void take_allAreActive_keepsThoseThatThereAre() {
        FleetHistory small = new FleetHistory(() -> Instant.ofEpochSecond(seconds.get()), 3);
        MetricSample many = new MetricSample();
        for (int i = 0; i < 1_000; i++) {
            many.add(Subject.model("m" + i), Metric.IN_FLIGHT, 1);
        }
        small.take(many);
        seconds.addAndGet(5);
        small.take(many);

        assertThat(small.names(Subject.Kind.MODEL, Metric.IN_FLIGHT)).containsExactly("m0", "m1", "m2");
    }

    @Test
    void take_oldestIsOfTheSameSubject_doesNotForgetItself() {
        FleetHistory small = new FleetHistory(() -> Instant.ofEpochSecond(seconds.get()), 1);
        small.take(sample(Subject.model("m"), Metric.IN_FLIGHT, 1));
        seconds.addAndGet(100);
        small.take(sample(Subject.model("m"), Metric.QUEUE_DEPTH, 1));

        assertThat(small.names(Subject.Kind.MODEL, Metric.IN_FLIGHT)).containsExactly("m");
        assertThat(small.series()).isEqualTo(1);
    }

    @Test
    void sample_ofWorkers_makesTheFleets() {
        MetricSample sample = new MetricSample();
        for (int i = 1; i <= 2; i++) {
            Subject worker = Subject.worker("w" + i);
            sample.add(worker, Metric.IN_FLIGHT, i);
            sample.add(worker, Metric.GPU_UTILIZATION_PERCENT, 10 * i);
            sample.add(worker, Metric.GPU_TEMPERATURE_CELSIUS, 40 * i);
            sample.add(worker, Metric.P99_MS, i);
            sample.add(worker, Metric.QUEUE_DEPTH, Double.NaN);
            sample.add(worker, Metric.GPU_POWER_WATTS, -1);
        }

        assertThat(sample.points())
                .filteredOn(point -> point.subject().equals(Subject.FLEET))
                .containsExactlyInAnyOrder(
                        new MetricValue(Subject.FLEET, Metric.IN_FLIGHT, 3),
                        new MetricValue(Subject.FLEET, Metric.GPU_UTILIZATION_PERCENT, 15),
                        new MetricValue(Subject.FLEET, Metric.GPU_TEMPERATURE_CELSIUS, 80));
    }

    @Test
    void code_keepsEveryValueWithinThreeTenThousandths() {
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            double value = Math.pow(10, -3 + 16 * random.nextDouble());
            assertThat(PackedValue.value(PackedValue.of(value)) / value).isBetween(1 - 3e-4, 1 + 3e-4);
        }
        assertThat(PackedValue.value(PackedValue.of(0))).isZero();
        assertThat(PackedValue.value(PackedValue.of(1e-9))).isZero();
        assertThat(PackedValue.value(PackedValue.of(1e30))).isCloseTo(1e13, within(1e10));
        assertThat(PackedValue.value(PackedValue.of(Double.NaN))).isNaN();
        assertThat(PackedValue.value(PackedValue.of(-1))).isNaN();
    }
}
