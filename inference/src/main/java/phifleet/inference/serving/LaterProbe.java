package phifleet.inference.serving;

import java.util.List;
import phifleet.inference.lane.KnownBatches;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;

/**
 * A probe of a model that serves already. Where the model is to be closed the probe breaks off, at the end of the batch that it runs, and
 * nothing is remembered of it. Thread-safe.
 */
final class LaterProbe<I, O> implements BatchMemory.Later {
    private final Model<I, O> model;
    private final BatchMemory.Probing<I, O> probing;
    private final Remembering remembering;
    private volatile boolean ended;

    /** Takes what a probe finds. */
    @FunctionalInterface
    interface Remembering {
        void of(BatchMemory.Probe probe) throws ModelException;
    }

    LaterProbe(Model<I, O> model, BatchMemory.Probing<I, O> probing, Remembering remembering) {
        this.model = model;
        this.probing = probing;
        this.remembering = remembering;
    }

    @Override
    public synchronized void run() throws ModelException {
        if (!ended) {
            remembering.of(this::probe);
        }
    }

    private KnownBatches probe() throws ModelException {
        Model<I, O> tried = new UntilTheEnd();
        // What is remembered is of the form that it keeps.
        tried.settle();
        KnownBatches found = probing.run(tried);
        // A probe may take a batch that fails for an answer.
        requireOpen();
        return found;
    }

    private void requireOpen() throws ModelException {
        if (ended) {
            throw new ModelException("it was to be closed while its batches were tried");
        }
    }

    @Override
    public void end() {
        ended = true;
        synchronized (this) {
            // Now nobody is inside, and nobody will be.
        }
    }

    private final class UntilTheEnd implements Model<I, O> {
        @Override
        public List<O> run(List<I> batch) throws ModelException {
            requireOpen();
            return model.run(batch);
        }

        @Override
        public void settle() throws ModelException {
            requireOpen();
            model.settle();
        }

        @Override
        public void close() {
            throw new IllegalStateException("it is another's");
        }
    }
}
