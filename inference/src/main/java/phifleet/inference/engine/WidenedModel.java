package phifleet.inference.engine;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;

/**
 * A model that is there twice over the same weights: as it is called from one thread a core, and with a thread a core inside one
 * call, for a batch that has the device to itself. Engines split a matrix product by its rows or columns, so that each sum is added
 * up in the same order; where a trial shows otherwise there is no second one, since what a text is answered with must not depend on
 * what else there was to do. Thread-safe.
 */
record WidenedModel<I, O>(Model<I, O> one, Model<I, O> alone) implements Model<I, O> {
    private static final Logger LOG = LoggerFactory.getLogger(WidenedModel.class);

    /** Loads the second one. */
    @FunctionalInterface
    interface Loading<I, O> {
        Model<I, O> load() throws ModelException;
    }

    /**
     * A model with a second one, or as it was where there can be none; the log says why.
     *
     * @param id names it in the log
     * @param trials batches for which both must answer the same, bit for bit
     */
    static <I, O> Model<I, O> of(String id, Model<I, O> one, Loading<I, O> loading, List<List<I>> trials) {
        Model<I, O> alone;
        try {
            alone = loading.load();
        } catch (ModelException e) {
            LOG.info("{}: not used for batches that run alone: a form of more threads, since {}", id, e.getMessage());
            return one;
        }
        try {
            for (List<I> trial : trials) {
                if (!one.run(trial).equals(alone.run(trial))) {
                    throw new ModelException("its answers differ in their last bits");
                }
            }
            return new WidenedModel<>(one, alone);
        } catch (ModelException | RuntimeException e) {
            LOG.info("{}: not used for batches that run alone: a form of more threads, since {}", id, e.getMessage());
            alone.close();
            return one;
        }
    }

    @Override
    public List<O> run(List<I> batch) throws ModelException {
        return one.run(batch);
    }

    @Override
    public void close() {
        alone.close();
        one.close();
    }
}
