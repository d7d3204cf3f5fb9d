package phifleet.inference.serving;

import java.util.List;
import java.util.stream.Stream;
import phifleet.inference.ServedModel;
import phifleet.inference.lane.Lane;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;

/**
 * A model that serves, with the parts that only its life cycle needs.
 *
 * @param parts what runs: one network, or two where texts and images have one each
 * @param drift how far its answers are from known ones
 */
public record ResidentModel(ServedModel served, List<Part> parts, Drift drift) implements AutoCloseable {

    /**
     * A network and the lane before it.
     *
     * @param later what is left to be found out about it
     */
    public record Part(Lane<?, ?> lane, Model<?, ?> model, BatchMemory.Later later) {}

    public ResidentModel {
        parts = List.copyOf(parts);
    }

    /** Of one network. */
    public ResidentModel(ServedModel served, Lane<?, ?> lane, Model<?, ?> model, BatchMemory.Later later, Drift drift) {
        this(served, List.of(new Part(lane, model, later)), drift);
    }

    /** Of one network of which nothing is left to be found out. */
    ResidentModel(ServedModel served, Lane<?, ?> lane, Model<?, ?> model, Drift drift) {
        this(served, lane, model, BatchMemory.Later.NOTHING, drift);
    }

    /** Two models as one, in the same order. */
    public static ResidentModel of(ServedModel served, ResidentModel first, ResidentModel second) {
        return new ResidentModel(
                served,
                Stream.concat(first.parts.stream(), second.parts.stream()).toList(),
                first.drift);
    }

    public String id() {
        return served.description().id();
    }

    public String version() {
        return served.description().version();
    }

    /** Has its networks take the form that they keep, beside what they do; see {@link Model#settle}. */
    public void settle() throws ModelException {
        for (Part part : parts) {
            part.model().settle();
        }
    }

    /** Finds out what its load left for later, beside what it does; what is found is for its next load. */
    public void learn() throws ModelException {
        for (Part part : parts) {
            part.later().run();
        }
    }

    /** Ends what its lanes still have, and frees it. */
    @Override
    public void close() {
        parts.forEach(part -> part.later().end());
        parts.forEach(part -> part.lane().close());
        parts.forEach(part -> part.model().close());
    }
}
