package phifleet.inference.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.inference.model.Padding;

/** One caller's lists, one after another: its loops end a list at about one time. */
class EvenTurnsTest {
    private static final int LISTS = 300;
    private static final double NANOS = 100_000;
    private static final BatchLimits PACKED = new BatchLimits(
            512, 512, new BatchCost(SimulatedDevice.COST.fixed(), SimulatedDevice.COST.squared(), Padding.NOWHERE));

    @ParameterizedTest
    @CsvSource({"2, 64", "2, 40", "2, 100", "3, 100", "4, 200"})
    void form_listsOfOneCaller_keepAllLoopsBusyUntilTheirEnd(int loops, int inputs) {
        Random random = new Random(inputs);
        SimulatedDevice device = new SimulatedDevice(random, loops, NANOS, false);
        Lane<Integer, Integer> lane = device.lane(Duration.ofSeconds(60), 1, NANOS, PACKED);
        SimulatedDevice.Tally tally = device.tally();
        double[] units = new double[1];
        next(device, lane, tally, random, inputs, units);
        device.run(Long.MAX_VALUE);

        assertThat(tally.seconds).hasSize(LISTS);
        assertThat(device.busyNanos() / device.now()).isGreaterThan(0.95);
        double work = units[0] * NANOS / loops;
        assertThat(device.busyNanos()).as("few batches more than need be").isLessThan(1.08 * work);
    }

    private static void next(
            SimulatedDevice device,
            Lane<Integer, Integer> lane,
            SimulatedDevice.Tally tally,
            Random random,
            int inputs,
            double[] units) {
        List<Integer> list =
                Stream.generate(() -> 8 + random.nextInt(45)).limit(inputs).toList();
        units[0] += list.stream().mapToDouble(SimulatedDevice.COST::work).sum();
        tally.submit(lane, list, Priority.INTERACTIVE, Long.MAX_VALUE, () -> {
            if (tally.seconds.size() < LISTS) {
                next(device, lane, tally, random, inputs, units);
            }
        });
    }
}
