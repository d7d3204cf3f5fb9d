package phifleet.inference.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.WorkUnit;

class DeviceLoopsTest {
    private static final long NO_DEADLINE = Long.MAX_VALUE;
    private static final long SECOND = 1_000_000_000L;

    /** Lanes that always have work get the device's time by their weights, whatever their inputs cost. */
    @Test
    void lanes_allBusy_shareTheTimeByWeight() {
        long first = System.nanoTime();
        System.out.println("shares of a device: seeds from " + first);
        for (long seed = first; seed < first + 50; seed++) {
            Random random = new Random(seed * 0x9E3779B97F4A7C15L);
            int loops = 1 + random.nextInt(2);
            SimulatedDevice device = new SimulatedDevice(random, loops, 20e3);
            double[] weights = random.doubles(4, 0.5, 3).toArray();
            List<Lane<Integer, Integer>> lanes = new ArrayList<>();
            for (double weight : weights) {
                lanes.add(device.lane(Duration.ofHours(1), weight, 20e3));
            }
            for (int i = 0; i < 4; i++) {
                keepBusy(lanes.get(i), random, 16 << i);
            }
            device.run(20 * SECOND);
            for (int i = 0; i < 4; i++) {
                double share = weights[i] / Arrays.stream(weights).sum();
                assertThat(device.share(lanes.get(i)))
                        .as("lane %s, seed %s", i, seed)
                        .isCloseTo(share, within(0.1 * share));
            }
        }
    }

    private static void keepBusy(Lane<Integer, Integer> lane, Random random, int size) {
        List<Integer> inputs = random.ints(16, size / 2, size).boxed().toList();
        // With few of them a lane of short inputs has nothing left while two loops are at its batches.
        for (int i = 0; i < 16; i++) {
            keepBusy(lane, inputs);
        }
    }

    private static void keepBusy(Lane<Integer, Integer> lane, List<Integer> inputs) {
        lane.submit(inputs, Priority.INTERACTIVE, NO_DEADLINE, outcome -> keepBusy(lane, inputs));
    }

    /** A lane with little work beside one that is overloaded is served at once. */
    @Test
    void lane_besideAnOverloadedOne_waitsForTheBatchesThatRunAtMost() {
        Random random = new Random(1);
        SimulatedDevice device = new SimulatedDevice(random, 2, 20e3);
        Lane<Integer, Integer> busy = device.lane(Duration.ofSeconds(5), 1, 20e3);
        Lane<Integer, Integer> quiet = device.lane(Duration.ofSeconds(5), 1, 20e3);
        SimulatedDevice.Tally flood = device.tally();
        SimulatedDevice.Tally tally = device.tally();
        device.arrivals(
                2 * device.capacity() / 64,
                5 * SECOND,
                () -> flood.submit(busy, List.of(64), Priority.INTERACTIVE, NO_DEADLINE));
        device.arrivals(10, 5 * SECOND, () -> tally.submit(quiet, List.of(32), Priority.INTERACTIVE, NO_DEADLINE));
        device.run(Long.MAX_VALUE);
        assertThat(tally.quantile(0.9)).isLessThan(0.03);
        assertThat(flood.quantile(0.5)).isGreaterThan(0.5);
    }

    @Test
    void batch_inputsOfOtherGroups_runApart() {
        SimulatedDevice device = new SimulatedDevice(new Random(1), 1, 1e3);
        InputShape<Integer> byParity = new InputShape<>() {
            @Override
            public WorkUnit unit() {
                return WorkUnit.ELEMENTS;
            }

            @Override
            public int units(Integer input) {
                return input;
            }

            @Override
            public Object group(Integer input) {
                return input % 2;
            }
        };
        LaneSettings settings =
                new LaneSettings(1000, Duration.ofSeconds(1), SimulatedDevice.BATCH, 256, 1, Duration.ZERO, 0);
        Lane<Integer, Integer> lane = device.device.open(
                "parity", new GatedModel(), byParity, settings, new ArrivalOrderPolicy(), LaneObserver.NONE);
        lane.submit(List.of(1, 2, 3, 4, 5), Priority.INTERACTIVE, NO_DEADLINE, outcome -> {});
        assertThat(inputs(device.device.poll())).isEqualTo(List.of(1, 3, 5));
        assertThat(inputs(device.device.poll())).isEqualTo(List.of(2, 4));
        assertThat(device.device.poll()).isNull();
        assertThat(lane.state().unit()).isEqualTo(WorkUnit.ELEMENTS);
    }

    @Test
    void instances_areAllThatRunAtOnce() {
        SimulatedDevice device = new SimulatedDevice(new Random(1), 4, 1e3);
        GatedModel model = new GatedModel();
        model.open(10);
        LaneSettings settings = new LaneSettings(
                1000,
                Duration.ofSeconds(1),
                new BatchLimits(512, 1, SimulatedDevice.COST),
                256,
                1,
                Duration.ZERO,
                2,
                0);
        Lane<Integer, Integer> lane = device.device.open(
                "bounded",
                model,
                InputShape.of(WorkUnit.TOKENS, units -> units),
                settings,
                new ArrivalOrderPolicy(),
                LaneObserver.NONE);
        lane.submit(List.of(1, 2, 3), Priority.INTERACTIVE, NO_DEADLINE, outcome -> {});
        Turn<?, ?> first = Objects.requireNonNull(device.device.poll());
        assertThat(inputs(device.device.poll())).isEqualTo(List.of(2));
        assertThat(device.device.poll()).isNull();
        first.run();
        assertThat(inputs(device.device.poll())).isEqualTo(List.of(3));
        assertThat(device.device.poll()).isNull();
    }

    /** With the real threads: nothing is left behind when the only loop that may run a lane turns to another. */
    @Test
    void instances_twoLanesOfOneEach_areServedWhole() throws Exception {
        GatedModel model = new GatedModel();
        model.open(200);
        BlockingQueue<Outcome<Integer>> outcomes = new LinkedBlockingQueue<>();
        LaneSettings settings = new LaneSettings(
                1000,
                Duration.ofSeconds(9),
                new BatchLimits(512, 1, SimulatedDevice.COST),
                256,
                1,
                Duration.ZERO,
                1,
                0);
        InputShape<Integer> shape = InputShape.of(WorkUnit.TOKENS, units -> units);
        try (DeviceLoops device = new DeviceLoops("test", 3, System::nanoTime);
                Lane<Integer, Integer> one =
                        device.open("one", model, shape, settings, new ArrivalOrderPolicy(), LaneObserver.NONE);
                Lane<Integer, Integer> other =
                        device.open("other", model, shape, settings, new ArrivalOrderPolicy(), LaneObserver.NONE)) {
            for (int i = 1; i <= 20; i++) {
                one.submit(List.of(i, i), Priority.INTERACTIVE, NO_DEADLINE, outcomes::add);
                other.submit(List.of(i, i), Priority.INTERACTIVE, NO_DEADLINE, outcomes::add);
            }
            for (int i = 0; i < 40; i++) {
                assertThat(outcomes.poll(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Completed.class);
            }
        }
    }

    private static List<?> inputs(@Nullable Turn<?, ?> turn) {
        return Objects.requireNonNull(turn, "no lane is ready").formed().inputs();
    }

    @Test
    void company_isWaitedFor_untilTheTimeOrTheBatchIsWhole() {
        SimulatedDevice device = new SimulatedDevice(new Random(1), 1, 1e3);
        LaneSettings settings = new LaneSettings(
                1000,
                Duration.ofSeconds(1),
                new BatchLimits(512, 3, SimulatedDevice.COST),
                256,
                1,
                Duration.ofMillis(5),
                0);
        Lane<Integer, Integer> lane = device.device.open(
                "company",
                new GatedModel(),
                InputShape.of(WorkUnit.TOKENS, units -> units),
                settings,
                new ArrivalOrderPolicy(),
                LaneObserver.NONE);
        lane.submit(List.of(1), Priority.INTERACTIVE, NO_DEADLINE, outcome -> {});
        assertThat(device.device.poll()).isNull();
        device.run(device.now() + 3_000_000);
        lane.submit(List.of(2), Priority.INTERACTIVE, NO_DEADLINE, outcome -> {});
        assertThat(device.device.poll()).isNull();
        device.run(device.now() + 2_000_000);
        assertThat(inputs(device.device.poll())).isEqualTo(List.of(1, 2));
        lane.submit(List.of(3, 4, 5), Priority.INTERACTIVE, NO_DEADLINE, outcome -> {});
        assertThat(inputs(device.device.poll())).isEqualTo(List.of(3, 4, 5));
    }

    /** With the real threads: a loop that rests for company's sake wakes by itself. */
    @Test
    void company_nobodyComes_batchRunsAllTheSame() throws Exception {
        GatedModel model = new GatedModel();
        model.open(10);
        try (DeviceLoops device = new DeviceLoops("test", 2, System::nanoTime)) {
            LaneSettings settings = new LaneSettings(
                    1000, Duration.ofSeconds(1), SimulatedDevice.BATCH, 256, 1, Duration.ofMillis(2), 0);
            BlockingQueue<Outcome<Integer>> outcomes = new LinkedBlockingQueue<>();
            try (Lane<Integer, Integer> lane = device.open(
                    "company",
                    model,
                    InputShape.of(WorkUnit.TOKENS, units -> units),
                    settings,
                    new ArrivalOrderPolicy(),
                    LaneObserver.NONE)) {
                lane.submit(List.of(7), Priority.INTERACTIVE, NO_DEADLINE, outcomes::add);
                assertThat(outcomes.poll(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Completed.class);
            }
        }
    }

    @Test
    void twoLanes_oneLoop_bothAreServed() throws Exception {
        GatedModel model = new GatedModel();
        model.open(100);
        BlockingQueue<Outcome<Integer>> outcomes = new LinkedBlockingQueue<>();
        try (DeviceLoops device = new DeviceLoops("test", 1, System::nanoTime)) {
            LaneSettings settings =
                    new LaneSettings(1000, Duration.ofSeconds(9), SimulatedDevice.BATCH, 256, 1, Duration.ZERO, 0);
            InputShape<Integer> shape = InputShape.of(WorkUnit.TOKENS, units -> units);
            try (Lane<Integer, Integer> one =
                            device.open("one", model, shape, settings, new ArrivalOrderPolicy(), LaneObserver.NONE);
                    Lane<Integer, Integer> other =
                            device.open("other", model, shape, settings, new ArrivalOrderPolicy(), LaneObserver.NONE)) {
                for (int i = 1; i <= 10; i++) {
                    one.submit(List.of(i), Priority.INTERACTIVE, NO_DEADLINE, outcomes::add);
                    other.submit(List.of(i), Priority.INTERACTIVE, NO_DEADLINE, outcomes::add);
                }
                for (int i = 0; i < 20; i++) {
                    assertThat(outcomes.poll(10, TimeUnit.SECONDS)).isInstanceOf(Outcome.Completed.class);
                }
            }
        }
    }
}
