package phifleet.inference.engine.pytorch;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.ParameterStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import phifleet.inference.model.ModelException;

/** A TorchScript module on its device. Thread-safe once it has run, which puts it in evaluation mode. */
final class TorchProgram implements AutoCloseable {
    private final ai.djl.Model model;
    private final ParameterStore parameters;

    private TorchProgram(ai.djl.Model model) {
        this.model = model;
        this.parameters = new ParameterStore(model.getNDManager(), false);
    }

    /** Reads a module's weights and code onto a device. */
    static TorchProgram load(Path archive, Device device) throws ModelException {
        ai.djl.Model model = ai.djl.Model.newInstance("torchscript", device, PyTorch.NAME);
        try {
            // Else weights that were saved on another device stay there.
            model.load(archive, null, Map.of("mapLocation", "true"));
            return new TorchProgram(model);
        } catch (IOException | MalformedModelException | RuntimeException e) {
            model.close();
            throw new ModelException("it could not be loaded: " + TorchErrors.reason(e), e);
        }
    }

    /** A place for the tensors of one call, on the module's device. */
    NDManager newScope() {
        return model.getNDManager().newSubManager();
    }

    /** Runs {@code forward}; what comes back belongs to the inputs' scope. */
    NDList forward(NDList inputs) {
        return model.getBlock().forward(parameters, inputs, false);
    }

    @Override
    public void close() {
        model.close();
    }
}
