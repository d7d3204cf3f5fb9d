package phifleet.inference.tensor;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.TensorSet;

/**
 * Tells a caller's mistake from a sick device where the engine's words do not: shapes that do not broadcast or multiply, and values
 * that a program refuses, fail like a device that no longer works. After such a failure of one request alone inputs are run that are
 * known to work; where that still goes well, it is the request's fault.
 *
 * <p>Known to work is the model's own example, if it ran when the model was loaded. Sizes that are free and values that mean something
 * cannot be guessed for every model, so where it did not run, the first request that did takes its place: a copy, of at most
 * {@value #MOST_BYTES} bytes. As long as there is neither, a failure is the request's fault, unless the engine names the device.
 *
 * <p>Whoever sends such requests must not have the device run an example for each. So what a check found stands for a second, and
 * for {@value #SHARE} times as long as the check took. Thread-safe; threads wait for a check that runs.
 */
public final class ExampleCheck implements Model<TensorSet, TensorSet> {
    private static final Logger LOG = LoggerFactory.getLogger(ExampleCheck.class);

    /** Nanoseconds. */
    private static final long LEAST_PAUSE = TimeUnit.SECONDS.toNanos(1);

    private static final int SHARE = 10;

    /** Of a request that is kept. A larger one is not: until a smaller one comes there is none. */
    private static final int MOST_BYTES = 16 << 20;

    private final String id;
    private final Model<TensorSet, TensorSet> model;
    private final LongSupplier nanoClock;
    /** Inputs that ran; nobody writes into them. */
    private final AtomicReference<@Nullable TensorSet> working = new AtomicReference<>();

    private boolean checked;
    private boolean healthy;
    private long nextCheck;

    /**
     * Runs the example on the calling thread.
     *
     * @param id names the model in messages
     * @param example inputs that the model may take; nobody writes into them
     */
    public ExampleCheck(String id, Model<TensorSet, TensorSet> model, TensorSet example, LongSupplier nanoClock) {
        this.id = id;
        this.model = model;
        this.nanoClock = nanoClock;
        try {
            model.run(List.of(example));
            working.set(example);
        } catch (ModelException | RuntimeException e) {
            LOG.info(
                    "{}: its own example does not run, so that the first request that does is kept: {}",
                    id,
                    e.getMessage());
        }
    }

    @Override
    public List<TensorSet> run(List<TensorSet> batch) throws ModelException {
        try {
            List<TensorSet> answers = model.run(batch);
            if (working.get() == null && !batch.isEmpty()) {
                keep(batch.getFirst());
            }
            return answers;
        } catch (ModelException e) {
            // Of several that failed together each is run again alone.
            if (batch.size() > 1 || !e.isUnclear() || !isInputsFault(e)) {
                throw e;
            }
            throw ModelException.ofInputs(id + " was given " + shapes(batch.getFirst()) + ": " + e.getMessage(), e);
        }
    }

    private void keep(TensorSet inputs) {
        if (inputs.bytes() <= MOST_BYTES) {
            working.compareAndSet(null, inputs.copy());
        }
    }

    private boolean isInputsFault(ModelException fault) {
        TensorSet known = working.get();
        return known == null ? !fault.isOfDevice() : isHealthy(known);
    }

    private synchronized boolean isHealthy(TensorSet known) {
        long start = nanoClock.getAsLong();
        if (!checked || start - nextCheck >= 0) {
            healthy = runs(known);
            checked = true;
            long end = nanoClock.getAsLong();
            nextCheck = end + Math.max(LEAST_PAUSE, SHARE * (end - start));
        }
        return healthy;
    }

    private boolean runs(TensorSet known) {
        try {
            model.run(List.of(known));
            return true;
        } catch (ModelException | RuntimeException e) {
            LOG.warn("{}: after a request that failed, one that ran before fails too: {}", id, e.getMessage());
            return false;
        }
    }

    private static String shapes(TensorSet set) {
        return set.tensors().entrySet().stream()
                .map(input -> input.getKey() + " " + input.getValue().shape())
                .collect(Collectors.joining(", "));
    }

    @Override
    public void settle() throws ModelException {
        model.settle();
    }

    @Override
    public void close() {
        model.close();
    }
}
