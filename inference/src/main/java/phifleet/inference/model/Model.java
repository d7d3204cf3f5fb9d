package phifleet.inference.model;

import java.util.List;

/**
 * A loaded model, ready to run batches.
 *
 * @param <I> one input, without padding
 * @param <O> one output
 */
public interface Model<I, O> extends AutoCloseable {

    /**
     * Runs one batch on the calling thread, which must be one that may block in native code. Several threads may call at
     * once.
     *
     * @param batch one input or more
     * @return one output an input, in the same order
     * @throws ModelException if the engine refuses the batch or fails
     */
    List<O> run(List<I> batch) throws ModelException;

    /** Frees the native memory. Nobody may be inside {@link #run}, and nobody may call it again. */
    @Override
    void close();
}
