package phifleet.inference.engine;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;

/**
 * A model that is there twice over the same weights: as it is called from one thread a core, and with a thread a core inside one
 * call, for a batch that has the device to itself. Engines split a matrix product by its rows or columns, so that each sum is added
 * up in the same order; where a trial shows otherwise there is no second one, since what a text is answered with must not depend on
 * what else there was to do.
 *
 * <p>The second one is loaded and tried when a batch could first have used it, on a thread of its own, so that no start waits for it.
 * Thread-safe.
 */
final class WidenedModel<I, O> implements Model<I, O> {
    private static final Logger LOG = LoggerFactory.getLogger(WidenedModel.class);

    private final Model<I, O> one;
    private final Supplier<Optional<Model<I, O>>> finding;

    private volatile boolean settled;

    /** Null until one is wanted. */
    private final AtomicReference<@Nullable CompletableFuture<Optional<Model<I, O>>>> found = new AtomicReference<>();

    /** Loads the second one. */
    @FunctionalInterface
    interface Loading<I, O> {
        Model<I, O> load() throws ModelException;
    }

    /**
     * @param settled whether the first one has the form that it keeps: before that no second one is sought, which answers as that does
     * @param finding the second one, where there can be one
     */
    WidenedModel(Model<I, O> one, boolean settled, Supplier<Optional<Model<I, O>>> finding) {
        this.settled = settled;
        this.one = one;
        this.finding = finding;
    }

    /**
     * A second one that answers as the first; empty where there can be none, and the log says why.
     *
     * @param id names it in the log
     * @param trials batches for which both must answer the same, bit for bit
     */
    static <I, O> Optional<Model<I, O>> second(
            String id, Model<I, O> one, Loading<I, O> loading, List<List<I>> trials) {
        Model<I, O> second;
        try {
            second = loading.load();
            second.settle();
        } catch (ModelException e) {
            LOG.info("{}: not used for batches that run alone: a form of more threads, since {}", id, e.getMessage());
            return Optional.empty();
        }
        try {
            for (List<I> trial : trials) {
                if (!one.run(trial).equals(second.run(trial))) {
                    throw new ModelException("its answers differ in their last bits");
                }
            }
            return Optional.of(second);
        } catch (ModelException | RuntimeException e) {
            LOG.info("{}: not used for batches that run alone: a form of more threads, since {}", id, e.getMessage());
            second.close();
            return Optional.empty();
        }
    }

    @Override
    public List<O> run(List<I> batch) throws ModelException {
        return one.run(batch);
    }

    @Override
    public Model<I, O> alone() {
        if (!settled) {
            return this;
        }
        CompletableFuture<Optional<Model<I, O>>> known = found.get();
        if (known != null) {
            return known.getNow(Optional.empty()).orElse(this);
        }
        CompletableFuture<Optional<Model<I, O>>> begun = new CompletableFuture<>();
        if (found.compareAndSet(null, begun)) {
            begun.completeAsync(
                    finding,
                    search -> Thread.ofPlatform().daemon().name("widening").start(search));
        }
        return this;
    }

    @Override
    public void settle() throws ModelException {
        one.settle();
        settled = true;
    }

    @Override
    public void close() {
        CompletableFuture<Optional<Model<I, O>>> known = found.get();
        if (known != null) {
            // The search runs both, which nobody may when they are closed.
            known.join().ifPresent(Model::close);
        }
        one.close();
    }
}
