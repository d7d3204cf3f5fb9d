package phifleet.inference.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Padding;
import phifleet.inference.model.WorkUnit;

/** Which batches have the cores of all loops, and what the lane learns of them. */
class AloneTurnTest {
    private static final double NANOS_PER_UNIT = 1e6;

    private long now = 1;
    private final List<String> ran = new ArrayList<>();
    private final Model<Integer, Integer> model = new TwoForms();

    /** Says which of its forms ran; each unit takes a millisecond, and half of that alone. */
    private final class TwoForms implements Model<Integer, Integer> {
        private final Model<Integer, Integer> alone = new Model<>() {
            @Override
            public List<Integer> run(List<Integer> batch) throws ModelException {
                return inForm("alone", batch, NANOS_PER_UNIT / 2);
            }

            @Override
            public void close() {}
        };

        @Override
        public List<Integer> run(List<Integer> batch) throws ModelException {
            return inForm("beside", batch, NANOS_PER_UNIT);
        }

        @Override
        public Model<Integer, Integer> alone() {
            return alone;
        }

        @Override
        public void close() {}
    }

    private List<Integer> inForm(String form, List<Integer> batch, double nanosPerUnit) throws ModelException {
        ran.add(form + batch);
        now += (long) (nanosPerUnit * batch.stream().mapToInt(Integer::intValue).sum());
        if (batch.contains(13)) {
            throw new ModelException("thirteen");
        }
        return batch;
    }

    private Lane<Integer, Integer> lane(DeviceLoops device, int instances, double nanosPerUnit) {
        return device.open(
                "forms",
                model,
                InputShape.of(WorkUnit.TOKENS, Integer::intValue),
                new LaneSettings(
                        1000,
                        Duration.ofHours(1),
                        new BatchLimits(512, 64, new BatchCost(0, 0, Padding.NOWHERE)),
                        256,
                        1,
                        Duration.ZERO,
                        instances,
                        nanosPerUnit),
                new ArrivalOrderPolicy(),
                LaneObserver.NONE);
    }

    private DeviceLoops device(int loops) {
        return new DeviceLoops(loops, () -> now);
    }

    private static void submit(Lane<Integer, Integer> lane, Integer... inputs) {
        lane.submit(List.of(inputs), Priority.INTERACTIVE, Long.MAX_VALUE, outcome -> {});
    }

    private static Turn<?, ?> poll(DeviceLoops device) {
        return Objects.requireNonNull(device.poll(), "no lane is ready");
    }

    @Test
    void batch_nothingBesideIt_hasAllLoopsCores() {
        DeviceLoops device = device(2);
        submit(lane(device, 2, NANOS_PER_UNIT), 3, 4);
        Turn<?, ?> turn = poll(device);
        assertThat(turn.loops()).isEqualTo(2);
        turn.run();
        assertThat(ran).containsExactly("alone[3, 4]");
    }

    @Test
    void batch_anotherRuns_hasOneLoop() {
        DeviceLoops device = device(2);
        Lane<Integer, Integer> lane = lane(device, 2, NANOS_PER_UNIT);
        submit(lane, 3);
        Turn<?, ?> first = poll(device);
        submit(lane, 4);
        Turn<?, ?> second = poll(device);
        assertThat(first.loops()).isEqualTo(2);
        assertThat(second.loops()).isOne();
        first.run();
        second.run();
        assertThat(ran).containsExactly("alone[3]", "beside[4]");
        submit(lane, 5);
        assertThat(poll(device).loops()).isEqualTo(2);
    }

    @Test
    void batch_anotherLaneRuns_hasOneLoop() {
        DeviceLoops device = device(2);
        submit(lane(device, 2, NANOS_PER_UNIT), 3);
        poll(device);
        submit(lane(device, 2, NANOS_PER_UNIT), 3);
        assertThat(poll(device).loops()).isOne();
    }

    @Test
    void batch_moreWaits_hasOneLoop() {
        DeviceLoops device = device(2);
        submit(lane(device, 2, NANOS_PER_UNIT), Collections.nCopies(65, 1).toArray(Integer[]::new));
        assertThat(poll(device).loops()).isOne();
        assertThat(poll(device).loops()).isOne();
    }

    @Test
    void batch_anotherLaneHasWork_hasOneLoop() {
        DeviceLoops device = device(2);
        submit(lane(device, 2, NANOS_PER_UNIT), 3);
        submit(lane(device, 2, NANOS_PER_UNIT), 3);
        assertThat(poll(device).loops()).isOne();
    }

    @Test
    void batch_oneLoop_isNeverWide() {
        DeviceLoops device = device(1);
        submit(lane(device, 1, NANOS_PER_UNIT), 3);
        poll(device).run();
        assertThat(ran).containsExactly("beside[3]");
    }

    @Test
    void batch_fewerInstancesThanLoops_keepsToItsLoop() {
        DeviceLoops device = device(4);
        submit(lane(device, 3, NANOS_PER_UNIT), 3);
        poll(device).run();
        assertThat(ran).containsExactly("beside[3]");
    }

    @Test
    void batch_paceNotKnownYet_showsItOnOneLoop() {
        DeviceLoops device = device(2);
        Lane<Integer, Integer> lane = lane(device, 2, 0);
        submit(lane, 3);
        poll(device).run();
        submit(lane, 3);
        poll(device).run();
        assertThat(ran).containsExactly("beside[3]", "alone[3]");
    }

    /** What an idle device does in half the time it cannot do under load. */
    @Test
    void batchesAlone_leaveTheForecastAsItWas() {
        DeviceLoops device = device(2);
        Lane<Integer, Integer> lane = lane(device, 2, NANOS_PER_UNIT);
        double before = loadOf(device, lane);
        for (int i = 0; i < 50; i++) {
            submit(lane, 100);
            poll(device).run();
        }
        assertThat(ran).hasSize(51).filteredOn(form -> form.startsWith("alone")).hasSize(51);
        assertThat(loadOf(device, lane)).isEqualTo(before);
    }

    private static double loadOf(DeviceLoops device, Lane<Integer, Integer> lane) {
        submit(lane, 100);
        double load = lane.loadNanos();
        poll(device).run();
        return load;
    }

    @Test
    void batchAlone_oneInputFails_othersAreServed() {
        DeviceLoops device = device(2);
        Lane<Integer, Integer> lane = lane(device, 2, NANOS_PER_UNIT);
        List<Outcome<Integer>> outcomes = new ArrayList<>();
        lane.submit(List.of(13), Priority.INTERACTIVE, Long.MAX_VALUE, outcomes::add);
        lane.submit(List.of(2), Priority.INTERACTIVE, Long.MAX_VALUE, outcomes::add);
        poll(device).run();
        assertThat(ran).containsExactly("alone[13, 2]", "alone[13]", "alone[2]");
        assertThat(outcomes).hasSize(2).hasAtLeastOneElementOfType(Outcome.Completed.class);
        assertThat(outcomes).hasAtLeastOneElementOfType(Outcome.Failed.class);
    }
}
