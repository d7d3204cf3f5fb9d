package phifleet.inference.serving;

import phifleet.inference.ServedModel;
import phifleet.inference.lane.Lane;
import phifleet.inference.model.Model;

/**
 * A model that serves, with the parts that only its life cycle needs.
 *
 * @param drift how far its answers are from known ones
 */
public record ResidentModel(ServedModel served, Lane<?, ?> lane, Model<?, ?> model, Drift drift)
        implements AutoCloseable {

    public String id() {
        return served.description().id();
    }

    public String version() {
        return served.description().version();
    }

    /** Ends what its lane still has, and frees it. */
    @Override
    public void close() {
        lane.close();
        model.close();
    }
}
