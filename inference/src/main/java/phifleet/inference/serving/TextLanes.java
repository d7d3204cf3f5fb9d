package phifleet.inference.serving;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import phifleet.inference.engine.LoadedModel;
import phifleet.inference.lane.BatchLimits;
import phifleet.inference.lane.DeviceLoops;
import phifleet.inference.lane.Examples;
import phifleet.inference.lane.InputShape;
import phifleet.inference.lane.KnownBatches;
import phifleet.inference.lane.Lane;
import phifleet.inference.lane.LaneSettings;
import phifleet.inference.lane.LaneStatistics;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenInput;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;

/** Opens the lanes of models of texts: finds out what batches pay, and registers with the device. */
final class TextLanes {
    /** Of a model that does not show its own. */
    static final int USUAL_WIDTH = 512;

    private final LaneOptions options;
    private final BatchMemory memory;
    private final LaneObservers observers;
    private final Devices devices;

    TextLanes(LaneOptions options, BatchMemory memory, LaneObservers observers, Devices devices) {
        this.options = options;
        this.memory = memory;
        this.observers = observers;
        this.devices = devices;
    }

    /**
     * A lane that takes work.
     *
     * @param statistics what observes it
     */
    record Open<O>(Lane<TokenSequence, O> lane, LaneStatistics statistics, BatchLimits limits) {}

    /**
     * Opens a lane.
     *
     * @param model with all that belongs behind the network
     * @param width the model's hidden size, or about that
     */
    <O> Open<O> open(
            ModelSpec spec,
            Task.OfTexts task,
            LoadedModel loaded,
            Model<TokenSequence, O> model,
            int width,
            Tokenizer tokenizer)
            throws ModelException {
        return open(spec, task, loaded, model, width, examples(tokenizer, task.input()));
    }

    /** The same for a network that takes more than tokens. */
    <O> Open<O> open(
            ModelSpec spec,
            Task.OfTexts task,
            LoadedModel loaded,
            Model<TokenSequence, O> model,
            int width,
            Examples<TokenSequence> examples)
            throws ModelException {
        KnownBatches known = memory.limits(
                spec,
                loaded.key(),
                loaded.device(),
                loaded.model(),
                loaded.padding(),
                width,
                options.batchItems(spec.scheduling()),
                task.unit(),
                examples);
        LaneSettings settings = options.laneSettings(
                options.queueTokens(),
                limits(spec.scheduling(), known, examples.usualUnits()),
                spec.scheduling(),
                known.nanosPerUnit());
        BatchLimits limits = settings.batch();
        int filling = Math.clamp(limits.units() / examples.usualUnits(), 1, limits.items());
        List<TokenSequence> whole = Collections.nCopies(filling, examples.usual());
        DeviceLoops device = devices.of(loaded.device(), model, whole);
        WarmUp.run(spec, model, whole);
        LaneStatistics statistics = new LaneStatistics(observers.of(spec.id(), task.unit()));
        Lane<TokenSequence, O> lane = device.open(
                spec.id(),
                model,
                InputShape.of(task.unit(), TokenSequence::length),
                settings,
                options.policy(),
                statistics);
        return new Open<>(lane, statistics, limits);
    }

    private BatchLimits limits(ModelSpec.Scheduling scheduling, KnownBatches known, int usualUnits) {
        // Who waits for a number of inputs wants them together, faster or not.
        long wanted = scheduling.company().isZero() ? 0 : (long) scheduling.batchItems() * usualUnits;
        int units = scheduling.batchUnits() > 0
                ? scheduling.batchUnits()
                : Math.clamp(wanted, known.units(), Integer.MAX_VALUE);
        return new BatchLimits(units, options.batchItems(scheduling), known.cost());
    }

    /** Of one word, again and again. */
    private static Examples<TokenSequence> examples(Tokenizer tokenizer, TokenInput input) {
        int word = tokenizer.encode("a", false).id(0);
        return Examples.ofTexts(length -> {
            int[] ids = new int[Math.min(length, input.maxTokens())];
            Arrays.fill(ids, word);
            return input.fill(new TokenSequence(ids));
        });
    }
}
