package phifleet.worker;

import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import phifleet.inference.lane.ArrivalOrderPolicy;
import phifleet.inference.lane.BatchCost;
import phifleet.inference.lane.BatchLimits;
import phifleet.inference.lane.Lane;
import phifleet.inference.lane.LaneObserver;
import phifleet.inference.lane.LaneStatistics;
import phifleet.inference.model.Device;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Padding;
import phifleet.inference.model.Precision;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Task;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.inference.serving.BatchMemory;
import phifleet.inference.serving.Devices;
import phifleet.inference.serving.Drift;
import phifleet.inference.serving.LaneOptions;
import phifleet.inference.serving.ResidentModel;
import phifleet.inference.tensor.LaneTensorModel;
import phifleet.inference.tensor.TensorShape;
import phifleet.worker.residence.Residence;

/**
 * Loads, in place of any model, one that takes numbers, waits for as long as a curve says, and gives them back. It stands for a
 * device where a machine has fewer cores than its fleet has workers: all before it, lane and admission among it, is the worker's own.
 *
 * <p>Its lane knows the curve as that of an encoder knows what its probe measured.
 */
final class WaitingModels implements Residence.Loading {
    private final LaneOptions options;
    private final Devices devices;
    private final Curve curve;

    /**
     * What a batch takes.
     *
     * @param batchSeconds whatever is in it
     * @param requestSeconds more for each request
     * @param mostInBatch requests
     */
    record Curve(double batchSeconds, double requestSeconds, int mostInBatch) {
        /** From its three numbers with commas between, as {@code 0.04,0.02,8}. */
        static Curve of(String text) {
            String[] numbers = text.split(",", -1);
            if (numbers.length != 3) {
                throw new IllegalArgumentException(
                        "a curve has seconds a batch, seconds a request and requests a batch, and not " + text);
            }
            return new Curve(
                    Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1]), Integer.parseInt(numbers[2]));
        }

        long nanos(int requests) {
            return Math.round((batchSeconds + requests * requestSeconds) * 1e9);
        }
    }

    /** Waits on the calling thread. */
    private record Waiting(Curve curve) implements Model<TensorSet, TensorSet> {
        @Override
        public List<TensorSet> run(List<TensorSet> batch) {
            long end = System.nanoTime() + curve.nanos(batch.size());
            for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            return batch.stream()
                    .map(request -> new TensorSet(Map.of("y", Tensor.of(List.of(1L), 1f))))
                    .toList();
        }

        @Override
        public void close() {}
    }

    /** @param options of the worker; its device has one loop */
    WaitingModels(LaneOptions options, Curve curve) {
        this.options = options;
        this.curve = curve;
        this.devices = new Devices(options, 1);
    }

    @Override
    public ResidentModel load(ModelSpec spec) throws ModelException {
        Signature signature = new Signature(
                List.of(new Signature.Value("x", ElementType.FP32, List.of(-1L))),
                List.of(new Signature.Value("y", ElementType.FP32, List.of(-1L))));
        Waiting model = new Waiting(curve);
        LaneStatistics statistics = new LaneStatistics(LaneObserver.NONE);
        Lane<TensorSet, TensorSet> lane = devices.of(Device.CPU, model, List.of())
                .open(
                        spec.id(),
                        model,
                        new TensorShape(new Task.Tensors().unit()),
                        options.laneSettings(
                                options.queueElements(),
                                new BatchLimits(
                                        curve.mostInBatch(),
                                        curve.mostInBatch(),
                                        new BatchCost(
                                                curve.batchSeconds() / curve.requestSeconds(), 0, Padding.NOWHERE)),
                                spec.scheduling(),
                                curve.requestSeconds() * 1e9),
                        new ArrivalOrderPolicy(),
                        statistics);
        ModelDescription description = new ModelDescription(
                spec.id(),
                spec.aliases(),
                new Task.Tensors(),
                "waiting",
                "1",
                Device.CPU,
                Precision.FP32,
                true,
                Padding.NOWHERE,
                ModelDescription.ONLY_VERSION,
                spec.scheduling());
        return new ResidentModel(
                new LaneTensorModel(description, signature, curve.mostInBatch(), lane, statistics),
                lane,
                model,
                BatchMemory.Later.NOTHING,
                Drift.UNKNOWN);
    }
}
