package phifleet.worker.bench.gpu;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.Model;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;

/** How fast a model runs one batch again and again. */
final class ModelThroughput {
    private ModelThroughput() {}

    /**
     * Batches a second, of threads that each run one after another, once both shapes are known to the model.
     *
     * @throws Exception what the model threw first in any of them
     */
    static double perSecond(Model<TokenSequence, Vector> model, List<TokenSequence> batch, int loops, double seconds)
            throws Exception {
        model.run(batch);
        model.run(batch);
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        int[] counts = new int[loops];
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < loops; i++) {
            int loop = i;
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    do {
                        model.run(batch);
                        counts[loop]++;
                    } while (System.nanoTime() < end);
                } catch (Exception e) {
                    failure.compareAndSet(null, e);
                }
            }));
        }
        int total = 0;
        for (int i = 0; i < loops; i++) {
            threads.get(i).join();
            total += counts[i];
        }
        Exception thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
        return total * 1e9 / (System.nanoTime() - start);
    }
}
