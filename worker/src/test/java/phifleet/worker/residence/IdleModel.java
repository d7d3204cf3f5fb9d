package phifleet.worker.residence;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import phifleet.inference.ServedModel;
import phifleet.inference.lane.LaneState;
import phifleet.inference.lane.LaneStatistics;
import phifleet.inference.model.Device;
import phifleet.inference.model.DeviceChoice;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Padding;
import phifleet.inference.model.Precision;
import phifleet.inference.model.Task;
import phifleet.inference.model.WorkUnit;

/**
 * A model that does nothing.
 *
 * @param started requests that it has begun with
 */
record IdleModel(ModelDescription description, AtomicLong started) implements ServedModel {
    IdleModel(String id) {
        this(
                new ModelDescription(
                        id,
                        List.of(),
                        new Task.Tensors(),
                        "none",
                        "1",
                        new Device.Cpu(),
                        Precision.FP32,
                        true,
                        Padding.NOWHERE,
                        "1",
                        ModelSpec.Scheduling.DEFAULT),
                new AtomicLong());
    }

    /** What it would be loaded from. */
    static ModelSpec spec(String id, long bytes) {
        return new ModelSpec(
                id,
                List.of(),
                new ModelSource.Embedded("weights", bytes, "tokens"),
                EngineKind.ONNXRUNTIME,
                DeviceChoice.AUTO,
                Precision.FP32,
                null,
                ModelSpec.Scheduling.DEFAULT,
                new Task.Tensors());
    }

    @Override
    public LaneState lane() {
        return new LaneState(WorkUnit.ELEMENTS, 0, 0, 0, 0, 1, 1);
    }

    @Override
    public LaneStatistics.Totals statistics() {
        return new LaneStatistics.Totals(0, 0, 0, started.get(), 0, 0, 0, Map.of());
    }
}
