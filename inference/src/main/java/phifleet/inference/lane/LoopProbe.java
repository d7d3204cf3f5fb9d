package phifleet.inference.lane;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.LongSupplier;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;

/**
 * Finds out whether a device that is no processor of this machine does more with two loops than with one: while one batch is
 * computed another can be copied. The two ways run turn by turn, and the median of their ratios counts.
 */
public final class LoopProbe {
    private static final int TURNS = 5;

    /** Batches of each thread a turn. */
    private static final int BATCHES = 4;

    /** Two loops must be this much faster: they take twice the memory for batches. */
    private static final double WORTH = 1.05;

    private LoopProbe() {}

    /** One or two. */
    public static <I> int run(Model<I, ?> model, List<I> batch, LongSupplier nanoClock) throws ModelException {
        model.run(batch);
        double[] gains = new double[TURNS];
        for (int i = 0; i < TURNS; i++) {
            gains[i] = 2 * time(model, batch, 1, nanoClock) / time(model, batch, 2, nanoClock);
        }
        return loops(gains);
    }

    /** @param gains how much faster two loops were, at several times */
    static int loops(double[] gains) {
        double[] sorted = gains.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2] >= WORTH ? 2 : 1;
    }

    private static <I> double time(Model<I, ?> model, List<I> batch, int loops, LongSupplier nanoClock)
            throws ModelException {
        long start = nanoClock.getAsLong();
        List<FutureTask<Object>> running = new ArrayList<>();
        for (int i = 0; i < loops; i++) {
            FutureTask<Object> task = new FutureTask<>(() -> {
                for (int k = 0; k < BATCHES; k++) {
                    model.run(batch);
                }
                return batch;
            });
            running.add(task);
            Thread.ofPlatform().daemon().name("loop-probe-" + i).start(task);
        }
        for (FutureTask<Object> task : running) {
            try {
                task.get();
            } catch (ExecutionException e) {
                throw new ModelException("a probe's batch failed: " + e.getCause(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ModelException("interrupted while probing", e);
            }
        }
        return Math.max(1, nanoClock.getAsLong() - start);
    }
}
