package phifleet.inference.engine.pytorch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import phifleet.inference.model.ModelException;

/** DJL's PyTorch engine of this process: there or not, and started at its first use. Thread-safe. */
public final class PyTorch {
    /** As DJL names it. */
    public static final String NAME = "PyTorch";

    private static final String LIBTORCH = "/native/lib/pytorch.properties";

    private PyTorch() {}

    /** The version of libtorch. */
    public static String version() throws ModelException {
        return engine().getVersion();
    }

    /**
     * The engine, which takes a second to start and 0.5 GB to unpack at its very first use.
     *
     * @throws ModelException if this build or this machine has none; the message says how to get it
     */
    static Engine engine() throws ModelException {
        if (!Engine.hasEngine(NAME)) {
            throw new ModelException(
                    "engine is pytorch, which this build leaves out; mvn -Ppytorch package puts it in");
        }
        if (PyTorch.class.getResource(LIBTORCH) == null && !NativeTorch.isGiven()) {
            throw new ModelException(
                    "engine is pytorch, but there is no libtorch: put ai.djl.pytorch:pytorch-native-cpu"
                            + " for this platform on the class path, or set " + NativeTorch.PATH
                            + " to a folder that has it");
        }
        try {
            return Engine.getEngine(NAME);
        } catch (RuntimeException | LinkageError e) {
            throw new ModelException("PyTorch could not be started: " + TorchErrors.reason(e), e);
        }
    }

    /**
     * Asks first, because PyTorch tells of a missing GPU only while a model loads, and not clearly.
     *
     * @throws ModelException if there is no such GPU, or none that this libtorch can use
     */
    static void requireGpu(Device device) throws ModelException {
        Engine engine = engine();
        if (!engine.hasCapability(StandardCapabilities.CUDA)) {
            throw new ModelException("libtorch " + engine.getVersion() + " was built without CUDA; set "
                    + NativeTorch.PATH + " to one that has it");
        }
        int gpus = engine.getGpuCount();
        if (device.getDeviceId() >= gpus) {
            throw new ModelException("CUDA finds " + gpus + (gpus == 1 ? " device" : " devices") + ", counted from 0");
        }
    }
}
