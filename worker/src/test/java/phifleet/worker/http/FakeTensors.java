package phifleet.worker.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.LaneObserver;
import phifleet.inference.lane.LaneState;
import phifleet.inference.lane.LaneStatistics;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.lane.Timing;
import phifleet.inference.model.Device;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Padding;
import phifleet.inference.model.Precision;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Task;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.inference.model.WorkUnit;
import phifleet.inference.tensor.TensorModel;

/** A model of tensors that answers at once what a function says. */
public record FakeTensors(String id, Task task, Signature signature, int maxRows, UnaryOperator<TensorSet> function)
        implements TensorModel {
    /** What a request says that it took of the device. */
    static final long DEVICE_NANOS = 3_000_000;

    @Override
    public ModelDescription description() {
        return new ModelDescription(
                id,
                List.of(),
                task,
                "OnnxRuntime",
                "1",
                Device.CPU,
                Precision.FP32,
                false,
                Padding.NOWHERE,
                ModelDescription.ONLY_VERSION,
                ModelSpec.Scheduling.DEFAULT);
    }

    @Override
    public LaneState lane() {
        return new LaneState(WorkUnit.ELEMENTS, 0, 0, 0, 0, 1000, 64);
    }

    @Override
    public LaneStatistics.Totals statistics() {
        LaneStatistics statistics = new LaneStatistics(LaneObserver.NONE);
        statistics.waited(5);
        statistics.ranBatch(2, 32, 32, 700);
        return statistics.totals();
    }

    @Override
    public Admission infer(
            List<TensorSet> inputs, Priority priority, long deadlineNanos, Consumer<Outcome<TensorSet>> outcome) {
        List<TensorSet> outputs =
                inputs.stream().map(FakeTensors::copied).map(function).toList();
        outcome.accept(new Outcome.Completed<>(outputs, new Timing(1, 2, DEVICE_NANOS)));
        return new Admission.Accepted(() -> {});
    }

    /** What a model gives shares no memory with what it got. */
    private static TensorSet copied(TensorSet inputs) {
        Map<String, Tensor> copies = new LinkedHashMap<>();
        inputs.tensors()
                .forEach((name, tensor) -> copies.put(
                        name,
                        tensor.type() == ElementType.STRING
                                ? tensor
                                : Tensor.of(
                                        tensor.type(),
                                        tensor.shape(),
                                        Tensor.allocate(tensor.type(), tensor.shape())
                                                .put(tensor.data())
                                                .flip())));
        return new TensorSet(copies);
    }
}
