package phifleet.inference.lane;

import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;

/**
 * Takes batches from a lane and runs them, on a platform thread of its own: the time is spent in native code, where a
 * virtual thread would pin its carrier.
 */
final class ModelLoop<I, O> implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelLoop.class);

    private final Lane<I, O> lane;
    private final Model<I, O> model;
    private final LongSupplier nanoClock;

    ModelLoop(Lane<I, O> lane, Model<I, O> model, LongSupplier nanoClock) {
        this.lane = lane;
        this.model = model;
        this.nanoClock = nanoClock;
    }

    @Override
    public void run() {
        try {
            Condition loop = lane.newLoop();
            List<FairQueue.Entry<I, O>> batch = lane.take(loop);
            while (batch != null) {
                run(batch);
                batch = lane.take(loop);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A batch that fails is run again input by input, so that one bad input fails alone. */
    private void run(List<FairQueue.Entry<I, O>> batch) {
        try {
            long start = nanoClock.getAsLong();
            List<O> outputs =
                    model.run(batch.stream().map(FairQueue.Entry::input).toList());
            if (outputs.size() != batch.size()) {
                throw new ModelException(
                        "the model gave " + outputs.size() + " outputs for " + batch.size() + " inputs");
            }
            lane.finish(batch, outputs, start);
        } catch (ModelException | RuntimeException | Error e) {
            // An Error too: this thread is the device, and it must outlive whatever one batch does.
            if (batch.size() > 1) {
                LOG.warn("{}: a batch of {} failed and is run again one by one", lane.name(), batch.size(), e);
                batch.forEach(entry -> run(List.of(entry)));
            } else {
                LOG.error(
                        "{}: an input of {} units failed",
                        lane.name(),
                        batch.getFirst().units(),
                        e);
                lane.fail(batch.getFirst(), String.valueOf(e.getMessage()));
            }
        }
    }
}
