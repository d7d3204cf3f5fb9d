package phifleet.inference.engine;

import phifleet.inference.model.Device;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Padding;
import phifleet.inference.model.Precision;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;

/**
 * A model on its device.
 *
 * @param engine {@code OnnxRuntime}, {@code PyTorch} or {@code Table}
 * @param version the engine's
 * @param reproducible whether an input's vector is the same bit for bit whatever else is in its batch
 * @param padding what is computed for padding
 * @param key names the model's files, the engine's version and the kind of device, for what is remembered of them
 */
public record LoadedModel(
        Model<TokenSequence, Vector> model,
        String engine,
        String version,
        Device device,
        Precision precision,
        boolean reproducible,
        Padding padding,
        String key) {
    /** The same with something around the model. */
    public LoadedModel with(Model<TokenSequence, Vector> around) {
        return new LoadedModel(around, engine, version, device, precision, reproducible, padding, key);
    }

    /** What is served of a specification by it. */
    public ModelDescription description(ModelSpec spec) {
        return new ModelDescription(
                spec.id(),
                spec.aliases(),
                spec.task(),
                engine,
                version,
                device,
                precision,
                reproducible,
                padding,
                spec.version(),
                spec.scheduling());
    }
}
