package phifleet.inference.hub;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.Pooling;

/**
 * How a folder's network is run.
 *
 * @param pooling of its output
 * @param output of its graph that is read; null where there is no choice
 * @param whole whether its output has gone through all modules already
 * @param tasks that it tells apart
 */
record NetworkPlan(
        ModelSource source,
        EngineKind engine,
        String precision,
        Pooling pooling,
        @Nullable String output,
        boolean whole,
        List<String> tasks) {
    NetworkPlan {
        tasks = List.copyOf(tasks);
    }
}
