package phifleet.inference.serving;

import phifleet.inference.lane.LaneObserver;
import phifleet.inference.model.WorkUnit;

/** Gives each model's lane an observer of its own. */
@FunctionalInterface
public interface LaneObservers {
    /** Nobody looks. */
    LaneObservers NONE = (model, unit) -> LaneObserver.NONE;

    /**
     * The observer of a model's lane.
     *
     * @param unit what the model's work is counted in
     */
    LaneObserver of(String model, WorkUnit unit);
}
