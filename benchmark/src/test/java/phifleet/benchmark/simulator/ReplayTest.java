package phifleet.benchmark.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Answers that the cost curve alone gives: 40 ms a batch, 20 more for each of at most eight requests. */
class ReplayTest {
    private static final long SEED = 3;

    private static Replayed replay(int workers, double... at) {
        return Simulation.replay(Scene.USUAL.ofWorkers(workers), at, SEED);
    }

    @Test
    void replay_oneByOne_eachTakesABatchOfItsOwn() {
        Replayed done = replay(1, 0, 1, 2, 3);

        assertThat(done)
                .extracting(Replayed::served, Replayed::refused, Replayed::lost)
                .containsExactly(4L, 0L, 0L);
        assertThat(done.p50()).isCloseTo(60, within(0.1));
        assertThat(done.p99()).isCloseTo(60, within(0.1));
        assertThat(done.throughput()).isCloseTo(4 / 3.06, within(0.001));
    }

    @Test
    void replay_ofTwoAtOnceOnTwoWorkers_neitherWaits() {
        assertThat(replay(2, 0, 0).p99()).isCloseTo(60, within(0.1));
        // On one the second waits for the first.
        assertThat(replay(1, 0, 0).p99()).isCloseTo(120, within(0.2));
    }

    @Test
    void replay_moreThanAWorkerCanDo_servesWholeBatchesAndRefusesTheRest() {
        double[] at = IntStream.range(0, 4_000).mapToDouble(i -> i / 80.0).toArray();

        Replayed done = replay(1, at);

        assertThat(done.throughput()).isCloseTo(Scene.USUAL.cost().most(), within(1.0));
        assertThat(done.served() + done.refused()).isEqualTo(Arrays.stream(at).count());
        // Promised within two seconds and its own time, with the shares of long work and of batch priority left free.
        assertThat(done.p99()).isBetween(1_300.0, 1_650.0);
    }
}
