package phifleet.inference;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.LaneState;
import phifleet.inference.lane.LaneStatistics;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.ModelDescription;

/** A loaded model that takes work through its lane. What it does is the type's own: one for each task. Thread-safe. */
public interface ServedModel {

    ModelDescription description();

    /** What it is as a model of a kind, itself where it is of that kind: one may be of several. Null where it is not. */
    default <T extends ServedModel> @Nullable T as(Class<T> kind) {
        return kind.isInstance(this) ? kind.cast(this) : null;
    }

    /** Its only lane, or that of its texts. */
    LaneState lane();

    /** Each of its lanes, where it has several. */
    default List<LaneState> lanes() {
        return List.of(lane());
    }

    /** What its lanes did so far. */
    LaneStatistics.Totals statistics();

    /** Why even the smallest work would be refused now, so that whoever has more need not prepare it; null where it would not. */
    default Admission.@Nullable Overloaded refusal(Priority priority) {
        return null;
    }
}
