package phifleet.inference.engine;

import java.nio.file.Path;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.model.Device;
import phifleet.inference.model.DeviceChoice;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;

/**
 * Which device a model goes to, and how each engine is told of it.
 *
 * @param gpuIsLikely whether trying a GPU makes sense for a model that takes any device
 * @param cache a folder for what TensorRT builds
 */
record DeviceSelection(Predicate<EngineKind> gpuIsLikely, EngineSettings.Gpu gpu, Path cache) {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceSelection.class);
    private static final Device FIRST_GPU = new Device.Cuda(0);

    /** Loads something on one device. */
    @FunctionalInterface
    interface Loading<T> {
        T on(Device device) throws ModelException;
    }

    /** Where a model is tried first. */
    Device expected(ModelSpec spec) {
        return switch (spec.device()) {
            case DeviceChoice.Only(Device device) -> device;
            case DeviceChoice.Auto() -> gpuIsLikely.test(spec.engine()) ? FIRST_GPU : Device.CPU;
        };
    }

    /**
     * Loads a model there; where that fails and its specification leaves the choice, on the CPU, and says why.
     *
     * @throws ModelException if it cannot be loaded on the device that it must have, or on the CPU
     */
    <T> T trying(ModelSpec spec, Loading<T> loading) throws ModelException {
        Device first = expected(spec);
        if (first instanceof Device.Cpu) {
            return loading.on(first);
        }
        try {
            return loading.on(first);
        } catch (ModelException | RuntimeException | LinkageError e) {
            if (spec.device() instanceof DeviceChoice.Only) {
                throw new ModelException(
                        spec.id() + ": device " + first.label() + " cannot be used: " + e.getMessage(), e);
            }
            LOG.warn("{}: serving on the CPU, because the GPU cannot be used: {}", spec.id(), e.getMessage());
            return loading.on(Device.CPU);
        }
    }

    /** ONNX Runtime's. */
    Provider provider(Device device) {
        return switch (device) {
            case Device.Cpu() -> Provider.PLAIN_CPU;
            case Device.Cuda(int index) -> onGpu(index);
            case Device.OpenVino(String target) -> new Provider.OpenVino(target);
        };
    }

    private Provider onGpu(int index) {
        return switch (gpu.provider()) {
            case CUDA -> new Provider.Cuda(index, gpu.memory(), gpu.tf32());
            case TENSORRT -> new Provider.TensorRt(index, gpu.memory(), cache.resolve("tensorrt"), false, gpu.tf32());
        };
    }

    /** DJL's. */
    static ai.djl.Device torch(ModelSpec spec, Device device) throws ModelException {
        return switch (device) {
            case Device.Cpu() -> ai.djl.Device.cpu();
            case Device.Cuda(int index) -> ai.djl.Device.gpu(index);
            case Device.OpenVino openVino ->
                throw new ModelException(spec.id() + ": device openvino is of engine onnxruntime alone");
        };
    }
}
