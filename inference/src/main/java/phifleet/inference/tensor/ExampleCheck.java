package phifleet.inference.tensor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.TensorSet;

/**
 * Tells a caller's mistake from a sick device where the engine's words do not: shapes that do not broadcast or multiply fail like a
 * device that no longer works. After such a failure of one request alone the model's own example is run, of other shapes than the
 * request's; where that still goes well, it is the request's fault.
 *
 * <p>Whoever sends such requests must not have the device run an example for each. So what a check found stands for a second, and
 * for {@value #SHARE} times as long as the check took. Thread-safe; threads wait for a check that runs.
 */
public final class ExampleCheck implements Model<TensorSet, TensorSet> {
    private static final Logger LOG = LoggerFactory.getLogger(ExampleCheck.class);

    /** Nanoseconds. */
    private static final long LEAST_PAUSE = TimeUnit.SECONDS.toNanos(1);

    private static final int SHARE = 10;

    private final String id;
    private final Model<TensorSet, TensorSet> model;
    private final TensorSet example;
    private final Map<String, List<Long>> exampleShapes;
    private final LongSupplier nanoClock;
    private boolean checked;
    private boolean healthy;
    private long nextCheck;

    /**
     * @param id names the model in messages
     * @param example inputs that the model takes while it works; nobody writes into them
     */
    public ExampleCheck(String id, Model<TensorSet, TensorSet> model, TensorSet example, LongSupplier nanoClock) {
        this.id = id;
        this.model = model;
        this.example = example;
        this.exampleShapes = shapes(example);
        this.nanoClock = nanoClock;
    }

    @Override
    public List<TensorSet> run(List<TensorSet> batch) throws ModelException {
        try {
            return model.run(batch);
        } catch (ModelException e) {
            // Of several that failed together each is run again alone.
            if (batch.size() > 1 || !e.isUnclear()) {
                throw e;
            }
            Map<String, List<Long>> given = shapes(batch.getFirst());
            if (given.equals(exampleShapes) || !isHealthy()) {
                throw e;
            }
            throw ModelException.ofInputs(id + " was given " + described(given) + ": " + e.getMessage(), e);
        }
    }

    private synchronized boolean isHealthy() {
        long start = nanoClock.getAsLong();
        if (!checked || start - nextCheck >= 0) {
            healthy = exampleRuns();
            checked = true;
            long end = nanoClock.getAsLong();
            nextCheck = end + Math.max(LEAST_PAUSE, SHARE * (end - start));
        }
        return healthy;
    }

    private boolean exampleRuns() {
        try {
            model.run(List.of(example));
            return true;
        } catch (ModelException | RuntimeException e) {
            LOG.warn("{}: after a request its own example fails too: {}", id, e.getMessage());
            return false;
        }
    }

    private static Map<String, List<Long>> shapes(TensorSet set) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        set.tensors().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        return shapes;
    }

    private static String described(Map<String, List<Long>> shapes) {
        return shapes.entrySet().stream()
                .map(input -> input.getKey() + " " + input.getValue())
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
