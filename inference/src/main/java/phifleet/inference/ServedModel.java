package phifleet.inference;

import phifleet.inference.lane.LaneState;
import phifleet.inference.model.ModelDescription;

/** A loaded model that takes work through its lane. What it does is the type's own: one for each task. Thread-safe. */
public interface ServedModel {

    ModelDescription description();

    LaneState lane();
}
