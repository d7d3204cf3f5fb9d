package phifleet.inference.lane;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import phifleet.inference.model.Padding;

/** What choosing a batch costs: each time a model is free, with all that waits to choose from. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class BatchPolicyBench {
    @Param({"32", "256"})
    int waiting;

    private final BatchLimits limits = new BatchLimits(512, 2048, new BatchCost(25, 5e-4, Padding.IN_ATTENTION));
    private final BatchPolicy lengthAware = new LengthAwarePolicy();
    private int[] units = {};

    @Setup
    public void lengths() {
        // Of 8 to 256 tokens, short ones more often, as in scripts/bench embeddings.
        Random random = new Random(1);
        units = random.doubles(waiting)
                .mapToInt(share -> (int) (8 * Math.pow(32, share * share * share)))
                .toArray();
    }

    @Benchmark
    public int[] lengthAware() {
        return lengthAware.select(units, limits);
    }
}
