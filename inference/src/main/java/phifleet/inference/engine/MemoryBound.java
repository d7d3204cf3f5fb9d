package phifleet.inference.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;

/**
 * A model on a device whose memory ends: a batch that it cannot hold is run in halves, and what failed is remembered, so that
 * later batches of as much work are cut beforehand. Work is the inputs times the longest, since that is what memory goes by.
 */
public final class MemoryBound<I, O> implements Model<I, O> {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryBound.class);

    private final String name;
    private final Model<I, O> model;
    private final ToIntFunction<I> units;

    /** The least work that has failed. */
    private final AtomicLong tooMuch = new AtomicLong(Long.MAX_VALUE);

    public MemoryBound(String name, Model<I, O> model, ToIntFunction<I> units) {
        this.name = name;
        this.model = model;
        this.units = units;
    }

    @Override
    public List<O> run(List<I> batch) throws ModelException {
        long work = work(batch);
        if (batch.size() > 1 && work >= tooMuch.get()) {
            return halves(batch);
        }
        try {
            return model.run(batch);
        } catch (ModelException e) {
            if (batch.size() == 1 || !e.isOfMemory()) {
                throw e;
            }
            if (work < tooMuch.getAndAccumulate(work, Math::min)) {
                LOG.warn(
                        "{}: a batch of {} x {} tokens does not fit the device's memory; from now on smaller ones are made",
                        name,
                        batch.size(),
                        work / batch.size());
            }
            return halves(batch);
        }
    }

    @Override
    public void settle() throws ModelException {
        model.settle();
    }

    @Override
    public void close() {
        model.close();
    }

    private List<O> halves(List<I> batch) throws ModelException {
        int middle = batch.size() / 2;
        List<O> outputs = new ArrayList<>(run(batch.subList(0, middle)));
        outputs.addAll(run(batch.subList(middle, batch.size())));
        return outputs;
    }

    private long work(List<I> batch) {
        return (long) batch.size() * batch.stream().mapToInt(units).max().orElse(0);
    }
}
