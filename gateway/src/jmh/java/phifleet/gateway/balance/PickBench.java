package phifleet.gateway.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
import phifleet.common.WorkerCard;
import phifleet.common.WorkerCard.HeldModel;

/** What a pick, its lease and the lease's end cost, with the fleet idle (every worker a tie) and busy. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class PickBench {
    @Param({"3", "200"})
    int workers;

    @Param({"false", "true"})
    boolean busy;

    private final WorkerDirectory directory = new WorkerDirectory(DirectorySettings.DEFAULT, System::nanoTime);
    private final BalancingPolicy leastConnections = new LeastConnections(new SplittableRandom(1));
    private final BalancingPolicy powerOfTwo = new PowerOfTwo(new SplittableRandom(1));

    @Setup
    public void fill() {
        List<WorkerCard> cards = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            cards.add(Workers.card("w" + i, new HeldModel("mini", "sentence-encoder")));
        }
        directory.members(cards);
        SplittableRandom random = new SplittableRandom(2);
        for (Worker worker : directory.snapshot().workers()) {
            directory.probed(worker, Probe.READY);
            for (int i = busy ? random.nextInt(30) : 0; i > 0; i--) {
                worker.lease();
            }
        }
    }

    @Benchmark
    public boolean leastConnections() {
        return pick(leastConnections);
    }

    @Benchmark
    public boolean powerOfTwo() {
        return pick(powerOfTwo);
    }

    private boolean pick(BalancingPolicy policy) {
        @Nullable
        Worker worker = policy.pick(new Candidates(directory.snapshot().holding("mini")));
        return worker != null && worker.lease().abandoned();
    }
}
