package phifleet.inference.lane;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;

/** A lane's turn on its device: a batch, and those submissions that are told of something before it runs. */
final class Turn<I, O> {
    private static final Logger LOG = LoggerFactory.getLogger(Turn.class);

    private final Lane<I, O> lane;
    private final Model<I, O> model;
    private final Formed<I, O> formed;
    private final int loops;

    /** @param loops whose cores the model takes */
    Turn(Lane<I, O> lane, Model<I, O> model, Formed<I, O> formed, int loops) {
        this.lane = lane;
        this.model = model;
        this.formed = formed;
        this.loops = loops;
    }

    int loops() {
        return loops;
    }

    Formed<I, O> formed() {
        return formed;
    }

    Lane<I, O> lane() {
        return lane;
    }

    /** On the loop's thread, without the device's lock. */
    void run() {
        lane.tellOf(formed);
        if (!formed.batch().isEmpty()) {
            try {
                run(formed);
            } finally {
                lane.leaveLoop(formed);
            }
        }
    }

    /**
     * A batch that fails is run again input by input, so that one bad input fails alone.
     *
     * @return whether one of them is none that the model can take
     */
    private boolean run(Formed<I, O> batch) {
        long start = lane.now();
        int size = batch.batch().size();
        try {
            List<O> outputs = model.run(batch.inputs());
            if (outputs.size() != size) {
                throw new ModelException("the model gave " + outputs.size() + " outputs for " + size + " inputs");
            }
            lane.finish(batch, outputs, start, loops);
            return false;
        } catch (ModelException | RuntimeException | Error e) {
            // An Error too: this thread is the device, and it must outlive whatever one batch does.
            boolean ofInputs = e instanceof ModelException fault && fault.isOfInputs();
            if (size > 1) {
                for (Formed<I, O> one : batch.apart()) {
                    ofInputs |= run(one);
                }
            } else {
                String reason = String.valueOf(e.getMessage());
                lane.end(batch, ofInputs ? new Outcome.Rejected<>(reason) : new Outcome.Failed<>(reason), start, loops);
            }
            log(batch, ofInputs, e);
            return ofInputs;
        }
    }

    private void log(Formed<I, O> batch, boolean ofInputs, Throwable e) {
        int size = batch.batch().size();
        if (ofInputs) {
            // Whoever sends such inputs must not fill the log.
            LOG.debug("{}: of {} inputs one is none that the model can take", lane.name(), size, e);
        } else if (size > 1) {
            LOG.warn("{}: a batch of {} failed and was run again one by one", lane.name(), size, e);
        } else {
            LOG.error(
                    "{}: an input of {} {} failed",
                    lane.name(),
                    batch.units(),
                    lane.unit().label(),
                    e);
        }
    }
}
