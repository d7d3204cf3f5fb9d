package phifleet.inference.engine;

import phifleet.inference.model.Device;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Padding;
import phifleet.inference.model.Signature;
import phifleet.inference.model.TensorSet;

/**
 * A model of tensors on its device.
 *
 * @param model runs the requests of a batch one after another
 * @param engine {@code OnnxRuntime} or {@code PyTorch}
 * @param version the engine's
 * @param key names the model's file and the device, for what is remembered of them
 */
public record LoadedTensors(
        Model<TensorSet, TensorSet> model,
        Signature signature,
        String engine,
        String version,
        Device device,
        String key) {
    /** What is served of a specification by it. */
    public ModelDescription description(ModelSpec spec) {
        return new ModelDescription(
                spec.id(),
                spec.aliases(),
                spec.task(),
                engine,
                version,
                device,
                spec.precision(),
                false,
                Padding.NOWHERE,
                spec.version(),
                spec.scheduling());
    }
}
