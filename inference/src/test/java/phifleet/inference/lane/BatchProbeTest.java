package phifleet.inference.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.Model;

class BatchProbeTest {
    private static final int NANOS_PER_UNIT = 1000;

    private final AtomicLong clock = new AtomicLong();

    @Test
    void run_modelOfKnownCost_findsIt() throws Exception {
        BatchLimits limits = BatchProbe.run(costing(16, 0.0005, 256), length -> length, false, 2048, 512, clock::get);
        assertThat(limits.units()).isEqualTo(256);
        assertThat(limits.items()).isEqualTo(512);
        assertThat(limits.cost().fixed()).isCloseTo(16, within(1.0));
        assertThat(limits.cost().squared()).isCloseTo(0.0005, within(0.0001));
        assertThat(limits.cost().padded()).isFalse();
    }

    @Test
    void run_pairsCostNothing_saysSo() throws Exception {
        BatchLimits limits = BatchProbe.run(costing(16, 0, 256), length -> length, true, 2048, 512, clock::get);
        assertThat(limits.cost().squared()).isZero();
        assertThat(limits.cost().padded()).isTrue();
    }

    @Test
    void run_longInputsAreNotAllowed_asksForNone() throws Exception {
        Model<Integer, Integer> model = model(batch -> {
            assertThat(batch.stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(128);
            return 1.0;
        });
        assertThat(BatchProbe.run(model, length -> length, true, 128, 512, clock::get)
                        .cost()
                        .squared())
                .isZero();
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
