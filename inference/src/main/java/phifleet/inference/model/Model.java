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

    /**
     * This model for a batch that has its device to itself: as many threads work at that as the device has. Outputs are the same bit
     * for bit. It is closed with this one.
     *
     * @return this, where more threads are not to be had
     */
    default Model<I, O> alone() {
        return this;
    }

    /**
     * Takes the form that it keeps, where it began in another ({@link Residency#MAPPED_FIRST}), which takes about as long as a load.
     * Batches are run meanwhile. Does nothing where it has it, or is closed.
     *
     * @throws ModelException where it cannot: then it goes on as it is
     */
    default void settle() throws ModelException {}

    /** Frees the native memory. Nobody may be inside {@link #run}, and nobody may call it again. */
    @Override
    void close();
}
