package phifleet.inference.model;

import java.util.List;

/**
 * What there is to know of a loaded model, whatever it does.
 *
 * @param id the name that requests use
 * @param aliases further names that mean the same model
 * @param task what it does
 * @param engine {@code OnnxRuntime} or {@code PyTorch}
 * @param engineVersion its version
 * @param reproducible whether an input's answer is the same bit for bit whatever else is in its batch
 * @param padding what is computed for padding
 * @param version which of its versions, a whole number
 * @param scheduling how it shares its device
 */
public record ModelDescription(
        String id,
        List<String> aliases,
        Task task,
        String engine,
        String engineVersion,
        Device device,
        Precision precision,
        boolean reproducible,
        Padding padding,
        String version,
        ModelSpec.Scheduling scheduling) {
    /** Of a model that has no others. */
    public static final String ONLY_VERSION = "1";

    public ModelDescription {
        aliases = List.copyOf(aliases);
    }

    /** Of the same files as part of something that does more. */
    public ModelDescription as(Task whole) {
        return new ModelDescription(
                id,
                aliases,
                whole,
                engine,
                engineVersion,
                device,
                precision,
                reproducible,
                padding,
                version,
                scheduling);
    }
}
