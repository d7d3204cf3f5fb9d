package phifleet.inference.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Padding;

class BatchProbeTest {
    private static final int NANOS_PER_UNIT = 1000;

    private final AtomicLong clock = new AtomicLong();

    @Test
    void run_modelOfKnownCost_findsIt() throws Exception {
        KnownBatches probed = probe(costing(16, 0.0005, 256), 2048);
        assertThat(probed.units()).isEqualTo(256);
        assertThat(probed.cost().fixed()).isCloseTo(16, within(1.0));
        assertThat(probed.cost().squared()).isCloseTo(0.0005, within(0.0001));
        assertThat(probed.cost().padding()).isEqualTo(Padding.IN_ATTENTION);
        assertThat(probed.nanosPerUnit()).isCloseTo(NANOS_PER_UNIT, within(20.0));
        assertThat(probed.isSure()).isTrue();
    }

    @Test
    void run_pairsCostNothing_saysSo() throws Exception {
        assertThat(probe(costing(16, 0, 256), 2048).cost().squared()).isZero();
    }

    @Test
    void run_inputsOfOneSize_asksForNoOther() throws Exception {
        Model<Integer, Integer> model = model(batch -> {
            assertThat(batch).containsOnly(150_528);
            return 100_000 + 150_528.0 * batch.size();
        });
        KnownBatches probed = BatchProbe.run(
                model, Examples.ofOneSize(150_528, 150_528), Padding.EVERYWHERE, 20_000_000, 512, clock::get);
        assertThat(probed.units()).isGreaterThanOrEqualTo(8 * 150_528);
        assertThat(probed.cost().squared()).isZero();
    }

    @Test
    void run_longInputsAreNotAllowed_asksForNone() throws Exception {
        Model<Integer, Integer> model = model(batch -> {
            assertThat(batch.stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(128);
            return 1.0;
        });
        assertThat(probe(model, 128).cost().squared()).isZero();
    }

    /** The machine is at times two to four times as slow, for a second or so, and never quiet: as beside other programs. */
    @Test
    void run_busyMachine_findsNearlyTheSame_andSaysThatItIsNotSure() throws Exception {
        int near = 0;
        int sure = 0;
        int seeds = 200;
        long first = System.nanoTime();
        for (long seed = first; seed < first + seeds; seed++) {
            Random random = new Random(seed);
            Model<Integer, Integer> quiet = costing(16, 0.0005, 256);
            double[] slower = {1};
            long[] until = {0};
            KnownBatches probed = probe(
                    new Model<>() {
                        @Override
                        public List<Integer> run(List<Integer> batch) throws ModelException {
                            long start = clock.get();
                            List<Integer> outputs = quiet.run(batch);
                            if (start > until[0]) {
                                slower[0] = 1 + 3 * random.nextDouble();
                                until[0] = start + 2_000_000;
                            }
                            double noise = slower[0] * (1 + 0.4 * random.nextDouble());
                            clock.addAndGet((long) ((clock.get() - start) * (noise - 1)));
                            return outputs;
                        }

                        @Override
                        public void close() {}
                    },
                    2048);
            near += probed.units() >= 128 && probed.units() <= 256 ? 1 : 0;
            sure += probed.isSure() ? 1 : 0;
        }
        assertThat(near).as("of %s probes from seed %s", seeds, first).isGreaterThan(seeds * 8 / 10);
        assertThat(sure).as("of %s probes from seed %s", seeds, first).isLessThan(seeds / 10);
    }

    private KnownBatches probe(Model<Integer, Integer> model, int mostUnits) throws ModelException {
        return BatchProbe.run(
                model, Examples.ofTexts(length -> length), Padding.IN_ATTENTION, mostUnits, 512, clock::get);
    }

    /** A model whose batches take so many units to start, and above some size twice the time. */
    private Model<Integer, Integer> costing(double fixed, double squared, int best) {
        return model(batch -> {
            int units = batch.stream().mapToInt(Integer::intValue).sum();
            double pairs = batch.stream()
                    .mapToDouble(length -> (double) length * length)
                    .sum();
            return fixed + units * (units > best ? 2 : 1) + squared * pairs;
        });
    }

    private Model<Integer, Integer> model(ToDoubleFunction<List<Integer>> unitsOf) {
        return new Model<>() {
            @Override
            public List<Integer> run(List<Integer> batch) {
                clock.addAndGet(Math.round(unitsOf.applyAsDouble(batch) * NANOS_PER_UNIT));
                return List.copyOf(batch);
            }

            @Override
            public void close() {}
        };
    }
}
