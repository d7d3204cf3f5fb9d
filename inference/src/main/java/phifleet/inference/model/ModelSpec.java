package phifleet.inference.model;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model that is to be loaded, with nothing left open.
 *
 * @param id the name that requests use
 * @param aliases further names
 * @param version which of its versions, a whole number
 * @param precision what the weights are
 * @param golden inputs with known answers; null where there are none
 */
public record ModelSpec(
        String id,
        List<String> aliases,
        ModelSource source,
        EngineKind engine,
        DeviceChoice device,
        Precision precision,
        @Nullable Golden golden,
        Scheduling scheduling,
        Task task,
        String version,
        Residency residency) {
    public ModelSpec {
        aliases = List.copyOf(aliases);
    }

    /** The only version of a model. */
    public ModelSpec(
            String id,
            List<String> aliases,
            ModelSource source,
            EngineKind engine,
            DeviceChoice device,
            Precision precision,
            @Nullable Golden golden,
            Scheduling scheduling,
            Task task) {
        this(
                id,
                aliases,
                source,
                engine,
                device,
                precision,
                golden,
                scheduling,
                task,
                ModelDescription.ONLY_VERSION,
                Residency.PREPARED);
    }

    /** The same as one of several versions. */
    public ModelSpec as(String number) {
        return new ModelSpec(
                id, aliases, source, engine, device, precision, golden, scheduling, task, number, residency);
    }

    /** The same in another form in memory. */
    public ModelSpec with(Residency form) {
        return new ModelSpec(id, aliases, source, engine, device, precision, golden, scheduling, task, version, form);
    }

    /** The same model for another task. */
    public ModelSpec with(Task other) {
        return part(source, other);
    }

    /** A part of it as a model of its own, under the same name. */
    public ModelSpec part(ModelSource of, Task does) {
        return new ModelSpec(id, aliases, of, engine, device, precision, golden, scheduling, does, version, residency);
    }

    /**
     * The task of a sentence encoder.
     *
     * @throws IllegalStateException if the model is another: whoever loads it looks first
     */
    public Task.SentenceEncoding encoding() {
        if (task instanceof Task.SentenceEncoding encoding) {
            return encoding;
        }
        throw new IllegalStateException(id + " is a " + task.label());
    }

    /**
     * The task of a model that takes texts.
     *
     * @throws IllegalStateException if the model is another: whoever loads it looks first
     */
    public Task.OfTexts texts() {
        if (task instanceof Task.OfTexts texts) {
            return texts;
        }
        throw new IllegalStateException(id + " is a " + task.label());
    }

    /** Where known answers are. */
    public sealed interface Golden {
        record Resource(String name) implements Golden {}

        record File(Path path) implements Golden {}
    }

    /**
     * How the model shares its device, and how its batches are formed.
     *
     * @param weight its share of the device's time against that of the other models there, while all have work
     * @param batchUnits the most work of one batch, padding included where it is computed; 0 to find out at warm-up
     * @param batchItems the most inputs of one batch; 0 for what the worker allows
     * @param company how long a free device waits for a batch to fill; zero to take what there is
     * @param instances the most of the device's loops that run it at once; 0 for all of them
     * @param warmup how many whole batches of examples are run before it serves
     */
    public record Scheduling(
            double weight, int batchUnits, int batchItems, Duration company, int instances, int warmup) {
        public static final Scheduling DEFAULT = new Scheduling(1, 0, 0, Duration.ZERO, 0, 0);
    }
}
